import type { RejectDetails, RejectReason } from '@glasshouse/protocol';
import type { State } from './state.js';

/**
 * Announces that the running command, or the element of its batch, changed nothing. An order on behalf of an account is no part
 * of the command: who placed it is told.
 */
export function reject(state: State, reason: RejectReason, details: RejectDetails = {}): void {
  const { scope } = state;
  if (scope.onBehalf) {
    scope.refusal = { reason, details };
    return;
  }
  if (scope.emit === undefined) return;
  scope.emit({ kind: 'rejected', index: scope.index, reason, details, accountId: scope.accountId });
}
