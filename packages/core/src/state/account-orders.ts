// The list of an account's open orders by rising id, oldest first, threaded through the pool.
import type { State } from './state.js';

export function linkOrder(state: State, handle: number): void {
  listOrder(state, handle);
  indexOrder(state, handle);
}

/**
 * The order after which this one is listed: the account's newest, unless this one has waited as a trigger order while others
 * came. The newest of all needs no look at the others, which lie somewhere in memory.
 */
function listedBefore({ pool, accounts, lastOrderId }: State, accountId: number, orderId: number): number {
  let before = accounts.lastOrder[accountId] as number;
  if (orderId === lastOrderId) return before;
  while (before !== 0 && pool.orderId(before) > orderId) before = pool.accountPrevious(before);
  return before;
}

/** The order that comes behind it in the list, or is the first; behind the newest there is none, which needs no look at it. */
function listedAfter({ pool, accounts }: State, accountId: number, before: number): number {
  if (before === 0) return accounts.firstOrder[accountId] as number;
  return before === accounts.lastOrder[accountId] ? 0 : pool.accountNext(before);
}

export function listOrder(state: State, handle: number): void {
  const { pool, accounts } = state;
  const accountId = pool.accountId(handle);
  const before = listedBefore(state, accountId, pool.orderId(handle));
  const after = listedAfter(state, accountId, before);
  pool.setAccountPrevious(handle, before);
  pool.setAccountNext(handle, after);
  if (before === 0) accounts.firstOrder[accountId] = handle;
  else pool.setAccountNext(before, handle);
  if (after === 0) accounts.lastOrder[accountId] = handle;
  else pool.setAccountPrevious(after, handle);
  (accounts.openOrders[accountId] as number) += 1;
}

export function indexOrder({ pool, orderIds, clientIds }: State, handle: number): void {
  orderIds.set(pool.orderId(handle), handle);
  const clientId = pool.clientId(handle);
  if (clientId >= 0) clientIds.set(pool.accountId(handle), clientId, handle);
}

export function unlinkOrder(state: State, handle: number): void {
  const { pool, accounts } = state;
  const accountId = pool.accountId(handle);
  const previous = pool.accountPrevious(handle);
  const next = pool.accountNext(handle);
  if (previous === 0) accounts.firstOrder[accountId] = next;
  else pool.setAccountNext(previous, next);
  if (next === 0) accounts.lastOrder[accountId] = previous;
  else pool.setAccountPrevious(next, previous);
  (accounts.openOrders[accountId] as number) -= 1;
  state.orderIds.delete(pool.orderId(handle));
  const clientId = pool.clientId(handle);
  if (clientId >= 0) state.clientIds.delete(accountId, clientId);
}
