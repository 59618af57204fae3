// One sample of an asset: its index from the sources that are live now.
import type { IndexConfiguration } from '@glasshouse/protocol';
import type { Price } from '@glasshouse/units';
import type { AssetPrice } from '../state/oracle.js';
import type { State } from '../state/state.js';
import { indexPriceOf, liveSources, neededSources } from './index-price.js';
import { limitedStep } from './mark-price.js';
import { secondsBetween } from './sample-times.js';
import { assetPriceViewOf } from './views.js';

/** False while too few sources are live to say what a unit is worth. An asset without an index is always worth a dollar. */
export function assetIsPriced({ assets, assetPrices }: State, assetId: number): boolean {
  const price = assetPrices[assetId - 1];
  if (assets.list[assetId - 1]?.index === undefined || price === undefined) return true;
  return price.indexPrice > 0 && price.liveSources >= neededSources(price.sources.length);
}

/** The cap is per second: after a silence the index may catch up with as many seconds as it has missed. */
function setIndex({ risk, timeUs }: State, price: AssetPrice, next: number, { updateCap }: IndexConfiguration): void {
  const allowance = updateCap * secondsBetween(price.timeUs, timeUs, risk.sampleIntervalMs);
  price.indexPrice = limitedStep(price.indexPrice, next, allowance) as Price;
  price.timeUs = timeUs;
}

/** With too few live sources the index keeps its last value. True when anything changed. */
export function sampleAsset(state: State, assetId: number, index: IndexConfiguration): boolean {
  const price = state.assetPrices[assetId - 1] as AssetPrice;
  const { indexPrice, liveSources: liveBefore } = price;
  const live = liveSources(price.sources, state.risk, state.timeUs);
  price.liveSources = live.length;
  if (live.length >= neededSources(price.sources.length)) setIndex(state, price, indexPriceOf(live), index);
  if (price.indexPrice === indexPrice && price.liveSources === liveBefore) return false;
  state.scope.emit?.({ kind: 'assetPriceChanged', price: assetPriceViewOf(state, assetId) });
  return price.indexPrice !== indexPrice;
}
