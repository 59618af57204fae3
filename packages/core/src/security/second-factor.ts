// The second factor. The secrets are with a service outside: it sees the code beside a request and confirms that one request, by a
// command of its own that comes first. So a key alone moves nothing out, and the service alone moves nothing at all.
import type { ConfirmTwoFactor } from '@glasshouse/protocol';
import { reject } from '../state/reject.js';
import type { Security } from '../state/securities.js';
import type { State } from '../state/state.js';
import { announceSecurity } from './announce.js';

const US_PER_STEP = 30_000_000;
/** A code of the step before or after is good too: clocks differ. */
const STEPS_APART = 1;
/** The request follows its confirmation at once. */
const CONFIRMED_FOR_US = 60_000_000;
const SIGNATURE_BYTES = 64;
const DIGITS = '0123456789abcdef';

/** Of the running request, as a confirmation names it. */
function signatureText({ scope }: State): string {
  const { request } = scope;
  let text = '';
  for (let place = 0; request !== undefined && place < SIGNATURE_BYTES; place += 1) {
    const byte = request.bytes[request.signatureStart + place] as number;
    text += `${DIGITS[byte >> 4]}${DIGITS[byte & 15]}`;
  }
  return text;
}

const securityOf = ({ securities, accounts, scope }: State): Security | undefined =>
  securities.get(accounts.customerId[scope.accountId] as number);

function isConfirmed(state: State, security: Security | undefined): boolean {
  if (security === undefined || security.confirmedSignature === '') return false;
  return state.timeUs <= security.confirmedUntilUs && security.confirmedSignature === signatureText(state);
}

/** Is the running request confirmed? After a reject, false. */
function confirmed(state: State): boolean {
  if (isConfirmed(state, securityOf(state))) return true;
  reject(state, 'twoFactorMissing', { customerId: state.accounts.customerId[state.scope.accountId] as number });
  return false;
}

/** The same, for customers who have asked for it; true for all others. */
export function secondFactorGiven(state: State): boolean {
  return securityOf(state)?.twoFactor !== true || confirmed(state);
}

/** A confirmation that has been acted on is good for nothing else. */
export function spendConfirmation(state: State): void {
  const security = securityOf(state);
  if (security !== undefined) security.confirmedSignature = '';
}

function change(state: State, twoFactor: boolean): void {
  if (!confirmed(state)) return;
  const security = securityOf(state);
  if (security === undefined) return;
  if (security.twoFactor === twoFactor) return reject(state, 'twoFactorUnchanged', { enabled: String(twoFactor) });
  security.twoFactor = twoFactor;
  if (!twoFactor) security.secretNumber += 1;
  spendConfirmation(state);
  announceSecurity(state, security);
}

/** Takes a code, too: who has none could not withdraw any more. */
export const enableTwoFactor = (state: State): void => change(state, true);
export const disableTwoFactor = (state: State): void => change(state, false);

export function confirmTwoFactor(state: State, command: ConfirmTwoFactor): void {
  const { accounts, securities, timeUs, scope } = state;
  const { accountId, signature, step } = command;
  if (!accounts.has(accountId)) return reject(state, 'accountUnknown', { accountId });
  const now = Math.floor(timeUs / US_PER_STEP);
  if (Math.abs(step - now) > STEPS_APART) return reject(state, 'twoFactorStale', { step, now });
  const customerId = accounts.customerId[accountId] as number;
  const last = securities.get(customerId)?.lastStep ?? 0;
  if (step <= last) return reject(state, 'twoFactorReused', { step, last });
  const security = securities.obtain(customerId);
  security.lastStep = step;
  security.confirmedSignature = signature;
  security.confirmedUntilUs = timeUs + CONFIRMED_FOR_US;
  scope.emit?.({ kind: 'twoFactorConfirmed', customerId, accountId, step });
}
