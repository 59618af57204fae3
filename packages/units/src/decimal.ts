// Decimal text at the edges: exact integers inside, plain notation outside.
import { MAX_SAFE } from './safe-integer.js';

/** An exact decimal: digits × 10^−scale. */
export type Decimal = { readonly digits: number; readonly scale: number };

export const MAX_SCALE = 18;
const POWERS_OF_TEN: readonly number[] = Array.from({ length: 16 }, (_, power) => Number(`1e${power}`));
const PLAIN_DECIMAL = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?$/;

/** 10^exponent as a safe integer, or undefined above 10^15. */
export function powerOfTen(exponent: number): number | undefined {
  return POWERS_OF_TEN[exponent];
}

/** Reads plain notation (`-12.30`); no exponent, no sign `+`, no blanks, a digit on both sides of the point. Undefined when malformed or beyond 2^53 − 1 digits. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = PLAIN_DECIMAL.exec(text);
  if (match === null) return undefined;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > MAX_SCALE) return undefined;
  const digits = Number(`${match[2]}${fraction}`);
  if (digits > MAX_SAFE) return undefined;
  return { digits: match[1] === '-' && digits !== 0 ? -digits : digits, scale: fraction.length };
}

/** The decimal as an integer of 10^−scale units; undefined when it has more decimals than that or does not fit 2^53 − 1. */
export function rescale(decimal: Decimal, scale: number): number | undefined {
  if (decimal.digits === 0) return 0;
  if (scale < decimal.scale) return dropZeros(decimal.digits, decimal.scale - scale);
  const factor = POWERS_OF_TEN[scale - decimal.scale];
  if (factor === undefined) return undefined;
  const units = decimal.digits * factor;
  return units <= MAX_SAFE && units >= -MAX_SAFE ? units : undefined;
}

function dropZeros(digits: number, places: number): number | undefined {
  const factor = POWERS_OF_TEN[places];
  if (factor === undefined || digits % factor !== 0) return undefined;
  return digits / factor;
}

/**
 * Plain notation of `units` × 10^−scale. Trailing zeros of the fraction are cut down to `minDecimals` places
 * (all of them are kept by default), so that `formatDecimal(1230, 2, 0)` is `12.3`.
 */
export function formatDecimal(units: number, scale: number, minDecimals: number = scale): string {
  const sign = units < 0 ? '-' : '';
  const text = Math.abs(units)
    .toString()
    .padStart(scale + 1, '0');
  if (scale === 0) return sign + text;
  const whole = text.slice(0, -scale);
  let fraction = text.slice(-scale);
  let length = fraction.length;
  while (length > minDecimals && fraction.charCodeAt(length - 1) === 48) length -= 1;
  fraction = fraction.slice(0, length);
  return length === 0 ? sign + whole : `${sign}${whole}.${fraction}`;
}
