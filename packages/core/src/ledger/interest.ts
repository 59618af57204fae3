// Posting: whole atoms of gathered interest become part of the claim, the fraction stays. Earned is rounded down and charged up,
// so that the house, which takes the other side, never pays more than it was paid.
import { HOUSE } from '../state/balances.js';
import { noteHolder, noteLoan } from '../state/holders.js';
import type { State } from '../state/state.js';
import { accrueLoan, accrueUnsettled, changeLoan, changeUnsettled, claimForHouse } from './claims.js';

/** In two steps when interest outweighs what is left of the loan: an asset is not lent and borrowed at once. */
function addToLoan(state: State, accountId: number, assetId: number, atoms: number): void {
  const loan = state.balances.of(assetId).loanAtoms[accountId] as number;
  const crosses = loan * (loan + atoms) < 0;
  if (crosses) changeLoan(state, accountId, assetId, -loan);
  changeLoan(state, accountId, assetId, crosses ? loan + atoms : atoms);
}

/** Returns what was earned (negative: charged). */
export function postLoanInterest(state: State, accountId: number, assetId: number): number {
  accrueLoan(state, accountId, assetId);
  const { accruedAtoms } = state.balances.of(assetId);
  const whole = Math.floor(accruedAtoms[accountId] as number);
  if (whole === 0) return 0;
  (accruedAtoms[accountId] as number) -= whole;
  addToLoan(state, accountId, assetId, whole);
  claimForHouse(state, assetId, HOUSE.lendingReserve, -whole);
  noteLoan(state, accountId, assetId);
  return whole;
}

/** Returns what was earned (negative: charged) on profit or loss that is no cash yet. */
export function postUnsettledInterest(state: State, accountId: number): number {
  accrueUnsettled(state, accountId);
  const { accruedAtoms } = state.unsettled;
  const whole = Math.floor(accruedAtoms[accountId] as number);
  if (whole === 0) return 0;
  (accruedAtoms[accountId] as number) -= whole;
  changeUnsettled(state, accountId, whole);
  claimForHouse(state, state.settlementAssetId, HOUSE.lendingReserve, -whole);
  noteHolder(state, accountId);
  return whole;
}
