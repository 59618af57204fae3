import type { TimeUs } from '@glasshouse/units';

/** Sweeps that go over accounts slice by slice, in the order in which they run when several are due. */
export const SWEEP = { funding: 0, interest: 1, settlement: 2, feeTiers: 3 } as const;
export type Sweep = (typeof SWEEP)[keyof typeof SWEEP];
const SWEEPS = 4;

/** What comes due when. A time of 0 has not been set: nothing of the kind is listed yet. */
export class Schedule {
  nextSampleUs = 0 as TimeUs;
  nextSettlementUs = 0 as TimeUs;
  nextFundingUs = 0 as TimeUs;
  /** Account (or customer) at which each sweep goes on; 0 when it is not under way. */
  readonly cursors = new Float64Array(SWEEPS);
  /** When the sweeps under way may take their next slice. */
  nextSliceUs = 0 as TimeUs;
}
