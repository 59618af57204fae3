import type { State } from './state.js';

/** To be called after whatever may give an account exposure or take its last: keeps the set that sweeps walk. */
export function noteExposure({ accounts, unsettled, exposed }: State, accountId: number): void {
  const has =
    accounts.firstPosition[accountId] !== 0 || accounts.loanCount[accountId] !== 0 || unsettled.atoms[accountId] !== 0;
  if (has) exposed.add(accountId);
  else exposed.delete(accountId);
}
