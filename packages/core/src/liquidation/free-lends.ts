// A pool without cash cannot give a liquidated lender its asset back. It is matched with those who have borrowed the asset, the
// largest debt first: the lender is paid the value in the settlement asset, which the borrower owes from now on instead.
import type { Atoms } from '@glasshouse/units';
import { changeLoan, poolCash } from '../ledger/claims.js';
import { postLoan } from '../lending/interest.js';
import { debtAtoms } from '../lending/margin.js';
import { assetUnits } from '../margin/account.js';
import { assetIsPriced } from '../prices/asset-sample.js';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import type { State } from '../state/state.js';
import { atomUsd } from './cost.js';
import { loanExposures } from './exposures.js';

const lentAtoms = (state: State, accountId: number, assetId: number): number =>
  Math.max(0, state.balances.of(assetId).loanAtoms[accountId] as number);

/** Who owes the asset, the largest debt first, of equals the older account. */
function borrowersOf(state: State, assetId: number): number[] {
  const { accounts } = state;
  const borrowers: number[] = [];
  for (let accountId = 1; accountId <= accounts.count; accountId += 1) {
    if (debtAtoms(state, accountId, assetId) > 0) borrowers.push(accountId);
  }
  return borrowers.sort((a, b) => debtAtoms(state, b, assetId) - debtAtoms(state, a, assetId) || a - b);
}

/** In two steps where it crosses zero: an asset is not lent and borrowed at once. */
export function shiftLoan(state: State, accountId: number, assetId: number, atoms: number): void {
  const loan = state.balances.of(assetId).loanAtoms[accountId] as number;
  const crosses = loan * (loan + atoms) < 0;
  if (crosses) changeLoan(state, accountId, assetId, -loan);
  changeLoan(state, accountId, assetId, crosses ? loan + atoms : atoms);
}

function exchange(state: State, lenderId: number, borrowerId: number, asset: Asset, atoms: number): void {
  const { settlementAssetId } = state;
  const usd = (atoms / assetUnits(asset)) * usdPriceOf(state, asset.assetId);
  const settlementAtoms = Math.floor(usd / atomUsd(state));
  changeLoan(state, lenderId, asset.assetId, -atoms);
  changeLoan(state, borrowerId, asset.assetId, atoms);
  shiftLoan(state, lenderId, settlementAssetId, settlementAtoms);
  shiftLoan(state, borrowerId, settlementAssetId, -settlementAtoms);
  state.scope.emit?.({
    kind: 'loanDeleveraged',
    accountId: lenderId,
    counterpartyAccountId: borrowerId,
    assetId: asset.assetId,
    quantityAtoms: atoms as Atoms,
    settlementAssetId,
    settlementAtoms: settlementAtoms as Atoms,
  });
}

/** As much of the lend as is worth `needUsd` and the pool cannot pay out. */
function freeLend(state: State, accountId: number, asset: Asset, needUsd: number): boolean {
  const { assetId } = asset;
  const price = usdPriceOf(state, assetId);
  const stuck = lentAtoms(state, accountId, assetId) - poolCash(state, assetId);
  let left = Math.min(stuck, Math.ceil((needUsd / price) * assetUnits(asset)));
  if (left <= 0) return false;
  let freed = false;
  for (const borrowerId of borrowersOf(state, assetId)) {
    if (left <= 0) break;
    postLoan(state, borrowerId, assetId);
    const atoms = Math.min(left, debtAtoms(state, borrowerId, assetId));
    exchange(state, accountId, borrowerId, asset, atoms);
    left -= atoms;
    freed = true;
  }
  return freed;
}

/** The step's part of what the account owes, out of lends that its pools cannot pay out. True when any was freed. */
export function freeLends(state: State, accountId: number): boolean {
  const owedUsd = loanExposures(state, accountId).reduce((sum, { usd }) => sum + usd, 0);
  if (owedUsd === 0) return false;
  for (const asset of state.assets.list) {
    const { assetId, lending } = asset;
    if (lending === undefined || assetId === state.settlementAssetId || !assetIsPriced(state, assetId)) continue;
    if (freeLend(state, accountId, asset, owedUsd * state.risk.liquidation.stepFraction)) return true;
  }
  return false;
}
