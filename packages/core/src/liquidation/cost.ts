// What closing may cost an account: at every stage the same, so that no deeper fall is the cheaper one because another stage meets it.
//   loss + fees ≤ share × ρ × dM      dM: maintenance that went with what was closed      ρ: least equity by maintenance of any turn
//   loss + fees ≤ (provider's fee + fund's fee) × notional, of positions
// So no account is nearer to ruin after it.
import type { MaintenanceView } from '@glasshouse/protocol';
import { assetUnits } from '../margin/account.js';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import type { LiquidationCase } from '../state/liquidations.js';
import type { State } from '../state/state.js';

/** USD of one atom of the settlement asset. */
export function atomUsd(state: State): number {
  const { settlementAssetId, assets } = state;
  return usdPriceOf(state, settlementAssetId) / assetUnits(assets.list[settlementAssetId - 1] as Asset);
}

/** To be called when a turn begins. */
export function noteBacking(running: LiquidationCase, { netEquityUsd, maintenanceMarginUsd }: MaintenanceView): void {
  if (maintenanceMarginUsd <= 0) return;
  running.leastBacking = Math.min(running.leastBacking, netEquityUsd / maintenanceMarginUsd);
}

/** Of the equity behind what is closed, the part that closing may cost; nothing of an account whose equity was ever gone. */
export function shareOfBacking(state: State, running: LiquidationCase): number {
  return state.risk.liquidation.equityShare * Math.max(0, running.leastBacking);
}

/** The fees of taking over, per notional: more than that closing costs nobody. */
export function dearestFee({ risk }: State): number {
  return risk.liquidation.providerFee + risk.liquidation.fundFee;
}

export type Closed = {
  readonly quoteAtoms: number;
  /** Maintenance that went with it. */
  readonly freedUsd: number;
  /** What has gone in the trade itself; negative where collateral was sold for more than it counted. */
  readonly lostUsd: number;
};

/** The most that all fees of the closing may be, in atoms. */
export function mostFees(state: State, running: LiquidationCase, { quoteAtoms, freedUsd, lostUsd }: Closed): number {
  const usd = atomUsd(state);
  const mostUsd = Math.min(shareOfBacking(state, running) * freedUsd, dearestFee(state) * quoteAtoms * usd);
  return Math.max(0, Math.floor((mostUsd - Math.max(0, lostUsd)) / usd));
}
