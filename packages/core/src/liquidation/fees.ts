// The fee of a step: min(largest fee, half the maintenance fraction) of the fill, but no more than half of what the step has gained:
// a step that costs the account its whole gain would leave it as near to ruin as it was.
import type { MaintenanceView } from '@glasshouse/protocol';
import { changeUnsettled, claimForHouse } from '../ledger/claims.js';
import { assetUnits } from '../margin/account.js';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import { HOUSE } from '../state/balances.js';
import type { State } from '../state/state.js';
import { roomUsd } from './measure.js';
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

/** Charges what the trade may cost. `before` and `after` are how the account stood on both sides of it. Returns atoms. */
export function chargeStep(
  state: State,
  accountId: number,
  { fill, mmf }: BookTrade,
  before: MaintenanceView,
  after: MaintenanceView,
): number {
  const rate = Math.min(state.risk.liquidation.maxFee, mmf * HALF);
  const room = Math.floor((HALF * roomUsd(before, after)) / atomUsd(state));
  const atoms = before.netEquityUsd <= 0 ? 0 : Math.max(0, Math.min(Math.floor(fill.quoteAtoms * rate), room));
  payFund(state, accountId, atoms);
  return atoms;
}
