// Price bands (mechanics §4). Multiples are in millionths; products stay exact because a market's listing checks them.
import { SIDE, type Side } from '@glasshouse/protocol';
import { HIGHEST_TICKS, LOWEST_TICKS } from '../book/index.js';
import type { Market } from '../state/markets.js';
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
