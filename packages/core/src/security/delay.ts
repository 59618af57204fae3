// How long withdrawals wait. A longer delay holds at once; a shorter one, or none, only when the delay of now has passed: whoever
// has taken an account over cannot take its guard away faster than its owner has asked to be warned.
import {
  type CreateWithdrawalDelay,
  DEFAULT_WITHDRAWAL_GUARDS,
  type UpdateWithdrawalDelay,
} from '@glasshouse/protocol';
import { reject } from '../state/reject.js';
import type { Security } from '../state/securities.js';
import type { State } from '../state/state.js';
import { announceSecurity, ownSecurity } from './announce.js';
import { secondFactorGiven, spendConfirmation } from './second-factor.js';

export const HOUR_US = 3_600_000_000;
const NONE = -1;
const RESET_HOURS = 24;

export const guardsOf = ({ settings }: State) => settings.withdrawals ?? DEFAULT_WITHDRAWAL_GUARDS;

function hoursFit(state: State, hours: number, least: number): boolean {
  const { maxDelayHours } = guardsOf(state);
  if (hours >= least && hours <= maxDelayHours) return true;
  reject(state, 'withdrawalDelayOutOfBounds', { hours, minHours: least, maxHours: maxDelayHours });
  return false;
}

function changeDelay(state: State, security: Security, hours: number): void {
  if (hours >= security.delayHours) {
    security.delayHours = hours;
    security.pendingDelayHours = NONE;
    security.pendingDelayUs = 0;
  } else {
    security.pendingDelayHours = hours;
    security.pendingDelayUs = state.timeUs + security.delayHours * HOUR_US;
  }
  state.securities.reschedule(security);
}

function set(state: State, security: Security, hours: number): void {
  changeDelay(state, security, hours);
  spendConfirmation(state);
  announceSecurity(state, security);
}

export function createWithdrawalDelay(state: State, { hours }: CreateWithdrawalDelay): void {
  if (!secondFactorGiven(state)) return;
  const current = ownDelay(state);
  if (current > 0) return reject(state, 'withdrawalDelayExists', { hours: current });
  if (hoursFit(state, hours, 1)) set(state, ownSecurity(state), hours);
}

export function updateWithdrawalDelay(state: State, { hours }: UpdateWithdrawalDelay): void {
  if (!secondFactorGiven(state)) return;
  if (ownDelay(state) === 0) return reject(state, 'withdrawalDelayUnknown');
  if (hoursFit(state, hours, 0)) set(state, ownSecurity(state), hours);
}

/** Of the signer's customer. */
export function ownDelay({ securities, accounts, scope }: State): number {
  return securities.get(accounts.customerId[scope.accountId] as number)?.delayHours ?? 0;
}

/** Operators have seen who has lost the device. The owner has a day to find out if it was somebody else. */
export function resetTwoFactor(state: State, customerId: number): void {
  const security = state.securities.obtain(customerId);
  const { delayHours } = security;
  security.twoFactor = false;
  security.secretNumber += 1;
  security.confirmedSignature = '';
  if (delayHours < RESET_HOURS) {
    changeDelay(state, security, RESET_HOURS);
    changeDelay(state, security, delayHours);
  }
  announceSecurity(state, security);
}
