import type { State } from './state.js';
import { noteStake } from './watch/note-change.js';

/** To be called after whatever may give an account exposure or take its last: keeps the set that sweeps walk. */
export function noteExposure(state: State, accountId: number): void {
  const { accounts, unsettled, exposed } = state;
  const has =
    accounts.firstPosition[accountId] !== 0 || accounts.loanCount[accountId] !== 0 || unsettled.atoms[accountId] !== 0;
  if (!has) return exposed.delete(accountId);
  if (exposed.has(accountId)) return;
  exposed.add(accountId);
  noteStake(state, accountId);
}
