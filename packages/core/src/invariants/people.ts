// What holds of accounts: their lists of orders and the counts by which limits are judged.
import { assert } from '@glasshouse/units';
import type { State } from '../state/state.js';

function checkOrderList(state: State, accountId: number): number {
  const { accounts, pool } = state;
  let count = 0;
  let before = 0;
  for (let handle = accounts.firstOrder[accountId] as number; handle !== 0; ) {
    const orderId = pool.orderId(handle);
    assert(pool.accountId(handle) === accountId, 'an account lists its own orders', { accountId, orderId });
    assert(orderId > before, 'an account lists its orders oldest first', { accountId, orderId, before });
    before = orderId;
    count += 1;
    handle = pool.accountNext(handle);
  }
  assert(count === accounts.openOrders[accountId], 'an account counts its open orders', { accountId, count });
  return count;
}

/** Every open order is in one book, one list and the index, and nothing else is. */
export function checkOrderLists(state: State, orders: number): void {
  const { accounts, pool, orderIds } = state;
  let listed = 0;
  for (let accountId = 1; accountId <= accounts.count; accountId += 1) listed += checkOrderList(state, accountId);
  const live = pool.size;
  assert(listed === orders && live === orders, 'every open order is in one book and one list', {
    listed,
    orders,
    live,
  });
  assert(orderIds.size === orders, 'the index holds the open orders alone', { indexed: orderIds.size, orders });
}

export function checkCounts({ accounts, customers, keys }: State): void {
  const activeKeys = new Int32Array(accounts.count + 1);
  for (let keyId = 1; keyId <= keys.count; keyId += 1) {
    if (keys.active[keyId] === 1) (activeKeys[keys.accountId[keyId] as number] as number) += 1;
  }
  const accountCount = new Int32Array(customers.count + 1);
  for (let accountId = 1; accountId <= accounts.count; accountId += 1) {
    const counted = accounts.activeKeys[accountId];
    assert(counted === activeKeys[accountId], 'an account counts its active keys', { accountId, counted });
    (accountCount[accounts.customerId[accountId] as number] as number) += 1;
  }
  for (let customerId = 1; customerId <= customers.count; customerId += 1) {
    const counted = customers.accountCount[customerId];
    assert(counted === accountCount[customerId], 'a customer counts its accounts', { customerId, counted });
  }
}
