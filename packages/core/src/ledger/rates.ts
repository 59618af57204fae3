// What a pool's loans cost and earn (mechanics §7). Rates are fractions a year.
import type { LendingTerms } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import type { LendingPool } from '../state/pools.js';

const MINUTE_US = 60_000_000;

/** Share of what is lent that is borrowed, virtual lends and borrows included; 0 for an empty pool, never above 1. */
export function utilizationOf(pool: LendingPool): number {
  const lent = pool.lentAtoms + pool.virtualLentAtoms;
  const borrowed = pool.borrowedAtoms + pool.virtualBorrowedAtoms;
  if (borrowed === 0) return 0;
  return lent === 0 ? 1 : Math.min(1, borrowed / lent);
}

export function borrowRateAt(terms: LendingTerms, utilization: number): number {
  const { optimalUtilization, baseRate, optimalRate, maxRate } = terms;
  if (utilization <= optimalUtilization) {
    return baseRate + ((optimalRate - baseRate) * utilization) / optimalUtilization;
  }
  return optimalRate + ((maxRate - optimalRate) * (utilization - optimalUtilization)) / (1 - optimalUtilization);
}

export function lendRateAt(terms: LendingTerms, utilization: number): number {
  return borrowRateAt(terms, utilization) * utilization * (1 - terms.reserveFee);
}

export const startOfMinute = (timeUs: TimeUs): TimeUs => (Math.floor(timeUs / MINUTE_US) * MINUTE_US) as TimeUs;

/** How utilised the pool was when the running minute began. A pool that nothing has changed since is as it was then. */
export function minuteUtilizationOf(pool: LendingPool, timeUs: TimeUs): number {
  return pool.minuteStartUs === startOfMinute(timeUs) ? pool.minuteUtilization : utilizationOf(pool);
}
