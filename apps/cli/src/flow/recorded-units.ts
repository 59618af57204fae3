// Recorded prices and sizes before anyone knows the market's grid: integers in units of 10^−8.
import { parseDecimal, rescale } from '@glasshouse/units';

export const RECORDED_SCALE = 8;
const UNITS_PER_ONE = 10 ** RECORDED_SCALE;

/** The decimal in units of 10^−8, or undefined when it is none, is negative or is finer than that. */
export function recordedUnits(text: string): number | undefined {
  const decimal = parseDecimal(text);
  const units = decimal === undefined ? undefined : rescale(decimal, RECORDED_SCALE);
  return units === undefined || units < 0 ? undefined : units;
}

/** A figure that the recording holds as a floating-point number. */
export function recordedUnitsOfNumber(value: number): number {
  return Math.round(value * UNITS_PER_ONE);
}
