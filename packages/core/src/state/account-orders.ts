// The list of an account's open orders, oldest first, threaded through the pool.
import type { State } from './state.js';

export function linkOrder(state: State, handle: number): void {
  const { pool, accounts } = state;
  const accountId = pool.accountId[handle] as number;
  const last = accounts.lastOrder[accountId] as number;
  pool.accountPrevious[handle] = last;
  pool.accountNext[handle] = 0;
  if (last === 0) accounts.firstOrder[accountId] = handle;
  else pool.accountNext[last] = handle;
  accounts.lastOrder[accountId] = handle;
  (accounts.openOrders[accountId] as number) += 1;
  state.orderIds.set(pool.orderId[handle] as number, handle);
  const clientId = pool.clientId[handle] as number;
  if (clientId >= 0) state.clientIds.set(accountId, clientId, handle);
}

export function unlinkOrder(state: State, handle: number): void {
  const { pool, accounts } = state;
  const accountId = pool.accountId[handle] as number;
  const previous = pool.accountPrevious[handle] as number;
  const next = pool.accountNext[handle] as number;
  if (previous === 0) accounts.firstOrder[accountId] = next;
  else pool.accountNext[previous] = next;
  if (next === 0) accounts.lastOrder[accountId] = previous;
  else pool.accountPrevious[next] = previous;
  (accounts.openOrders[accountId] as number) -= 1;
  state.orderIds.delete(pool.orderId[handle] as number);
  const clientId = pool.clientId[handle] as number;
  if (clientId >= 0) state.clientIds.delete(accountId, clientId);
}
