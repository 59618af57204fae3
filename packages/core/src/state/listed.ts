// What hangs on an asset or a market that is listed: tables that grow with the list.
import type { Price, TimeUs } from '@glasshouse/units';
import type { Asset } from './assets.js';
import type { Market } from './markets.js';
import { AssetPrice, type PriceSource } from './oracle.js';
import { LendingPool } from './pools.js';
import { followingUs } from './schedule.js';
import type { State } from './state.js';

function sourcesOf(asset: Asset, before: readonly PriceSource[]): PriceSource[] {
  return (asset.index?.sources ?? []).map(({ name, weight }) => {
    const known = before.find((source) => source.name === name);
    return { name, weight, price: known?.price ?? 0, timeUs: known?.timeUs ?? (0 as TimeUs) };
  });
}

/** The first thing that has a price starts the samples. */
function startSampling({ schedule, risk, timeUs }: State): void {
  if (schedule.nextSampleUs === 0) schedule.nextSampleUs = followingUs(timeUs, risk.sampleIntervalMs);
}

export function addAsset(state: State, asset: Asset): void {
  state.assets.add(asset);
  state.balances.addAsset(state.accounts.count);
  state.assetPrices.push(new AssetPrice(sourcesOf(asset, [])));
  state.pools.push(asset.lending === undefined ? undefined : new LendingPool(asset.assetId));
  if (asset.index !== undefined) startSampling(state);
}

const DOLLAR = 1 as Price;
const isMargined = ({ collateral, lending }: Asset): boolean => collateral !== undefined || lending !== undefined;

/** What counted as a dollar in accounts' margin does so until its first index. */
export function changeTerms(state: State, asset: Asset): void {
  const place = asset.assetId - 1;
  const before = state.assets.list[place] as Asset;
  state.assets.replace(asset);
  const price = state.assetPrices[place] as AssetPrice;
  if (before.index === undefined && isMargined(before)) price.indexPrice = DOLLAR;
  price.sources = sourcesOf(asset, price.sources);
  if (asset.lending !== undefined) state.pools[place] ??= new LendingPool(asset.assetId);
  if (asset.index !== undefined) startSampling(state);
  state.priceVersion += 1;
}

export function addMarket(state: State, market: Market): void {
  state.markets.add(market);
  if (market.perp === undefined) return;
  state.settlementAssetId = market.quoteAssetId;
  startSampling(state);
}
