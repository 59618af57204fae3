// Which quote an immediate request takes: the first that is as good as its price or, without one, that lies within the market's
// impact band around the index, so that nobody who does not name a price is sold a bad one.
import { SIDE, type Side } from '@glasshouse/protocol';
import { powerOfTen } from '@glasshouse/units';
import { assetIsPriced } from '../prices/asset-sample.js';
import { usdPriceOf } from '../prices/usd.js';
import type { Market } from '../state/markets.js';
import type { Rfq } from '../state/rfqs.js';
import type { State } from '../state/state.js';

const MILLION = 1_000_000;

/** Worst price by the index; 0 while too few sources are live to say what base or quote are worth. */
export function indexEdgeTicks(state: State, market: Market, side: Side): number {
  const { baseAssetId, quoteAssetId, filters } = market;
  if (!assetIsPriced(state, baseAssetId) || !assetIsPriced(state, quoteAssetId)) return 0;
  const price = usdPriceOf(state, baseAssetId) / usdPriceOf(state, quoteAssetId);
  const ticks = (price * (powerOfTen(filters.tickScale) ?? 0)) / filters.tickDigits;
  if (side === SIDE.bid) return Math.floor((ticks * filters.impactMaxPpm) / MILLION);
  return Math.ceil((ticks * filters.impactMinPpm) / MILLION);
}

/** Worst price at which it is filled without asking back; 0 when there is none that is known. */
export function immediateTicks(state: State, market: Market, { side, priceTicks }: Rfq): number {
  return priceTicks !== 0 ? priceTicks : indexEdgeTicks(state, market, side);
}
