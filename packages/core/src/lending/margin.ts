// What lending, borrowing and trading do to an account's margin (mechanics §2, §3). Lending and redeeming do nothing to it: what
// is lent counts as what is held.
import type { Atoms } from '@glasshouse/units';
import {
  assetUnits,
  collateralUsd,
  hasExposure,
  heldAtoms,
  leverageLimitOf,
  marginTermsOf,
} from '../margin/account.js';
import { initialFraction } from '../margin/curves.js';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import type { State } from '../state/state.js';
import { type Refusal, symbolOf } from './limits.js';

/** How much more net equity and initial margin (negative: less), in USD. */
export type Shift = { equityUsd: number; marginUsd: number };

const assetOf = (state: State, assetId: number): Asset => state.assets.list[assetId - 1] as Asset;

function usdOf(state: State, assetId: number, atoms: number): number {
  return (atoms / assetUnits(assetOf(state, assetId))) * usdPriceOf(state, assetId);
}

/** `atoms` more of the asset are held (negative: fewer). */
export function shiftHolding(shift: Shift, state: State, accountId: number, assetId: number, atoms: number): void {
  if (atoms === 0) return;
  const asset = assetOf(state, assetId);
  const held = heldAtoms(state, accountId, assetId);
  shift.equityUsd += collateralUsd(state, asset, held + atoms) - collateralUsd(state, asset, held);
}

function debtMarginUsd(state: State, accountId: number, assetId: number, debt: number): number {
  const { lending } = assetOf(state, assetId);
  if (lending === undefined) return 0;
  const notional = usdOf(state, assetId, debt);
  return notional * initialFraction(lending.imf, notional, 1 / lending.imf.base, leverageLimitOf(state, accountId));
}

/** `atoms` more of the asset are owed (negative: fewer). */
export function shiftDebt(shift: Shift, state: State, accountId: number, assetId: number, atoms: number): void {
  if (atoms === 0) return;
  const debt = debtAtoms(state, accountId, assetId);
  shift.equityUsd -= usdOf(state, assetId, atoms);
  shift.marginUsd +=
    debtMarginUsd(state, accountId, assetId, debt + atoms) - debtMarginUsd(state, accountId, assetId, debt);
}

export function debtAtoms(state: State, accountId: number, assetId: number): Atoms {
  return Math.max(0, -(state.balances.of(assetId).loanAtoms[accountId] as number)) as Atoms;
}

const CENTS = 100;
const dollars = (usd: number): number => Math.round(usd * CENTS) / CENTS;

/**
 * Why the account cannot bear the shift: initial margin ≥ net equity after it, or nothing left behind what it owes. What takes
 * nothing away and adds no margin is always borne.
 */
export function marginRefusal(state: State, accountId: number, { equityUsd, marginUsd }: Shift): Refusal | undefined {
  if (equityUsd >= 0 && marginUsd <= 0) return undefined;
  const terms = marginTermsOf(state, accountId);
  const equity = terms.netEquityUsd + equityUsd;
  const required = terms.lockedUsd + marginUsd;
  if (required < equity || (required <= 0 && equity >= 0)) return undefined;
  return { reason: 'insufficientMargin', details: { required: dollars(required), equity: dollars(equity) } };
}

/** Why `atoms` cannot leave the account. Without exposure there is nothing that needs margin. */
export function lossRefusal(state: State, accountId: number, assetId: number, atoms: number): Refusal | undefined {
  if (!hasExposure(state, accountId)) return undefined;
  const shift: Shift = { equityUsd: 0, marginUsd: 0 };
  shiftHolding(shift, state, accountId, assetId, -atoms);
  return marginRefusal(state, accountId, shift);
}

/** Why the account cannot owe `atoms` more and hold them. */
export function borrowRefusal(state: State, accountId: number, assetId: number, atoms: number): Refusal | undefined {
  const shift: Shift = { equityUsd: 0, marginUsd: 0 };
  shiftHolding(shift, state, accountId, assetId, atoms);
  shiftDebt(shift, state, accountId, assetId, atoms);
  return marginRefusal(state, accountId, shift) ?? unpricedRefusal(state, assetId);
}

/** What has no price cannot be owed: its margin would be nothing. */
export function unpricedRefusal(state: State, assetId: number): Refusal | undefined {
  if (usdPriceOf(state, assetId) > 0) return undefined;
  return { reason: 'priceUnknown', details: { symbol: symbolOf(state, assetId) } };
}
