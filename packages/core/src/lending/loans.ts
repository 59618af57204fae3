// The four movements between an account and a pool, with what they announce. Callers have looked at limits and margin.
import type { BorrowLendChanged, BorrowLendSource } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { drawPool, payPool } from '../ledger/claims.js';
import type { State } from '../state/state.js';
import { postLoan } from './interest.js';

/** Which of whose money moves, and why. */
export type Movement = {
  readonly accountId: number;
  readonly assetId: number;
  readonly atoms: Atoms;
  readonly source: BorrowLendSource;
};

function announce(state: State, change: BorrowLendChanged['change'], movement: Movement): void {
  const { accountId, assetId, atoms, source } = movement;
  state.scope.emit?.({ kind: 'borrowLendChanged', accountId, assetId, change, quantityAtoms: atoms, source });
}

export function lend(state: State, movement: Movement): void {
  payPool(state, movement.accountId, movement.assetId, movement.atoms);
  announce(state, 'lend', movement);
}

export function redeem(state: State, movement: Movement): void {
  drawPool(state, movement.accountId, movement.assetId, movement.atoms);
  announce(state, 'redeem', movement);
}

export function borrow(state: State, movement: Movement): void {
  drawPool(state, movement.accountId, movement.assetId, movement.atoms);
  announce(state, 'borrow', movement);
}

/** Nothing for who owes nothing. Interest that has gathered is owed too, once a repayment would leave nothing but it. Returns what was repaid. */
export function repay(state: State, movement: Movement): Atoms {
  const { accountId, assetId } = movement;
  const { loanAtoms } = state.balances.of(assetId);
  const owed = -(loanAtoms[accountId] as number);
  if (owed <= 0) return 0 as Atoms;
  if (movement.atoms >= owed) postLoan(state, accountId, assetId);
  const debt = Math.max(0, -(loanAtoms[accountId] as number));
  const atoms = Math.min(movement.atoms, debt) as Atoms;
  if (atoms === 0) return atoms;
  payPool(state, accountId, assetId, atoms);
  announce(state, 'repay', { ...movement, atoms });
  return atoms;
}
