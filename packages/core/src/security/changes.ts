// Changes that had to wait, at sequenced time.
import type { Security } from '../state/securities.js';
import type { State } from '../state/state.js';
import { announceSecurity } from './announce.js';

export const nextChangeUs = ({ securities }: State): number => securities.due.nextUs;

function change(state: State, security: Security): void {
  if (security.pendingDelayHours >= 0 && security.pendingDelayUs <= state.timeUs) {
    security.delayHours = security.pendingDelayHours;
    security.pendingDelayHours = -1;
    security.pendingDelayUs = 0;
  }
  if (security.addressBookOffUs !== 0 && security.addressBookOffUs <= state.timeUs) {
    security.addressBook = false;
    security.addressBookOffUs = 0;
  }
  state.securities.reschedule(security);
  announceSecurity(state, security);
}

export function runChanges(state: State): void {
  const { securities, timeUs } = state;
  while (securities.due.nextUs <= timeUs) change(state, securities.obtain(securities.due.firstId as number));
}
