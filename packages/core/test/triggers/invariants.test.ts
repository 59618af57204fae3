// Each rule of what waits is broken on purpose, once, and says so under its own name.
import { InvariantViolation } from '@glasshouse/units';
import { describe, expect, test } from 'vitest';
import { checkInvariants, type State } from '../../src/index.js';
import type { ExitPlan } from '../../src/state/exit-plans.js';
import type { TriggerOrder } from '../../src/state/trigger-order.js';
import { PERP, TriggerVenue } from './trigger-venue.js';

type Scene = {
  readonly state: State;
  /** 3 waits, with client id 7; 4 is a parent that has filled in part; 6 and 7 are its exits. */
  readonly order: (orderId: number) => TriggerOrder;
  readonly plan: ExitPlan;
};

function scene(): Scene {
  const venue = new TriggerVenue();
  venue.print('150', PERP);
  const alice = venue.trader('alice', { USDC: '100000' });
  venue.stop(alice, 'Bid', '170', '1', { symbol: PERP, clientId: 7 });
  const exits = { takeProfitTriggerPrice: '160', stopLossTriggerPrice: '140' };
  venue.limit(alice, 'Bid', '150', '10', { symbol: PERP, ...exits });
  venue.limit(venue.makerKey, 'Ask', '150', '4', { symbol: PERP });
  const { state } = venue;
  return {
    state,
    order: (orderId) => state.triggers.get(orderId) as TriggerOrder,
    plan: state.exits.get(4) as ExitPlan,
  };
}

const CORRUPTIONS: readonly (readonly [string, (scene: Scene) => void])[] = [
  [
    'an account lists each of its waiting orders once',
    ({ state, order }) => {
      (state.triggers.ofAccount(order(3).accountId) as { orders: TriggerOrder[] }).orders[0] = order(6);
    },
  ],
  [
    'an account counts what it has waiting',
    ({ state, order }) => {
      (state.triggers.ofAccount(order(3).accountId) as { places: number }).places += 1;
    },
  ],
  [
    'accounts list the waiting orders alone',
    ({ state, order }) => {
      state.triggers.ofAccount(order(3).accountId)?.orders.push(order(3));
    },
  ],
  [
    'waiting orders are found by their client id',
    ({ order }) => {
      (order(3) as { clientId: number }).clientId = 8;
    },
  ],
  [
    'what is due is counted',
    ({ state, order }) => {
      state.triggers.makeDue(order(3));
      dueOf(state).push(99);
    },
  ],
  [
    'every waiting order stands somewhere',
    ({ state, order }) => {
      state.triggers.makeDue(order(3));
      dueOf(state)[0] = 99;
    },
  ],
  [
    'a waiting order stands in one place',
    ({ state, order }) => {
      state.triggers.makeDue(order(3));
      dueOf(state)[0] = 6;
    },
  ],
  [
    'a waiting order has a size or a share',
    ({ order }) => {
      order(3).sizeLots = 0;
    },
  ],
  [
    'two exits of the same fills know each other',
    ({ order }) => {
      order(6).siblingId = 3;
    },
  ],
  [
    'a plan has an open parent',
    ({ plan }) => {
      plan.parentOpen = false;
    },
  ],
  [
    'a plan knows what its parent has filled',
    ({ plan }) => {
      plan.filledLots += 1;
    },
  ],
  [
    'exits stand for what has filled',
    ({ plan }) => {
      plan.handedLots = 1;
    },
  ],
  [
    'planned exits are counted',
    ({ plan }) => {
      plan.takeProfit = undefined;
    },
  ],
];

function dueOf(state: State): number[] {
  return state.triggers.due(state.markets.bySymbol(PERP)?.marketId ?? 0) as number[];
}

describe('an invariant of what waits', () => {
  test('holds in the scene', () => {
    expect(() => checkInvariants(scene().state)).not.toThrow();
  });

  test.each(CORRUPTIONS)('says: %s', (invariant, corrupt) => {
    const broken = scene();
    corrupt(broken);
    try {
      checkInvariants(broken.state);
    } catch (problem) {
      expect(problem).toBeInstanceOf(InvariantViolation);
      expect((problem as InvariantViolation).invariant).toBe(invariant);
      return;
    }
    expect.fail(`nothing was said of: ${invariant}`);
  });
});
