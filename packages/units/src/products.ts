// The only products across units; everything else adds and compares like with like.
import type { Atoms, FeePpm, Lots, Ticks } from './brand.js';
import { mulDivCeil, mulDivFloor } from './mul-div.js';
import { checkedMultiply, fitsProduct } from './safe-integer.js';

const MILLION = 1_000_000;

/** Quote atoms of a fill: ticks × lots × (quote atoms per tick and lot). Exact; throws past 2^53 − 1. */
export function notionalAtoms(ticks: Ticks, lots: Lots, atomsPerTickLot: number): Atoms {
  return checkedMultiply(checkedMultiply(ticks, atomsPerTickLot), lots) as Atoms;
}

/** True when the notional of such a fill is a safe integer. */
export function notionalFits(ticks: Ticks, lots: Lots, atomsPerTickLot: number): boolean {
  return fitsProduct(ticks, atomsPerTickLot) && fitsProduct(ticks * atomsPerTickLot, lots);
}

/** Base atoms of a size. Exact; throws past 2^53 − 1. */
export function baseAtoms(lots: Lots, atomsPerLot: number): Atoms {
  return checkedMultiply(lots, atomsPerLot) as Atoms;
}

/** Whole lots that `budget` quote atoms buy at `ticks`. */
export function lotsWithin(budget: Atoms, ticks: Ticks, atomsPerTickLot: number): Lots {
  const lotPrice = checkedMultiply(ticks, atomsPerTickLot);
  return Math.floor(budget / lotPrice) as Lots;
}

/** What the payer of a fee pays: ⌈notional × rate⌉, at least the exact fee and less than one atom above it. */
export function feeCharged(notional: Atoms, rate: FeePpm): Atoms {
  return (rate <= 0 ? 0 : mulDivCeil(notional, rate, MILLION)) as Atoms;
}

/** What the fee account may keep of it: ⌊notional × rate⌋. */
export function feeEarned(notional: Atoms, rate: FeePpm): Atoms {
  return (rate <= 0 ? 0 : mulDivFloor(notional, rate, MILLION)) as Atoms;
}

/** What a maker with a negative rate receives: ⌊notional × |rate|⌋, never more than the exact rebate. */
export function rebatePaid(notional: Atoms, rate: FeePpm): Atoms {
  return (rate >= 0 ? 0 : mulDivFloor(notional, -rate, MILLION)) as Atoms;
}
