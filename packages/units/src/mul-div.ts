// Exact a × b / c for non-negative safe integers, through a 106-bit product held as two doubles (Dekker's two-product).
import { InvariantViolation } from './assert.js';
import { MAX_SAFE } from './safe-integer.js';

/** Veltkamp's constant: splits a 53-bit double into halves of 26 bits whose products are exact. */
const SPLITTER = 2 ** 27 + 1;
/** The remainder of one division step must stay a safe integer. */
const MAX_DIVISOR = 2 ** 52;

/** a × b − high, exactly, where high is the rounded double product. */
function productError(a: number, b: number, high: number): number {
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aLow * bLow - (high - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

function checkOperands(a: number, b: number, c: number): void {
  const valid =
    a >= 0 &&
    b >= 0 &&
    c >= 1 &&
    a <= MAX_SAFE &&
    b <= MAX_SAFE &&
    c <= MAX_DIVISOR &&
    Number.isInteger(a) &&
    Number.isInteger(b) &&
    Number.isInteger(c);
  if (!valid) throw new InvariantViolation('mulDiv operands', { a, b, c });
}

function outOfRange(a: number, b: number, c: number): never {
  throw new InvariantViolation('safe integer', { operation: 'mulDiv', a, b, c });
}

/** The quotient rounded down; `remainder` of the last call is left in the module variable for the ceiling. */
let remainder = 0;

function divide(a: number, b: number, c: number): number {
  checkOperands(a, b, c);
  const high = a * b;
  if (high <= MAX_SAFE) {
    // Exact: the double quotient of integers below 2^53 never rounds up to the next integer.
    const quotient = Math.floor(high / c);
    remainder = high - quotient * c;
    return quotient;
  }
  const low = productError(a, b, high);
  let quotient = Math.floor(high / c);
  // The estimate may be one too large: only what even that cannot explain is out of range already.
  if (quotient > MAX_SAFE + 1) outOfRange(a, b, c);
  const back = quotient * c;
  remainder = high - back + (low - productError(quotient, c, back));
  while (remainder < 0) {
    quotient -= 1;
    remainder += c;
  }
  while (remainder >= c) {
    quotient += 1;
    remainder -= c;
  }
  if (quotient > MAX_SAFE) outOfRange(a, b, c);
  return quotient;
}

/** ⌊a × b / c⌋ for safe integers a, b ≥ 0 and 1 ≤ c ≤ 2^52. Throws InvariantViolation when the quotient passes 2^53 − 1. */
export function mulDivFloor(a: number, b: number, c: number): number {
  return divide(a, b, c);
}

/** ⌈a × b / c⌉ under the same conditions. */
export function mulDivCeil(a: number, b: number, c: number): number {
  const quotient = divide(a, b, c);
  if (remainder === 0) return quotient;
  if (quotient === MAX_SAFE) outOfRange(a, b, c);
  return quotient + 1;
}

/** a × b mod c under the same conditions. */
export function mulDivRemainder(a: number, b: number, c: number): number {
  divide(a, b, c);
  return remainder;
}
