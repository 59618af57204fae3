// Pictures of prices for those who only look.
import type { AssetPriceView, PerpPriceView } from '@glasshouse/protocol';
import type { Lots } from '@glasshouse/units';
import type { Market } from '../state/markets.js';
import type { AssetPrice } from '../state/oracle.js';
import type { State } from '../state/state.js';
import { estimatedFundingRate } from './funding-rate.js';
import { usdPriceOf } from './usd.js';

/** The asset must be listed. */
export function assetPriceViewOf(state: State, assetId: number): AssetPriceView {
  const { liveSources, timeUs } = state.assetPrices[assetId - 1] as AssetPrice;
  return { assetId, indexPrice: usdPriceOf(state, assetId) as AssetPriceView['indexPrice'], liveSources, timeUs };
}

export function perpPriceViewOf(state: State, market: Market): PerpPriceView {
  const { indexPrice, indexLive, markPrice, fundingRate, openInterestLots, timeUs } = market.prices;
  return {
    marketId: market.marketId,
    indexPrice,
    indexLive,
    markPrice,
    estimatedFundingRate: estimatedFundingRate(state, market),
    fundingRate,
    nextFundingUs: state.schedule.nextFundingUs,
    openInterestLots: openInterestLots as Lots,
    timeUs,
  };
}

export function assetPriceView(state: State, assetId: number): AssetPriceView | undefined {
  return state.assets.get(assetId) === undefined ? undefined : assetPriceViewOf(state, assetId);
}

/** Of all assets; those without an index are worth a dollar. */
export const assetPriceViews = (state: State): readonly AssetPriceView[] =>
  state.assets.list.map(({ assetId }) => assetPriceViewOf(state, assetId));

/** Undefined for spot. */
export function perpPriceView(state: State, marketId: number): PerpPriceView | undefined {
  const market = state.markets.get(marketId);
  return market?.perp === undefined ? undefined : perpPriceViewOf(state, market);
}

export const perpPriceViews = (state: State): readonly PerpPriceView[] =>
  state.markets.list.filter(({ perp }) => perp !== undefined).map((market) => perpPriceViewOf(state, market));
