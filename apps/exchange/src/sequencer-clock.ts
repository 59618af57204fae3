// Microseconds since the Unix epoch: the wall clock says which millisecond it is, the monotonic clock divides it.
import type { TimeUs } from '@glasshouse/units';

export interface ClockSource {
  /** Milliseconds since the epoch; may jump. */
  wallMs(): number;
  /** Milliseconds with fractions from any origin; never jumps. */
  steadyMs(): number;
}

const systemSource: ClockSource = { wallMs: () => Date.now(), steadyMs: () => performance.now() };
const LAST_MICROSECOND = 999;

export class SequencerClock {
  private anchorUs = 0;
  private lastUs = 0;

  /** `notBeforeUs` is the time of the last batch in the log: whatever the wall clock did since, time does not run back. */
  constructor(
    notBeforeUs: number,
    private readonly source: ClockSource = systemSource,
  ) {
    this.lastUs = notBeforeUs;
  }

  /** Never smaller than any earlier answer. */
  nowUs(): TimeUs {
    const us = this.withinWallMillisecond();
    if (us > this.lastUs) this.lastUs = us;
    return this.lastUs as TimeUs;
  }

  private withinWallMillisecond(): number {
    const earliest = this.source.wallMs() * 1_000;
    const steadyUs = Math.floor(this.source.steadyMs() * 1_000);
    const us = this.anchorUs + steadyUs;
    if (us >= earliest && us <= earliest + LAST_MICROSECOND) return us;
    const nearest = us < earliest ? earliest : earliest + LAST_MICROSECOND;
    this.anchorUs = nearest - steadyUs;
    return nearest;
  }
}
