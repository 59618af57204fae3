// How an order's terms are packed into the pool's `flags` column.
import type { LendingWishes, SelfTradePrevention, TimeInForce } from '@glasshouse/protocol';

const POST_ONLY = 1;
const TIME_IN_FORCE_SHIFT = 1;
const PREVENTION_SHIFT = 3;
const TWO_BITS = 3;

export function packedTerms(postOnly: boolean, timeInForce: TimeInForce, prevention: SelfTradePrevention): number {
  return (postOnly ? POST_ONLY : 0) | (timeInForce << TIME_IN_FORCE_SHIFT) | (prevention << PREVENTION_SHIFT);
}

/** Bits beside the packed terms. */
export const ORDER_FLAG = {
  reduceOnly: 1 << 5,
  autoBorrow: 1 << 6,
  autoBorrowRepay: 1 << 7,
  autoLend: 1 << 8,
  autoLendRedeem: 1 << 9,
  hasExits: 1 << 10,
  /** It waited as a trigger order: its id is older than its place in the queue. */
  triggered: 1 << 11,
  /** It is a slice of a strategy. */
  slice: 1 << 12,
} as const;

/** What the order asks of lending: each of these that is true holds for it whatever its account's settings. */
export function lendingFlagsOf(extras: LendingWishes | undefined): number {
  if (extras === undefined) return 0;
  const { autoBorrow, autoBorrowRepay, autoLend, autoLendRedeem } = extras;
  return (
    (autoBorrow === true ? ORDER_FLAG.autoBorrow : 0) |
    (autoBorrowRepay === true ? ORDER_FLAG.autoBorrowRepay : 0) |
    (autoLend === true ? ORDER_FLAG.autoLend : 0) |
    (autoLendRedeem === true ? ORDER_FLAG.autoLendRedeem : 0)
  );
}

export const isReduceOnly = (flags: number): boolean => (flags & ORDER_FLAG.reduceOnly) !== 0;

export const hasExits = (flags: number): boolean => (flags & ORDER_FLAG.hasExits) !== 0;

export const wasTriggered = (flags: number): boolean => (flags & ORDER_FLAG.triggered) !== 0;

export const isSlice = (flags: number): boolean => (flags & ORDER_FLAG.slice) !== 0;

export const isPostOnly = (flags: number): boolean => (flags & POST_ONLY) !== 0;

export const timeInForceOf = (flags: number): TimeInForce => ((flags >> TIME_IN_FORCE_SHIFT) & TWO_BITS) as TimeInForce;

export const preventionOf = (flags: number): SelfTradePrevention =>
  ((flags >> PREVENTION_SHIFT) & TWO_BITS) as SelfTradePrevention;
