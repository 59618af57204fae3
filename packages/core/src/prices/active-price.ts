// The active price: median of best bid, best ask and last trade, of those that exist.
import { SIDE } from '@glasshouse/protocol';
import type { Market } from '../state/markets.js';
import { medianOfThree } from './median.js';

/** Twice the active price in ticks, so that the mean of two stays an integer; 0 when nothing is known. */
export function activePriceDoubled(market: Market): number {
  const bid = market.book.bestTicks(SIDE.bid);
  const ask = market.book.bestTicks(SIDE.ask);
  const last = market.lastTradeTicks;
  if (bid !== 0 && ask !== 0 && last !== 0) return 2 * medianOfThree(bid, ask, last);
  if (bid === 0) return ask === 0 || last === 0 ? 2 * (ask + last) : ask + last;
  if (ask === 0) return last === 0 ? 2 * bid : bid + last;
  return bid + ask;
}
