// What one atom that was lent, or borrowed, since the pool began has earned or cost: the sum of rate × time over the pool's life.
// Interest is not compounded between postings; posting adds it to the principal.
import { type Exact, exact, type Numeric, ZERO } from '../exact.js';
import { type PoolRates, poolRates, type RateCurve, utilizationOf } from './rates.js';

const YEAR_US = exact(365 * 86_400).times(1_000_000);

export type InterestIndexes = { readonly lend: Exact; readonly borrow: Exact };

export class PoolClock {
  #lend = ZERO;
  #borrow = ZERO;
  #rates: PoolRates;
  #sinceUs: Exact;

  constructor(
    private curve: RateCurve,
    sinceUs: Numeric,
  ) {
    this.#sinceUs = exact(sinceUs);
    this.#rates = poolRates(curve, ZERO);
  }

  get rates(): PoolRates {
    return this.#rates;
  }

  /** The indexes at a moment that is not before the last change. */
  at(timeUs: Numeric): InterestIndexes {
    const years = exact(timeUs).minus(this.#sinceUs).dividedBy(YEAR_US);
    return {
      lend: this.#lend.plus(this.#rates.lendRate.times(years)),
      borrow: this.#borrow.plus(this.#rates.borrowRate.times(years)),
    };
  }

  /** From this moment on the pool has lent and borrowed this much. */
  change(timeUs: Numeric, lent: Numeric, borrowed: Numeric): void {
    const { lend, borrow } = this.at(timeUs);
    this.#lend = lend;
    this.#borrow = borrow;
    this.#sinceUs = exact(timeUs);
    this.#rates = poolRates(this.curve, utilizationOf(lent, borrowed));
  }

  setCurve(curve: RateCurve): void {
    this.curve = curve;
  }
}
