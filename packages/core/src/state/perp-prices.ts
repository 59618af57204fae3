import type { Price, TimeUs } from '@glasshouse/units';

/** Samples of the five-minute means: one a second. */
const MEAN_SAMPLES = 300;

/** The last samples of a value and their mean. */
export class RollingMean {
  readonly samples = new Float64Array(MEAN_SAMPLES);
  /** Samples taken since the beginning. */
  count = 0;

  add(value: number): void {
    this.samples[this.count % MEAN_SAMPLES] = value;
    this.count += 1;
  }

  /** 0 before the first sample. Summed afresh, oldest first: a running sum would drift. */
  mean(): number {
    const kept = Math.min(this.count, MEAN_SAMPLES);
    let sum = 0;
    for (let index = this.count - kept; index < this.count; index += 1) {
      sum += this.samples[index % MEAN_SAMPLES] as number;
    }
    return kept === 0 ? 0 : sum / kept;
  }
}

/** What moves with the market of a perpetual: prices in quote units per base unit. */
export class PerpPrices {
  /** The index stands on enough sources; without them the market is PostOnly. */
  indexLive = false;
  /** 0 while unknown. */
  indexPrice = 0 as Price;
  markPrice = 0 as Price;
  timeUs = 0 as TimeUs;
  /** One-minute average of mid − index. */
  meanBasis = 0;
  readonly meanMark = new RollingMean();
  readonly meanPremium = new RollingMean();
  /** Of this funding interval. */
  premiumSum = 0;
  premiumCount = 0;
  /** Of the last funding. */
  fundingRate = 0;
  /** Quote atoms that one long lot has paid since the market began: what a position owes is a difference of two of these. */
  fundingIndex = 0;
  /** Σ of long positions. */
  openInterestLots = 0;
  /** Kept with the samples, because means cost a walk over them. */
  meanMarkPrice = 0;
  meanPremiumFraction = 0;
}
