import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvariantViolation, MAX_SAFE, mulDivCeil, mulDivFloor, mulDivRemainder } from '../src/index.js';

const MAX_DIVISOR = 2 ** 52;
const LIMIT = BigInt(MAX_SAFE);

/** Numbers of every magnitude, and those beside a power of two, where a split of the digits would go wrong. */
const operand = fc.oneof(
  fc.maxSafeNat(),
  fc.integer({ min: 0, max: 52 }).chain((bits) => fc.integer({ min: 0, max: 2 ** bits })),
  fc
    .tuple(fc.integer({ min: 0, max: 52 }), fc.integer({ min: -2, max: 2 }))
    .map(([bits, away]) => Math.max(0, 2 ** bits + away)),
  fc.constantFrom(0, 1, MAX_SAFE, MAX_SAFE - 1, 2 ** 27 + 1, 2 ** 27 - 1),
);
const divisor = operand.map((value) => Math.min(MAX_DIVISOR, Math.max(1, value)));

function agrees(operation: (a: number, b: number, c: number) => number, exact: bigint, operands: number[]): void {
  const [a, b, c] = operands as [number, number, number];
  if (exact <= LIMIT) expect(BigInt(operation(a, b, c))).toBe(exact);
  else expect(() => operation(a, b, c)).toThrow(InvariantViolation);
}

describe('a × b ÷ c', () => {
  test.each([
    [0, 0, 1, 0, 0],
    [7, 3, 2, 10, 11],
    [6, 3, 2, 9, 9],
    [1, 1, MAX_DIVISOR, 0, 1],
    [MAX_SAFE, 1, 1, MAX_SAFE, MAX_SAFE],
    [MAX_SAFE, 1_000_000, 1_000_000, MAX_SAFE, MAX_SAFE],
    [MAX_SAFE, MAX_DIVISOR, MAX_DIVISOR, MAX_SAFE, MAX_SAFE],
    [MAX_SAFE, MAX_DIVISOR - 1, MAX_DIVISOR, 9_007_199_254_740_989, 9_007_199_254_740_990],
    [9_007_199_254_740_990, 999_999, 1_000_000, 9_007_190_247_541_735, 9_007_190_247_541_736],
  ])('%d × %d ÷ %d is %d rounded down and %d rounded up', (a, b, c, down, up) => {
    expect(mulDivFloor(a, b, c)).toBe(down);
    expect(mulDivCeil(a, b, c)).toBe(up);
  });

  test('agrees with BigInt in every magnitude', () => {
    fc.assert(
      fc.property(operand, operand, divisor, (a, b, c) => {
        const product = BigInt(a) * BigInt(b);
        const floor = product / BigInt(c);
        agrees(mulDivFloor, floor, [a, b, c]);
        agrees(mulDivCeil, product % BigInt(c) === 0n ? floor : floor + 1n, [a, b, c]);
        if (floor <= LIMIT) expect(BigInt(mulDivRemainder(a, b, c))).toBe(product % BigInt(c));
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    [-1, 1, 1],
    [1, -1, 1],
    [1, 1, 0],
    [1, 1, -1],
    [1, 1, MAX_DIVISOR + 1],
    [1.5, 1, 1],
    [1, 1, 1.5],
    [MAX_SAFE + 1, 1, 1],
    [Number.NaN, 1, 1],
    [1, Number.POSITIVE_INFINITY, 1],
  ])('refuses %d × %d ÷ %d', (a, b, c) => {
    expect(() => mulDivFloor(a, b, c)).toThrow(InvariantViolation);
    expect(() => mulDivCeil(a, b, c)).toThrow(InvariantViolation);
  });

  test.each([
    [MAX_SAFE, 2, 1],
    [MAX_SAFE, MAX_SAFE, 1],
    [MAX_SAFE, 1_000_001, 1_000_000],
  ])('throws when %d × %d ÷ %d passes 2^53 − 1', (a, b, c) => {
    expect(() => mulDivFloor(a, b, c)).toThrow(InvariantViolation);
    expect(() => mulDivCeil(a, b, c)).toThrow(InvariantViolation);
  });

  test('throws when only the rounding up passes 2^53 − 1', () => {
    const [a, b, c] = [9_007_199_254_740_990, 4_503_599_627_370_497, 4_503_599_627_370_496];
    const exact = (BigInt(a) * BigInt(b)) / BigInt(c);
    expect(exact).toBe(LIMIT);
    expect(mulDivFloor(a, b, c)).toBe(MAX_SAFE);
    expect(() => mulDivCeil(a, b, c)).toThrow(InvariantViolation);
  });
});
