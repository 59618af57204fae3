// How much a pool gives now (mechanics §7): its cash, its utilisation limit and throttle, and the limits of loans. All in whole
// atoms, and such that taking in parts gives as much as taking at once.
//   redeem x: B ≤ cap × (L − x)      borrow x: B + x ≤ cap × L      cap = min(max, max(threshold, U0 + fraction × (max − U0)))
import type { LendingTerms, RejectDetails, RejectReason } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { poolCash } from '../ledger/claims.js';
import { minuteUtilizationOf } from '../ledger/rates.js';
import type { LendingPool } from '../state/pools.js';
import type { State } from '../state/state.js';
import { assetText } from '../state/texts.js';

/** Liquidations are exempt: they may use up all of a pool's cash. */
export type Throttle = 'held' | 'exempt';

/** Why a command cannot have what it asks for, and the numbers that decided. */
export type Refusal = { readonly reason: RejectReason; readonly details: RejectDetails };

export function poolIfAny(state: State, assetId: number): LendingPool | undefined {
  return state.pools[assetId - 1];
}

export function lendingTermsOf(state: State, assetId: number): LendingTerms {
  return state.assets.list[assetId - 1]?.lending as LendingTerms;
}

/** Highest utilisation that loans and redemptions may bring about now. */
export function utilizationCap(state: State, pool: LendingPool): number {
  const { throttleThreshold, throttleFraction, maxUtilization } = lendingTermsOf(state, pool.assetId);
  const start = minuteUtilizationOf(pool, state.timeUs);
  const throttle = Math.max(throttleThreshold, start + throttleFraction * (maxUtilization - start));
  return Math.min(maxUtilization, throttle);
}

const allLent = (pool: LendingPool): number => pool.lentAtoms + pool.virtualLentAtoms;
const allBorrowed = (pool: LendingPool): number => pool.borrowedAtoms + pool.virtualBorrowedAtoms;

/** What utilisation lets lenders take out. */
function redeemableByUtilization(pool: LendingPool, cap: number): number {
  const borrowed = allBorrowed(pool);
  if (borrowed === 0) return allLent(pool);
  return cap === 0 ? 0 : Math.max(0, allLent(pool) - Math.ceil(borrowed / cap));
}

/** What utilisation lets borrowers take out once `redeemed` atoms are gone. */
function borrowableByUtilization(pool: LendingPool, cap: number, redeemed: number): number {
  return Math.max(0, Math.floor(cap * (allLent(pool) - redeemed)) - allBorrowed(pool));
}

/** What all lenders together may take out now. */
export function poolRedeemableAtoms(state: State, pool: LendingPool, throttle: Throttle = 'held'): Atoms {
  const cash = poolCash(state, pool.assetId);
  if (throttle === 'exempt') return cash;
  return Math.min(cash, redeemableByUtilization(pool, utilizationCap(state, pool))) as Atoms;
}

/** What may still be lent: neither side of a pool passes the limit of its loans. */
export function lendableAtoms(state: State, pool: LendingPool): Atoms {
  return Math.max(0, lendingTermsOf(state, pool.assetId).openBorrowLendLimitAtoms - pool.lentAtoms) as Atoms;
}

/** An account that takes `redeem` of what it has lent out of a pool, then borrows `borrow`. */
export type Draw = {
  readonly accountId: number;
  readonly assetId: number;
  readonly redeem: number;
  readonly borrow: number;
};

function debtOf(state: State, { accountId, assetId }: Draw): number {
  return Math.max(0, -(state.balances.of(assetId).loanAtoms[accountId] as number));
}

/** What the account could borrow behind the draw's redemption, by limits alone. */
export function borrowableAtoms(state: State, draw: Draw): Atoms {
  const pool = poolIfAny(state, draw.assetId);
  if (pool === undefined) return 0 as Atoms;
  const { openBorrowLendLimitAtoms, borrowLimitAtoms } = lendingTermsOf(state, draw.assetId);
  const most = Math.min(
    poolCash(state, draw.assetId) - draw.redeem,
    borrowLimitAtoms - debtOf(state, draw),
    openBorrowLendLimitAtoms - pool.borrowedAtoms,
    borrowableByUtilization(pool, utilizationCap(state, pool), draw.redeem),
  );
  return Math.max(0, most) as Atoms;
}

