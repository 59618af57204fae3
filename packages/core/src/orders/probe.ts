// Fill-or-kill: looks, without touching anything, whether the whole order would fill at once.
import { SELF_TRADE_PREVENTION, SIDE } from '@glasshouse/protocol';
import { reaches } from '../prices/bands.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import type { Taker } from './taker.js';

/** Lots that a budget still buys here, or all that are wanted when the order is by quantity. */
function wantedLots(taker: Taker, filled: number, budget: number, lotPrice: number): number {
  return taker.byQuote ? Math.floor(budget / lotPrice) : taker.sizeLots - filled;
}

/**
 * True when the makers within `taker.matchTicks` fill it. An own order on the way counts as it would be treated: skipped when
 * the prevention removes makers, the end when it removes the taker.
 */
export function wouldFill(state: State, market: Market, taker: Taker): boolean {
  const { pool } = state;
  const { atomsPerTickLot } = market.filters;
  const opposite = taker.side === SIDE.bid ? SIDE.ask : SIDE.bid;
  const skipsOwn = taker.selfTradePrevention === SELF_TRADE_PREVENTION.rejectMaker;
  let filled = 0;
  let budget = taker.quoteSizeAtoms;
  let ticks = market.book.bestTicks(opposite);
  for (; reaches(taker.side, taker.matchTicks, ticks); ticks = market.book.worseTicks(opposite, ticks)) {
    const lotPrice = ticks * atomsPerTickLot;
    for (let maker = market.book.head(opposite, ticks); maker !== 0; maker = pool.next[maker] as number) {
      const wanted = wantedLots(taker, filled, budget, lotPrice);
      if (wanted === 0) return true;
      if (pool.accountId[maker] === taker.accountId) {
        if (skipsOwn) continue;
        return false;
      }
      const lots = Math.min(wanted, pool.remainingLots[maker] as number);
      filled += lots;
      budget -= lots * lotPrice;
    }
  }
  return !taker.byQuote && filled === taker.sizeLots;
}
