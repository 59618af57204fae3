import type { Security } from '../state/securities.js';
import type { State } from '../state/state.js';

/** After every change of it. */
export function announceSecurity({ scope }: State, security: Security): void {
  scope.emit?.({ kind: 'securityChanged', security: security.view() });
}

/** Of the signer's customer. */
export function ownSecurity({ securities, accounts, scope }: State): Security {
  return securities.obtain(accounts.customerId[scope.accountId] as number);
}
