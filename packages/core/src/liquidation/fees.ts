// What liquidation may cost: of a fill min(largest fee, half the maintenance fraction), and never more than a share of the equity that
// stands behind what is closed, less what the trade has lost already. So no fee leaves an account nearer to ruin than it was.
//   behind = ρ × dM      dM: maintenance that went with what was closed      ρ: least equity by maintenance of any turn of the case
import type { MaintenanceView } from '@glasshouse/protocol';
import { changeUnsettled, claimForHouse } from '../ledger/claims.js';
import { assetUnits } from '../margin/account.js';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import { HOUSE } from '../state/balances.js';
import type { LiquidationCase } from '../state/liquidations.js';
import type { State } from '../state/state.js';
import type { BookTrade } from './position-step.js';

const HALF = 0.5;

/** USD of one atom of the settlement asset. */
export function atomUsd(state: State): number {
  const { settlementAssetId, assets } = state;
  return usdPriceOf(state, settlementAssetId) / assetUnits(assets.list[settlementAssetId - 1] as Asset);
}

/** Out of the account's claim, into that of the backstop fund. */
export function payFund(state: State, accountId: number, atoms: number): void {
  if (atoms === 0) return;
  changeUnsettled(state, accountId, -atoms);
  claimForHouse(state, state.settlementAssetId, HOUSE.backstopFund, atoms);
}

/** To be called when a turn begins. */
export function noteBacking(running: LiquidationCase, { netEquityUsd, maintenanceMarginUsd }: MaintenanceView): void {
  if (maintenanceMarginUsd <= 0) return;
  running.leastBacking = Math.min(running.leastBacking, netEquityUsd / maintenanceMarginUsd);
}

/** The most that all fees of a closing may be, in atoms; nothing of an account whose equity was ever gone. `lostUsd` has gone in the trade itself (negative: collateral was sold for more than it counted). */
export function mostFees(state: State, running: LiquidationCase, freedUsd: number, lostUsd: number): number {
  if (running.leastBacking <= 0) return 0;
  const behind = running.leastBacking * freedUsd;
  return Math.max(
    0,
    Math.floor((state.risk.liquidation.equityShare * (behind - Math.max(0, lostUsd))) / atomUsd(state)),
  );
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
  const atoms = Math.min(Math.floor(fill.quoteAtoms * rate), mostFees(state, running, freedUsd, lostUsd));
  payFund(state, running.accountId, atoms);
  return atoms;
}
