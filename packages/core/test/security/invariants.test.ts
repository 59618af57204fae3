// Each rule of guarded withdrawals is broken on purpose, once, and says so under its own name.
import { InvariantViolation } from '@glasshouse/units';
import { expect, test } from 'vitest';
import { checkInvariants, type State } from '../../src/index.js';
import type { Security } from '../../src/state/securities.js';
import { GuardVenue } from './guard-venue.js';

/** A withdrawal waits, and a shorter delay does. */
function scene(): { readonly state: State; readonly security: Security } {
  const venue = new GuardVenue();
  venue.guard('glassWithdrawalDelayCreate', { withdrawalDelayHours: 24 });
  venue.withdraw();
  venue.guard('glassWithdrawalDelayUpdate', { withdrawalDelayHours: 2 });
  return { state: venue.state, security: venue.state.securities.obtain(1) };
}

const CORRUPTIONS: readonly (readonly [string, (state: State, security: Security) => void])[] = [
  [
    'a withdrawal that waits leaves when it says',
    ({ waitingWithdrawals }) => {
      waitingWithdrawals.remove(1);
      waitingWithdrawals.add(1, 5);
    },
  ],
  ['nothing but waiting withdrawals comes due', ({ waitingWithdrawals }) => waitingWithdrawals.add(2, 5)],
  [
    'a change waits for its time',
    (_, security) => {
      security.pendingDelayUs += 1;
    },
  ],
  [
    'only a shorter delay waits',
    (_, security) => {
      security.pendingDelayHours = 24;
    },
  ],
  ['nothing but changes waits for them', ({ securities }) => securities.due.add(9, 5)],
];

test('the invariants of guards hold in the scene', () => {
  expect(() => checkInvariants(scene().state)).not.toThrow();
});

test.each(CORRUPTIONS)('an invariant says: %s', (invariant, corrupt) => {
  const { state, security } = scene();
  corrupt(state, security);
  try {
    checkInvariants(state);
  } catch (problem) {
    expect(problem).toBeInstanceOf(InvariantViolation);
    expect((problem as InvariantViolation).invariant).toBe(invariant);
    return;
  }
  expect.fail(`nothing was said of: ${invariant}`);
});
