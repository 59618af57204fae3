// Numbers with 60 significant digits. A double enters as the shortest decimal that names it, which is what was configured: 0.1 is a tenth.
import { Decimal } from 'decimal.js';

export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_EVEN, toExpNeg: -40, toExpPos: 40 });
export type Exact = Decimal;
/** What a number may be given as. */
export type Numeric = Decimal.Value;

export const ZERO: Exact = new Exact(0);
export const ONE: Exact = new Exact(1);

export const exact = (value: Numeric): Exact => new Exact(value);

export const sum = (terms: readonly Exact[]): Exact => terms.reduce((total, term) => total.plus(term), ZERO);

export const larger = (first: Exact, ...others: readonly Exact[]): Exact => Exact.max(first, ...others);

export const clampExact = (value: Exact, least: Exact, most: Exact): Exact => Exact.min(Exact.max(value, least), most);

/** units × 10^−decimals. */
export const scaled = (units: Numeric, decimals: number): Exact => exact(units).times(exact(10).pow(-decimals));

/** Middle value; of an even count the mean of the two in the middle. Undefined of nothing. */
export function median(values: readonly Exact[]): Exact | undefined {
  const sorted = [...values].sort((a, b) => a.comparedTo(b));
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) return undefined;
  return upper.plus(lower).dividedBy(2);
}