/** What the account could still owe of the asset by the limits of loans; what a settlement borrows takes no cash out of the pool. */
export function loanRoomAtoms(state: State, accountId: number, assetId: number): Atoms {
  const pool = poolIfAny(state, assetId);
  if (pool === undefined) return 0 as Atoms;
  const { openBorrowLendLimitAtoms, borrowLimitAtoms } = lendingTermsOf(state, assetId);
  const debt = debtOf(state, { accountId, assetId, redeem: 0, borrow: 0 });
  return Math.max(0, Math.min(borrowLimitAtoms - debt, openBorrowLendLimitAtoms - pool.borrowedAtoms)) as Atoms;
}

function shortOfCash(state: State, { assetId, redeem, borrow }: Draw): Refusal | undefined {
  const cash = poolCash(state, assetId);
  if (redeem + borrow <= cash) return undefined;
  const quantity = assetText(state, assetId, redeem + borrow);
  return {
    reason: 'insufficientBorrowableQuantity',
    details: { asset: symbolOf(state, assetId), quantity, available: assetText(state, assetId, cash) },
  };
}

function overBorrowLimit(state: State, draw: Draw): Refusal | undefined {
  const { assetId, borrow } = draw;
  const { borrowLimitAtoms } = lendingTermsOf(state, assetId);
  const debt = debtOf(state, draw);
  if (borrow === 0 || debt + borrow <= borrowLimitAtoms) return undefined;
  const borrowed = assetText(state, assetId, debt);
  const limit = assetText(state, assetId, borrowLimitAtoms);
  const quantity = assetText(state, assetId, borrow);
  return { reason: 'borrowLimit', details: { asset: symbolOf(state, assetId), borrowed, quantity, limit } };
}

function overOpenLimit(state: State, pool: LendingPool, { assetId, borrow }: Draw): Refusal | undefined {
  const { openBorrowLendLimitAtoms } = lendingTermsOf(state, assetId);
  if (borrow === 0 || pool.borrowedAtoms + borrow <= openBorrowLendLimitAtoms) return undefined;
  const open = assetText(state, assetId, pool.borrowedAtoms);
  const limit = assetText(state, assetId, openBorrowLendLimitAtoms);
  const quantity = assetText(state, assetId, borrow);
  return { reason: 'openBorrowLendLimit', details: { asset: symbolOf(state, assetId), open, quantity, limit } };
}

const MILLION = 1_000_000;

function overUtilized(state: State, pool: LendingPool, { assetId, redeem, borrow }: Draw): Refusal | undefined {
  const cap = utilizationCap(state, pool);
  const redeemable = redeemableByUtilization(pool, cap);
  const borrowable = borrowableByUtilization(pool, cap, redeem);
  if (redeem <= redeemable && borrow <= borrowable) return undefined;
  const available = assetText(state, assetId, redeem > redeemable ? redeemable : redeem + borrowable);
  const quantity = assetText(state, assetId, redeem + borrow);
  const limit = Math.round(cap * MILLION) / MILLION;
  return { reason: 'utilizationLimit', details: { asset: symbolOf(state, assetId), quantity, available, limit } };
}

/** Why the pool does not give the draw; undefined when it does. */
export function drawRefusal(state: State, draw: Draw): Refusal | undefined {
  const pool = poolIfAny(state, draw.assetId);
  if (pool === undefined) return { reason: 'notLendable', details: { asset: symbolOf(state, draw.assetId) } };
  return (
    shortOfCash(state, draw) ??
    overBorrowLimit(state, draw) ??
    overOpenLimit(state, pool, draw) ??
    overUtilized(state, pool, draw)
  );
}

export function symbolOf(state: State, assetId: number): string {
  return state.assets.list[assetId - 1]?.symbol ?? '';
}
