import type { TimeUs } from '@glasshouse/units';

const US_PER_MS = 1000;

/** Start of the interval that `timeUs` lies in: intervals begin at their multiples, so that replays and restarts keep time alike. */
export function boundaryUs(timeUs: number, intervalMs: number): number {
  return timeUs - (timeUs % (intervalMs * US_PER_MS));
}

/** The next whole multiple of the interval. */
export function followingUs(timeUs: number, intervalMs: number): TimeUs {
  return (boundaryUs(timeUs, intervalMs) + intervalMs * US_PER_MS) as TimeUs;
}

/** Sweeps that go over accounts slice by slice, in the order in which they run when several are due. */
export const SWEEP = { funding: 0, interest: 1, settlement: 2, feeTiers: 3 } as const;
export type Sweep = (typeof SWEEP)[keyof typeof SWEEP];
const SWEEPS = 4;

/** What comes due when. A time of 0 has not been set: nothing of the kind is listed yet. */
export class Schedule {
  nextSampleUs = 0 as TimeUs;
  nextSettlementUs = 0 as TimeUs;
  nextFundingUs = 0 as TimeUs;
  nextInterestUs = 0 as TimeUs;
  nextFeeTierUs = 0 as TimeUs;
  /** Account (or customer) at which each sweep goes on; 0 when it is not under way. */
  readonly cursors = new Float64Array(SWEEPS);
  /** When the sweeps under way may take their next slice. */
  nextSliceUs = 0 as TimeUs;
}
