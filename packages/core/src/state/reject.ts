import type { RejectDetails, RejectReason } from '@glasshouse/protocol';
import type { State } from './state.js';

/** Announces that the running command, or the element of its batch, changed nothing. */
export function reject(state: State, reason: RejectReason, details: RejectDetails = {}): void {
  const { scope } = state;
  if (scope.emit === undefined) return;
  scope.emit({ kind: 'rejected', index: scope.index, reason, details, accountId: scope.accountId });
}
