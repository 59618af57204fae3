// An account whose equity is gone. Its positions close at once, so that nobody's money rides on them: at the mark when it is still
// worth something or the fund pays the deficit, else against others' profit. Then collateral is sold for what is owed, and what
// nobody pays is put on record.

import { postInterest } from '../lending/interest.js';
import { debtAtoms } from '../lending/margin.js';
import { assetUnits } from '../margin/account.js';
import { repayFromClaim, settleFromHeld } from '../perps/settle-cash.js';
import { usdPriceOf } from '../prices/usd.js';
import type { LiquidationCase } from '../state/liquidations.js';
import type { State } from '../state/state.js';
import { takeOver } from './backstop/take-over.js';
import { concludeTrade, stepOnBook } from './book-stage.js';
import { atomUsd } from './cost.js';
import { deleverageAll } from './deleverage/deleverage.js';
import { isLive, loanExposures, positionExposures, workableExposures } from './exposures.js';
import { freeLends } from './free-lends.js';
import { coverDeficit, fundAtoms } from './fund.js';
import { payWithFund } from './fund-purchase.js';
import { hasSellable, repayAvailable, sellCollateral } from './loan-step.js';
import { measure } from './measure.js';
import { recordNegative } from './negative-balance.js';
import { worthUsd } from './worth.js';

/** True when the account has no positions any more. */
function closePositions(state: State, running: LiquidationCase): boolean {
  const { accountId } = running;
  const positions = positionExposures(state, accountId);
  if (positions.length === 0) return true;
  if (!positions.every(({ market }) => isLive(market))) return false;
  const deficit = Math.max(0, Math.ceil(-worthUsd(state, accountId) / atomUsd(state)));
  const unpaid = deficit - coverDeficit(state, running, Math.min(deficit, fundAtoms(state)));
  if (unpaid === 0) takeOver(state, running, 'closed');
  deleverageAll(state, running, unpaid);
  return positionExposures(state, accountId).length === 0;
}

const owedUnsettled = ({ unsettled }: State, accountId: number): number =>
  Math.max(0, -(unsettled.atoms[accountId] as number));

function sellFor(state: State, running: LiquidationCase, owedAtoms: number): boolean {
  const before = measure(state, running.accountId);
  const sold = sellCollateral(state, running.accountId, owedAtoms, SOLD_BELOW);
  if (sold !== undefined) concludeTrade(state, running, sold, { before, feeAtoms: 0 });
  return sold !== undefined;
}

/** Sells what there is for what is owed. True when something was sold or bought, or is still there to be. */
function sellOff(state: State, running: LiquidationCase): boolean {
  const { accountId } = running;
  repayFromClaim(state, accountId);
  settleFromHeld(state, accountId);
  for (const { asset } of loanExposures(state, accountId)) {
    repayAvailable(state, accountId, asset.assetId, Number.MAX_SAFE_INTEGER);
  }
  const exposures = workableExposures(state, accountId);
  if (exposures.length > 0 && stepOnBook(state, running, exposures)) return true;
  if (freeLends(state, accountId)) return true;
  const owed = owedUnsettled(state, accountId);
  if (owed > 0 && sellFor(state, running, owed)) return true;
  return hasSellable(state, accountId);
}

/** How far below its index collateral may be sold for a loss that has become no loan. */
const SOLD_BELOW = 0.05;

/** The rest: the fund pays what it can, and what is left is recorded. */
function closeAccounts(state: State, running: LiquidationCase): void {
  const { accountId } = running;
  const { settlementAssetId } = state;
  const debt = debtAtoms(state, accountId, settlementAssetId);
  coverDeficit(state, running, debt + owedUnsettled(state, accountId));
  repayFromClaim(state, accountId);
  for (const { asset } of loanExposures(state, accountId)) {
    if (asset.assetId !== settlementAssetId && payWithFund(state, running, asset)) return;
  }
  for (const { asset } of loanExposures(state, accountId)) {
    const { assetId } = asset;
    const atoms = debtAtoms(state, accountId, assetId);
    running.unpaidUsd += (atoms / assetUnits(asset)) * usdPriceOf(state, assetId);
    recordNegative(state, accountId, assetId, atoms, 'loan');
  }
  const owed = owedUnsettled(state, accountId);
  if (owed === 0) return;
  running.unpaidUsd += owed * atomUsd(state);
  recordNegative(state, accountId, settlementAssetId, owed, 'unsettled');
}

/** Interest is part of the deficit: it is charged before that is counted. */
export function windUp(state: State, running: LiquidationCase): void {
  postInterest(state, running.accountId);
  if (!closePositions(state, running)) return;
  if (sellOff(state, running)) return;
  closeAccounts(state, running);
}
