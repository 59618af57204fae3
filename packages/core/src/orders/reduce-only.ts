// Open reduce-only orders never stand for more than the position: what could turn it is cut, the newest first.
import { MARKET_KIND, ORDER_STATUS, SIDE, type Side } from '@glasshouse/protocol';
import { reducibleLots } from '../perps/limits.js';
import { positionOf } from '../state/account-positions.js';
import type { Market } from '../state/markets.js';
import { isReduceOnly } from '../state/order-flags.js';
import type { State } from '../state/state.js';
import { removeOrder } from './removal.js';
import { shrinkOrder } from './shrink.js';

function isOne(state: State, handle: number, market: Market, side: Side): boolean {
  const { pool } = state;
  return pool.marketId(handle) === market.marketId && pool.side(handle) === side && isReduceOnly(pool.flags(handle));
}

function cutSide(state: State, accountId: number, market: Market, side: Side, surplusLots: number): void {
  const { pool, accounts } = state;
  let surplus = surplusLots;
  let handle = accounts.lastOrder[accountId] as number;
  while (handle !== 0 && surplus > 0) {
    const previous = pool.accountPrevious(handle);
    if (isOne(state, handle, market, side)) {
      const remaining = pool.remainingLots(handle);
      if (remaining > surplus) shrinkOrder(state, market, handle, surplus);
      else removeOrder(state, market, handle, ORDER_STATUS.expired, 'ReduceOnlyNotReduced');
      surplus -= remaining;
    }
    handle = previous;
  }
}

function hasReduceOnly(state: State, accountId: number, market: Market): boolean {
  const { positions } = state;
  const row = positionOf(state, accountId, market.marketId);
  return row !== 0 && (positions.reduceBidLots(row) !== 0 || positions.reduceAskLots(row) !== 0);
}

/** To be called after whatever changed the account's position in the market. */
export function cutReduceOnly(state: State, accountId: number, market: Market): void {
  if (market.kind !== MARKET_KIND.perp || !hasReduceOnly(state, accountId, market)) return;
  for (const side of [SIDE.bid, SIDE.ask]) {
    const row = positionOf(state, accountId, market.marketId);
    if (row === 0) return;
    const { positions } = state;
    const open = side === SIDE.bid ? positions.reduceBidLots(row) : positions.reduceAskLots(row);
    if (open === 0) continue;
    const surplus = open - reducibleLots(state, accountId, market, side);
    if (surplus > 0) cutSide(state, accountId, market, side, surplus);
  }
}
