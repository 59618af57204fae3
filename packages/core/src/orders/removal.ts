// Taking open orders off the book and giving their owners back what backed them.
import { type ExpiryReason, ORDER_STATUS, type OrderStatus } from '@glasshouse/protocol';
import { unlinkOrder } from '../state/account-orders.js';
import type { Market } from '../state/markets.js';
import { hasExits, isSlice } from '../state/order-flags.js';
import type { State } from '../state/state.js';
import { release } from './backing.js';
import { announceGone } from './events.js';
import { countOpenLots } from './open-lots.js';
import { reservedAssetId } from './reserves.js';

/** Forgets an order that is out of its book already: unlocks what is left of its reserve and frees its handle. */
export function forgetOrder(state: State, market: Market, handle: number): void {
  const { pool } = state;
  const left = pool.lockedAtoms(handle);
  const accountId = pool.accountId(handle);
  if (left > 0) release(state, accountId, reservedAssetId(market, pool.side(handle)), left, pool.flags(handle));
  countOpenLots(state, handle, -pool.remainingLots(handle));
  const flags = pool.flags(handle);
  if (hasExits(flags)) state.exits.close(pool.orderId(handle));
  if (isSlice(flags)) state.strategies.close(pool.orderId(handle));
  unlinkOrder(state, handle);
  pool.release(handle);
}

/** Cancels or expires an order that rests. */
export function removeOrder(
  state: State,
  market: Market,
  handle: number,
  status: OrderStatus = ORDER_STATUS.cancelled,
  reason?: ExpiryReason,
): void {
  const { pool, scope } = state;
  market.book.remove(handle);
  scope.touchLevel(market.marketId, pool.side(handle), pool.priceTicks(handle));
  announceGone(state, handle, status, reason);
  forgetOrder(state, market, handle);
}
