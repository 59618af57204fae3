// Fees of liquidation: of a fill on the book min(largest fee, half the maintenance fraction), and never more than closing may cost.
import type { MaintenanceView } from '@glasshouse/protocol';
import { changeUnsettled, claimForHouse } from '../ledger/claims.js';
import { HOUSE } from '../state/balances.js';
import type { LiquidationCase } from '../state/liquidations.js';
import type { State } from '../state/state.js';
import { mostFees } from './cost.js';
import type { BookTrade } from './position-step.js';

const HALF = 0.5;

/** Out of the account's claim, into that of the backstop fund. */
export function payFund(state: State, accountId: number, atoms: number): void {
  if (atoms === 0) return;
  changeUnsettled(state, accountId, -atoms);
  claimForHouse(state, state.settlementAssetId, HOUSE.backstopFund, atoms);
}

/** Charges what the trade may cost. `before` and `after` are how the account stood on both sides of it. Returns atoms. */
export function chargeStep(
  state: State,
  running: LiquidationCase,
  { fill, mmf }: BookTrade,
  before: MaintenanceView,
  after: MaintenanceView,
): number {
  const rate = Math.min(state.risk.liquidation.maxFee, mmf * HALF);
  const freedUsd = before.maintenanceMarginUsd - after.maintenanceMarginUsd;
  const lostUsd = before.netEquityUsd - after.netEquityUsd;
  const { quoteAtoms } = fill;
  const most = mostFees(state, running, { quoteAtoms, freedUsd, lostUsd });
  const atoms = Math.min(Math.floor(quoteAtoms * rate), most);
  payFund(state, running.accountId, atoms);
  return atoms;
}
