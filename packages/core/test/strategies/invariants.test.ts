// Each rule of strategies is broken on purpose, once, and says so under its own name.
import { InvariantViolation } from '@glasshouse/units';
import { expect, test } from 'vitest';
import { checkInvariants, type State } from '../../src/index.js';
import { ORDER_FLAG } from '../../src/state/order-flags.js';
import type { Strategy } from '../../src/state/strategy.js';
import { nextUs } from '../../src/strategies/plan.js';
import { StrategyVenue } from './strategy-venue.js';

/** Strategy 1 has two resting slices, orders 1 and 2; order 3 is alice's own. */
function scene(): { readonly state: State; readonly strategy: Strategy } {
  const venue = new StrategyVenue();
  venue.create({ price: '150' });
  venue.pass(10_000);
  venue.limit(venue.alice, 'Bid', '149', '1');
  return { state: venue.state, strategy: venue.state.strategies.get(1) as Strategy };
}

const CORRUPTIONS: readonly (readonly [string, (state: State, strategy: Strategy) => void])[] = [
  ['the orders of a strategy are open', ({ strategies }) => strategies.open(1, 99)],
  [
    'a slice is an order of its strategy',
    (_, strategy) => {
      (strategy as { side: number }).side = 1;
    },
  ],
  [
    'a strategy places no more than it is for',
    (_, strategy) => {
      strategy.filledLots += 1;
    },
  ],
  [
    'a strategy waits for its next slice',
    ({ strategies }) => {
      strategies.due.remove(1);
      strategies.due.add(1, 1);
    },
  ],
  [
    'slices belong to strategies that run',
    ({ strategies }, strategy) => {
      strategies.add({ ...strategy, strategyId: 2 }, 5);
      strategies.open(2, 99);
      const removable = strategies as unknown as {
        remove(strategy: Strategy): void;
        ordersOf(id: number): Set<number>;
      };
      removable.ordersOf(2).clear();
      (strategies as unknown as { get(id: number): Strategy }).get(2).slicesDone = 0;
      strategies.due.remove(2);
      strategies.due.add(2, strategy.createdUs);
    },
  ],
  [
    'the orders of a strategy are listed oldest first',
    ({ strategies }) => {
      const orders = strategies.ordersOf(1) as Set<number>;
      orders.delete(1);
      orders.add(1);
    },
  ],
  [
    'a strategy that runs has something to wait for',
    ({ strategies }, strategy) => {
      strategy.slicesDone = strategy.slices + 1;
      strategies.due.remove(1);
      strategies.due.add(1, nextUs(strategy));
    },
  ],
  [
    'accounts list their strategies',
    ({ strategies }, strategy) => {
      (strategies.ofAccount(strategy.accountId) as Strategy[]).push(strategy);
    },
  ],
  ['nothing but strategies waits for slices', ({ strategies }) => strategies.due.add(2, 5)],
  ['finished strategies are gone', ({ strategies }, strategy) => strategies.finished.push(strategy)],
  [
    'open slices are known to their strategies',
    ({ pool, orderIds }) => {
      const handle = orderIds.get(3);
      pool.setFlags(handle, pool.flags(handle) | ORDER_FLAG.slice);
    },
  ],
];

test('the invariants of strategies hold in the scene', () => {
  expect(() => checkInvariants(scene().state)).not.toThrow();
});

test.each(CORRUPTIONS)('an invariant says: %s', (invariant, corrupt) => {
  const { state, strategy } = scene();
  corrupt(state, strategy);
  try {
    checkInvariants(state);
  } catch (problem) {
    expect(problem).toBeInstanceOf(InvariantViolation);
    expect((problem as InvariantViolation).invariant).toBe(invariant);
    return;
  }
  expect.fail(`nothing was said of: ${invariant}`);
});
