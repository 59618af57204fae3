// What an account can spend: lent assets redeem themselves for trades, settlements, withdrawals and transfers.
import type { BorrowLendSource } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { availableAtoms } from '../ledger/ledger.js';
import type { State } from '../state/state.js';
import { poolIfAny, poolRedeemableAtoms, type Throttle } from './limits.js';
import { redeem } from './loans.js';

/** What the account has lent and may have back now. */
function redeemableAtoms(state: State, accountId: number, assetId: number, throttle: Throttle = 'held'): Atoms {
  const pool = poolIfAny(state, assetId);
  if (pool === undefined) return 0 as Atoms;
  const loan = state.balances.of(assetId).loanAtoms[accountId] as Atoms;
  return loan <= 0 ? (0 as Atoms) : (Math.min(loan, poolRedeemableAtoms(state, pool, throttle)) as Atoms);
}

export function spendableAtoms(state: State, accountId: number, assetId: number): Atoms {
  const available = availableAtoms(state, accountId, assetId);
  return (available + redeemableAtoms(state, accountId, assetId)) as Atoms;
}

/** Redeems as much as may be, up to `atoms`. Returns what was redeemed. */
export function redeemUpTo(
  state: State,
  accountId: number,
  assetId: number,
  atoms: number,
  source: BorrowLendSource,
  throttle: Throttle = 'held',
): Atoms {
  const redeemed = Math.min(atoms, redeemableAtoms(state, accountId, assetId, throttle)) as Atoms;
  if (redeemed > 0) redeem(state, { accountId, assetId, atoms: redeemed, source });
  return redeemed;
}

/** Redeems what is missing of `atoms` available. Does nothing where enough is available already. */
export function makeAvailable(
  state: State,
  accountId: number,
  assetId: number,
  atoms: number,
  source: BorrowLendSource,
): void {
  const missing = atoms - availableAtoms(state, accountId, assetId);
  if (missing > 0) redeemUpTo(state, accountId, assetId, missing, source);
}
