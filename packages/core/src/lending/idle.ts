// Money that arrives does not lie idle (mechanics §1): it repays what the account owes of the asset, then what is available is
// lent, at the end of the command. Whose settings say so, or whose order did.
import type { Atoms } from '@glasshouse/units';
import { availableAtoms } from '../ledger/ledger.js';
import { ACCOUNT_FLAG } from '../state/accounts.js';
import { ORDER_FLAG } from '../state/order-flags.js';
import type { State } from '../state/state.js';
import { redeemUpTo } from './available.js';
import { lendableAtoms, poolIfAny } from './limits.js';
import { lend, repay } from './loans.js';

/**
 * Notes that `atoms` have come to the account's available balance; 0 for money that has only been set free, which repays
 * nothing. `orderFlags` are those of the order that fetched them.
 */
export function noteCredit(state: State, accountId: number, assetId: number, atoms: number, orderFlags = 0): void {
  if (state.pools[assetId - 1] !== undefined) state.scope.addCredit(accountId, assetId, atoms, orderFlags);
}

function repayFrom(state: State, accountId: number, assetId: number, credited: number): void {
  if ((state.balances.of(assetId).loanAtoms[accountId] as number) >= 0) return;
  const atoms = Math.min(credited, availableAtoms(state, accountId, assetId)) as Atoms;
  if (atoms > 0) repay(state, { accountId, assetId, atoms, source: 'autoRepay' });
}

function lendAvailable(state: State, accountId: number, assetId: number): void {
  const pool = poolIfAny(state, assetId);
  if (pool === undefined || (state.balances.of(assetId).loanAtoms[accountId] as number) < 0) return;
  const available = availableAtoms(state, accountId, assetId);
  const atoms = Math.min(available, lendableAtoms(state, pool)) as Atoms;
  if (atoms > 0) lend(state, { accountId, assetId, atoms, source: 'autoLend' });
}

export const repaysBorrows = ({ accounts }: State, accountId: number, orderFlags: number): boolean =>
  ((accounts.flags[accountId] as number) & ACCOUNT_FLAG.autoRepayBorrows) !== 0 ||
  (orderFlags & ORDER_FLAG.autoBorrowRepay) !== 0;

const lendsIdle = ({ accounts }: State, accountId: number, orderFlags: number): boolean =>
  ((accounts.flags[accountId] as number) & ACCOUNT_FLAG.autoLend) !== 0 || (orderFlags & ORDER_FLAG.autoLend) !== 0;

/** What the command's credits repay and lend. */
export function lendIdle(state: State): void {
  const { credits, creditCells } = state.scope;
  for (let cell = 0; cell < creditCells; cell += 4) {
    const accountId = credits[cell] as number;
    const assetId = credits[cell + 1] as number;
    const orderFlags = credits[cell + 3] as number;
    if (repaysBorrows(state, accountId, orderFlags)) {
      repayFrom(state, accountId, assetId, credits[cell + 2] as number);
    }
    if (lendsIdle(state, accountId, orderFlags)) lendAvailable(state, accountId, assetId);
  }
}

/** `autoLend` switched: on, everything available is lent at the end of the command; off, what may be redeemed comes back. */
export function switchAutoLend(state: State, accountId: number, on: boolean): void {
  const { pools } = state;
  for (let place = 0; place < pools.length; place += 1) {
    if (pools[place] === undefined) continue;
    if (on) noteCredit(state, accountId, place + 1, 0);
    else redeemUpTo(state, accountId, place + 1, Number.MAX_SAFE_INTEGER, 'autoLend');
  }
}
