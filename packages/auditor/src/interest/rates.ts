// A pool's yearly rates by its utilisation.
import type { LendingConfiguration } from '@glasshouse/protocol';
import { type Exact, exact, type Numeric, ONE, ZERO } from '../exact.js';

export type RateCurve = Pick<
  LendingConfiguration,
  'optimalUtilization' | 'baseRate' | 'optimalRate' | 'maxRate' | 'reserveFee'
>;
export type PoolRates = { readonly utilization: Exact; readonly borrowRate: Exact; readonly lendRate: Exact };

/** U = B / L; 0 of an empty pool, never above one: what is borrowed beyond all lends is lent by the house, which asks no rate. */
export function utilizationOf(lent: Numeric, borrowed: Numeric): Exact {
  const [lends, borrows] = [exact(lent), exact(borrowed)];
  if (borrows.isZero()) return ZERO;
  return borrows.greaterThanOrEqualTo(lends) ? ONE : borrows.dividedBy(lends);
}

export function poolRates(curve: RateCurve, utilization: Numeric): PoolRates {
  const used = exact(utilization);
  const borrowRate = borrowRateOf(curve, used);
  const lendRate = borrowRate.times(used).times(ONE.minus(curve.reserveFee));
  return { utilization: used, borrowRate, lendRate };
}

function borrowRateOf(curve: RateCurve, used: Exact): Exact {
  const optimum = exact(curve.optimalUtilization);
  const atOptimum = exact(curve.optimalRate);
  if (used.lessThanOrEqualTo(optimum)) {
    if (optimum.isZero()) return atOptimum;
    return exact(curve.baseRate).plus(atOptimum.minus(curve.baseRate).times(used).dividedBy(optimum));
  }
  const beyond = used.minus(optimum).dividedBy(ONE.minus(optimum));
  return atOptimum.plus(exact(curve.maxRate).minus(atOptimum).times(beyond));
}
