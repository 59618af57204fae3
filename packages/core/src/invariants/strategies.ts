// What holds of strategies between two commands: none has more in its orders than it was created for, and each waits for its time.
import { assert } from '@glasshouse/units';
import { isSlice } from '../state/order-flags.js';
import type { State } from '../state/state.js';
import type { Strategy } from '../state/strategy.js';
import { nextUs } from '../strategies/plan.js';

function checkOrders({ strategies, orderIds, pool }: State, strategy: Strategy): void {
  const { strategyId, accountId, marketId, side } = strategy;
  let openLots = 0;
  let before = 0;
  for (const orderId of strategies.ordersOf(strategyId)) {
    const handle = orderIds.get(orderId);
    const open = handle !== 0 && isSlice(pool.flags(handle)) && strategies.ofOrder(orderId) === strategy;
    assert(open, 'the orders of a strategy are open', { strategyId, orderId });
    const own =
      pool.accountId(handle) === accountId && pool.marketId(handle) === marketId && pool.side(handle) === side;
    assert(own, 'a slice is an order of its strategy', { strategyId, orderId });
    assert(orderId > before, 'the orders of a strategy are listed oldest first', { strategyId, orderId });
    before = orderId;
    openLots += pool.remainingLots(handle);
  }
  const { sizeLots, handledLots, filledLots } = strategy;
  const room = filledLots + openLots <= handledLots && handledLots <= sizeLots;
  assert(room, 'a strategy places no more than it is for', { strategyId, filledLots, openLots, handledLots, sizeLots });
}

function checkTime({ strategies }: State, strategy: Strategy): void {
  const { strategyId, slices, slicesDone } = strategy;
  assert(strategies.due.timeOf(strategyId) === nextUs(strategy), 'a strategy waits for its next slice', { strategyId });
  const open = strategies.ordersOf(strategyId).size;
  const goesOn = slicesDone < slices || (slicesDone === slices && open > 0);
  assert(goesOn, 'a strategy that runs has something to wait for', { strategyId, slicesDone });
}

export function checkStrategies(state: State): void {
  const { strategies, pool, accounts } = state;
  let openOrders = 0;
  for (const strategy of strategies.inOrder()) {
    checkOrders(state, strategy);
    checkTime(state, strategy);
    openOrders += strategies.ordersOf(strategy.strategyId).size;
  }
  assert(openOrders === strategies.openOrders, 'slices belong to strategies that run', { openOrders });
  assert(strategies.due.size === strategies.size, 'nothing but strategies waits for slices', { size: strategies.size });
  assert(strategies.finished.length === 0, 'finished strategies are gone', {});
  let listed = 0;
  let slices = 0;
  for (let accountId = 1; accountId <= accounts.count; accountId += 1) {
    listed += strategies.ofAccount(accountId).length;
    let handle = accounts.firstOrder[accountId] as number;
    for (; handle !== 0; handle = pool.accountNext(handle)) if (isSlice(pool.flags(handle))) slices += 1;
  }
  assert(listed === strategies.size, 'accounts list their strategies', { listed });
  assert(slices === openOrders, 'open slices are known to their strategies', { slices });
}
