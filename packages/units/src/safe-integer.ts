import { InvariantViolation } from './assert.js';

/** Largest magnitude the ledger holds: 2^53 − 1. */
export const MAX_SAFE = Number.MAX_SAFE_INTEGER;

function checked(result: number, operation: string, a: number, b: number): number {
  if (result > MAX_SAFE || result < -MAX_SAFE) throw new InvariantViolation('safe integer', { operation, a, b });
  return result;
}

/** a + b for safe integers; the sum of two of them is exact enough as a double to show that it has left the range. */
export const checkedAdd = (a: number, b: number): number => checked(a + b, 'add', a, b);
export const checkedSubtract = (a: number, b: number): number => checked(a - b, 'subtract', a, b);
export const checkedMultiply = (a: number, b: number): number => checked(a * b, 'multiply', a, b);

/** True when a × b stays within ±(2^53 − 1), so that the double product is exact. */
export function fitsProduct(a: number, b: number): boolean {
  const product = a * b;
  return product <= MAX_SAFE && product >= -MAX_SAFE;
}

/** True when a + b stays within ±(2^53 − 1). */
export function fitsSum(a: number, b: number): boolean {
  const sum = a + b;
  return sum <= MAX_SAFE && sum >= -MAX_SAFE;
}
