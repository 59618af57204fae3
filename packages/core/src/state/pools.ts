// Lending pools. A pool's cash is the house account `lendingPool` of its asset; what is here are the claims on it:
//   cash = Σ lent − Σ borrowed + Σ unsettled PnL − Σ position costs + house claims
// The last three stand in the pool of the settlement asset alone.
import type { TimeUs } from '@glasshouse/units';
import { HOUSE_ACCOUNTS } from './balances.js';

export class LendingPool {
  /** Σ of what accounts have lent and borrowed. */
  lentAtoms = 0;
  borrowedAtoms = 0;
  /** Σ of positive and of negative unsettled PnL: lends and borrows of the same pool. */
  virtualLentAtoms = 0;
  virtualBorrowedAtoms = 0;
  /** Fees, interest kept back and rounding that the house has earned and not been paid yet, by house account. */
  readonly houseClaims = new Float64Array(HOUSE_ACCOUNTS);
  /** Interest of one atom since the pool began, posted or not. */
  lendIndex = 0;
  borrowIndex = 0;
  /** What the last steps of the indexes were too small for: added to the next, so that many small steps lose nothing. */
  lendIndexCarry = 0;
  borrowIndexCarry = 0;
  accruedUs = 0 as TimeUs;
  /** The throttle's minute: when it began and how utilised the pool was. */
  minuteStartUs = 0 as TimeUs;
  minuteUtilization = 0;
  /** Number of the command that touched the pool last: announces it once per command. Not state. */
  touchedBy = 0;

  constructor(readonly assetId: number) {}
}
