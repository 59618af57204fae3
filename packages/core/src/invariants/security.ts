// What holds of guarded withdrawals between two commands.
import { assert } from '@glasshouse/units';
import type { State } from '../state/state.js';

function checkWaiting({ waitingWithdrawals, pendingWithdrawals }: State): void {
  let waiting = 0;
  for (const { withdrawalId, status, triggerUs } of pendingWithdrawals.values()) {
    if (status !== 'waiting') continue;
    waiting += 1;
    const due = waitingWithdrawals.timeOf(withdrawalId);
    assert(due === triggerUs, 'a withdrawal that waits leaves when it says', { withdrawalId });
  }
  assert(waiting === waitingWithdrawals.size, 'nothing but waiting withdrawals comes due', { waiting });
}

export function checkSecurity(state: State): void {
  checkWaiting(state);
  const { due } = state.securities;
  let changing = 0;
  for (const security of state.securities.inOrder()) {
    const { customerId, nextUs, pendingDelayHours, delayHours } = security;
    if (nextUs !== Number.POSITIVE_INFINITY) changing += 1;
    assert((due.timeOf(customerId) ?? Number.POSITIVE_INFINITY) === nextUs, 'a change waits for its time', {
      customerId,
    });
    assert(pendingDelayHours < delayHours || delayHours === 0, 'only a shorter delay waits', { customerId });
  }
  assert(changing === due.size, 'nothing but changes waits for them', { changing });
}
