import type { State } from './state.js';

/** Interest of which at least one atom can be posted: any charge, or a whole atom earned. */
const postable = (accruedAtoms: number): boolean => accruedAtoms < 0 || accruedAtoms >= 1;

/** A loan of the asset, lent or borrowed, or interest on one. */
export function holdsLoan({ balances }: State, accountId: number, assetId: number): boolean {
  const { loanAtoms, accruedAtoms } = balances.of(assetId);
  return loanAtoms[accountId] !== 0 || postable(accruedAtoms[accountId] as number);
}

/** Profit or loss that is no cash yet, or interest on it. */
export function holdsUnsettled({ unsettled }: State, accountId: number): boolean {
  return unsettled.atoms[accountId] !== 0 || postable(unsettled.accruedAtoms[accountId] as number);
}

export function holdsClaim(state: State, accountId: number): boolean {
  const { pools } = state;
  if (holdsUnsettled(state, accountId)) return true;
  for (let place = 0; place < pools.length; place += 1) {
    if (pools[place] !== undefined && holdsLoan(state, accountId, place + 1)) return true;
  }
  return false;
}

/** To be called after whatever changes an account's claims on a pool: keeps the set over which interest is posted. */
export function noteHolder(state: State, accountId: number): void {
  if (holdsClaim(state, accountId)) state.holders.add(accountId);
  else state.holders.delete(accountId);
}

/** The same after a change of one loan: looks at the others only when this one has come to nothing. */
export function noteLoan(state: State, accountId: number, assetId: number): void {
  if (holdsLoan(state, accountId, assetId)) state.holders.add(accountId);
  else noteHolder(state, accountId);
}
