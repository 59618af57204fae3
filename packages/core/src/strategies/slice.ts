// One slice: an ordinary order of the account, admitted like any other, and what comes of it for the strategy.
import { type ExpiryReason, type RejectDetails, type RejectReason, SIDE } from '@glasshouse/protocol';
import { placeSlice } from '../orders/place.js';
import { intentOf } from '../orders/stored-terms.js';
import { reducibleLots } from '../perps/limits.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import type { Strategy } from '../state/strategy.js';
import { strategyViewOf } from '../state/strategy-views.js';
import { finish, terminate } from './end.js';
import { nextUs, sliceAt, sliceLots } from './plan.js';
import { troubleCode, troubleWith } from './trouble.js';

type Outcome = {
  readonly orderId: number;
  readonly reason: RejectReason | ExpiryReason | undefined;
  readonly details: RejectDetails;
};

/** Prices move while a strategy runs: a fill may be dearer than the book is now. */
const PRICE_ROOM = 2;

/** What closes a position is never more than the position. */
function lotsNow(state: State, market: Market, strategy: Strategy, wanted: number): number {
  const lots = Math.min(wanted, market.filters.maxLots);
  if (strategy.reduceOnly === 0) return lots;
  return Math.min(lots, reducibleLots(state, strategy.accountId, market, strategy.side)) || lots;
}

/** Could what the strategy has executed come to more than an amount can be? */
function countsTooHigh(market: Market, strategy: Strategy, lots: number): boolean {
  const best = market.book.bestTicks(strategy.side === SIDE.bid ? SIDE.ask : SIDE.bid);
  const ticks = Math.max(strategy.priceTicks, best * PRICE_ROOM);
  const unfilled = strategy.handledLots - strategy.filledLots + lots;
  return strategy.filledQuoteAtoms + unfilled * ticks * market.filters.atomsPerTickLot > Number.MAX_SAFE_INTEGER;
}

function place(state: State, market: Market, strategy: Strategy, lots: number): Outcome {
  if (countsTooHigh(market, strategy, lots)) {
    return { orderId: 0, reason: 'balanceTooLarge', details: { held: strategy.filledQuoteAtoms } };
  }
  const placed = placeSlice(state, strategy.accountId, intentOf(market, strategy, lots), strategy.strategyId);
  if ('refusal' in placed) return { orderId: 0, ...placed.refusal };
  const { orderId, filledLots, filledQuoteAtoms, expired } = placed;
  strategy.filledLots += filledLots;
  strategy.filledQuoteAtoms += filledQuoteAtoms;
  strategy.handledLots += expired === undefined ? lots : filledLots;
  return { orderId, reason: expired, details: {} };
}

/** The slice whose time has come. */
export function takeSlice(state: State, strategy: Strategy): void {
  const { strategies, markets, scope } = state;
  const market = markets.list[strategy.marketId - 1] as Market;
  const slice = sliceAt(strategy, state.timeUs);
  const wanted = sliceLots(strategy, slice, strategies.chance);
  const outcome = place(state, market, strategy, lotsNow(state, market, strategy, wanted));
  const trouble = troubleWith(outcome.reason);
  strategy.slicesDone = slice;
  strategy.trouble = troubleCode(trouble);
  scope.emit?.({ kind: 'strategySliced', strategy: strategyViewOf(strategy), ...outcome });
  if (trouble?.ends === true) return terminate(state, strategy, trouble.reason);
  const { strategyId } = strategy;
  if (slice === strategy.slices && strategies.ordersOf(strategyId).size === 0) return finish(state, strategy);
  strategies.due.remove(strategyId);
  strategies.due.add(strategyId, nextUs(strategy));
}
