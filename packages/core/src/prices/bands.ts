// Price bands (mechanics §4). Multiples of limit and impact bands are in millionths, and their products exact because a market's
// listing checks them; the bands of futures stand on means, which are doubles.
import { type PerpTerms, SIDE, type Side } from '@glasshouse/protocol';
import { powerOfTen } from '@glasshouse/units';
import { HIGHEST_TICKS, LOWEST_TICKS } from '../book/index.js';
import type { Market } from '../state/markets.js';
import type { PerpPrices } from '../state/perp-prices.js';
import { activePriceDoubled } from './active-price.js';

const MILLION = 1_000_000;

/** Limit band: true when `ticks` lies within the allowed multiples of the active price, or there is no active price. */
export function insideLimitBand(market: Market, ticks: number): boolean {
  const doubled = activePriceDoubled(market);
  if (doubled === 0) return true;
  const scaled = ticks * 2 * MILLION;
  return scaled >= doubled * market.filters.limitMinPpm && scaled <= doubled * market.filters.limitMaxPpm;
}

/** Impact band: the worst price at which a taker of this side may fill now. Unbounded against an empty side. */
export function impactEdgeTicks(market: Market, takerSide: Side): number {
  if (takerSide === SIDE.bid) {
    const best = market.book.bestTicks(SIDE.ask);
    return best === 0
      ? HIGHEST_TICKS
      : Math.min(HIGHEST_TICKS, Math.floor((best * market.filters.impactMaxPpm) / MILLION));
  }
  const best = market.book.bestTicks(SIDE.bid);
  return best === 0 ? LOWEST_TICKS : Math.max(LOWEST_TICKS, Math.ceil((best * market.filters.impactMinPpm) / MILLION));
}

/** True when a taker of `side` with this limit may trade at `ticks`. */
export function reaches(side: Side, limitTicks: number, ticks: number): boolean {
  return ticks !== 0 && (side === SIDE.bid ? ticks <= limitTicks : ticks >= limitTicks);
}

/** The stricter of two limits of a taker. */
export function stricter(side: Side, a: number, b: number): number {
  return side === SIDE.bid ? Math.min(a, b) : Math.max(a, b);
}

/** Where a taker must stop, and why it ends there. */
export type TakerEdge = { ticks: number; reason: 'PriceImpact' | 'PriceOutOfBounds' };

const edge: TakerEdge = { ticks: 0, reason: 'PriceImpact' };

/** The dearest price in quote units at which a taker of futures may buy now; none while there are no means. */
function dearest(
  { meanMark, meanMarkPrice, meanPremium, meanPremiumFraction, indexPrice }: PerpPrices,
  perp: PerpTerms,
) {
  const byMark = meanMark.count === 0 ? Number.POSITIVE_INFINITY : meanMarkPrice * perp.meanMarkMax;
  if (meanPremium.count === 0 || indexPrice === 0) return byMark;
  return Math.min(byMark, indexPrice * (1 + meanPremiumFraction + perp.premiumBand));
}

/** The cheapest price at which one may sell. */
function cheapest(
  { meanMark, meanMarkPrice, meanPremium, meanPremiumFraction, indexPrice }: PerpPrices,
  perp: PerpTerms,
) {
  const byMark = meanMark.count === 0 ? 0 : meanMarkPrice * perp.meanMarkMin;
  if (meanPremium.count === 0 || indexPrice === 0) return byMark;
  return Math.max(byMark, indexPrice * (1 + meanPremiumFraction - perp.premiumBand));
}

/** A price in quote units as ticks, not rounded. */
function inTicks({ filters }: Market, price: number): number {
  return (price * (powerOfTen(filters.tickScale) as number)) / filters.tickDigits;
}

/** Mean-mark and mean-premium bands of futures; 0 as a bid's edge lets it take nothing. */
function meanEdgeTicks(market: Market, perp: PerpTerms, takerSide: Side): number {
  return takerSide === SIDE.bid
    ? Math.max(0, Math.min(HIGHEST_TICKS, Math.floor(inTicks(market, dearest(market.prices, perp)))))
    : Math.max(LOWEST_TICKS, Math.min(HIGHEST_TICKS, Math.ceil(inTicks(market, cheapest(market.prices, perp)))));
}

/** The worst price at which a taker of this side may fill now, by all bands together. Valid until the next call. */
export function takerEdge(market: Market, takerSide: Side): Readonly<TakerEdge> {
  edge.ticks = impactEdgeTicks(market, takerSide);
  edge.reason = 'PriceImpact';
  if (market.perp === undefined) return edge;
  const byMeans = meanEdgeTicks(market, market.perp, takerSide);
  if (byMeans === edge.ticks || stricter(takerSide, byMeans, edge.ticks) === edge.ticks) return edge;
  edge.ticks = byMeans;
  edge.reason = 'PriceOutOfBounds';
  return edge;
}
