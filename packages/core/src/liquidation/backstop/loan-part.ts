// A part of a loan and the collateral that goes with it, worth as much at the index: what it does to who gives it away and to who
// takes it. What is lent counts against what is owed: an asset is not lent and borrowed at once.
import { changeLoan } from '../../ledger/claims.js';
import { availableAtoms, pay } from '../../ledger/ledger.js';
import { noteCredit } from '../../lending/idle.js';
import { debtAtoms, type Shift, shiftDebt, shiftHolding } from '../../lending/margin.js';
import { assetUnits, collateralUsd, heldAtoms } from '../../margin/account.js';
import { curveAt } from '../../margin/curves.js';
import { usdPriceOf } from '../../prices/usd.js';
import type { Asset } from '../../state/assets.js';
import type { State } from '../../state/state.js';
import { shiftLoan } from '../free-lends.js';

/** Some of what an account holds. */
export type Collateral = { readonly asset: Asset; readonly from: 'available' | 'lent'; readonly atoms: number };

export type LoanPart = { readonly asset: Asset; readonly atoms: number; readonly collateral: Collateral };

export const usdOf = (state: State, asset: Asset, atoms: number): number =>
  (atoms / assetUnits(asset)) * usdPriceOf(state, asset.assetId);

const unitUsd = (state: State, asset: Asset): number => usdPriceOf(state, asset.assetId) / assetUnits(asset);

const lentAtoms = (state: State, accountId: number, assetId: number): number =>
  Math.max(0, state.balances.of(assetId).loanAtoms[accountId] as number);

/** Of everything that the account holds, that of the settlement asset first, then of the highest weight. */
export function collateralsOf(state: State, accountId: number): Collateral[] {
  const weightOf = ({ assetId, collateral }: Asset): number =>
    assetId === state.settlementAssetId ? Number.POSITIVE_INFINITY : (collateral?.weight ?? 0);
  return [...state.assets.list]
    .sort((a, b) => weightOf(b) - weightOf(a))
    .flatMap((asset): Collateral[] => [
      { asset, from: 'available', atoms: availableAtoms(state, accountId, asset.assetId) },
      { asset, from: 'lent', atoms: lentAtoms(state, accountId, asset.assetId) },
    ])
    .filter(({ atoms }) => atoms > 0);
}

/** Of the asset, what the collateral is worth. */
export const loanWorthOf = (state: State, asset: Asset, collateral: Collateral): number =>
  Math.floor((collateral.atoms * unitUsd(state, collateral.asset)) / unitUsd(state, asset));

/** So much of the loan, and of the collateral what it is worth, to the atom above. */
export function loanPart(state: State, asset: Asset, atoms: number, collateral: Collateral): LoanPart {
  const worth = Math.ceil((atoms * unitUsd(state, asset)) / unitUsd(state, collateral.asset));
  return { asset, atoms, collateral: { ...collateral, atoms: Math.min(collateral.atoms, worth) } };
}

/** Maintenance that goes with so much of the account's loan, in USD. */
export function freedByUsd(state: State, accountId: number, { asset, atoms }: LoanPart): number {
  const { lending } = asset;
  if (lending === undefined) return 0;
  const owed = debtAtoms(state, accountId, asset.assetId);
  const before = usdOf(state, asset, owed);
  const after = usdOf(state, asset, owed - atoms);
  return before * curveAt(lending.mmf, before) - after * curveAt(lending.mmf, after);
}

/** By how much the equity of who gives it away grows: the loan counts in full, the collateral at its weight. */
export function gainedByUsd(state: State, accountId: number, { asset, atoms, collateral }: LoanPart): number {
  const held = heldAtoms(state, accountId, collateral.asset.assetId);
  const counted =
    collateralUsd(state, collateral.asset, held) - collateralUsd(state, collateral.asset, held - collateral.atoms);
  return usdOf(state, asset, atoms) - counted;
}

/** What taking it over would do to the provider. */
export function shiftOf(state: State, providerId: number, { asset, atoms, collateral }: LoanPart): Shift {
  const shift: Shift = { equityUsd: 0, marginUsd: 0 };
  const redeemed = Math.min(atoms, lentAtoms(state, providerId, asset.assetId));
  shiftHolding(shift, state, providerId, asset.assetId, -redeemed);
  shiftDebt(shift, state, providerId, asset.assetId, atoms - redeemed);
  const { assetId } = collateral.asset;
  const repaid = collateral.from === 'lent' ? Math.min(collateral.atoms, debtAtoms(state, providerId, assetId)) : 0;
  shiftDebt(shift, state, providerId, assetId, -repaid);
  shiftHolding(shift, state, providerId, assetId, collateral.atoms - repaid);
  return shift;
}

export function handOver(state: State, fromId: number, toId: number, { asset, atoms, collateral }: LoanPart): void {
  const { assetId } = collateral.asset;
  changeLoan(state, fromId, asset.assetId, atoms);
  shiftLoan(state, toId, asset.assetId, -atoms);
  if (collateral.atoms === 0) return;
  if (collateral.from === 'lent') {
    changeLoan(state, fromId, assetId, -collateral.atoms);
    shiftLoan(state, toId, assetId, collateral.atoms);
    return;
  }
  pay(state, fromId, toId, assetId, collateral.atoms as Parameters<typeof pay>[4]);
  noteCredit(state, toId, assetId, collateral.atoms);
}
