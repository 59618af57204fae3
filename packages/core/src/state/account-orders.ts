// The list of an account's open orders, oldest first, threaded through the pool.
import type { State } from './state.js';

export function linkOrder(state: State, handle: number): void {
  listOrder(state, handle);
  indexOrder(state, handle);
}

export function listOrder(state: State, handle: number): void {
  const { pool, accounts } = state;
  const accountId = pool.accountId(handle);
  const last = accounts.lastOrder[accountId] as number;
  pool.setAccountPrevious(handle, last);
  pool.setAccountNext(handle, 0);
  if (last === 0) accounts.firstOrder[accountId] = handle;
  else pool.setAccountNext(last, handle);
  accounts.lastOrder[accountId] = handle;
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
