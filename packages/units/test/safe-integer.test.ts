import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assert,
  checkedAdd,
  checkedMultiply,
  checkedSubtract,
  fitsProduct,
  fitsSum,
  InvariantViolation,
  MAX_SAFE,
  unreachable,
} from '../src/index.js';

const safe = fc.maxSafeInteger();
/** Factors whose products lie on both sides of the limit. */
const factor = fc.oneof(fc.integer({ min: -(2 ** 27), max: 2 ** 27 }), fc.constantFrom(0, 1, -1, MAX_SAFE, -MAX_SAFE));
const LIMIT = BigInt(MAX_SAFE);
const inRange = (value: bigint): boolean => value <= LIMIT && value >= -LIMIT;

type Operation = (a: number, b: number) => number;

function agrees(operation: Operation, exact: bigint, a: number, b: number): void {
  if (inRange(exact)) expect(BigInt(operation(a, b))).toBe(exact);
  else expect(() => operation(a, b)).toThrow(InvariantViolation);
}

describe('checked arithmetic is exact or throws', () => {
  test.each([
    ['sum', MAX_SAFE, 0, MAX_SAFE],
    ['sum', MAX_SAFE, -MAX_SAFE, 0],
    ['sum', MAX_SAFE, 1, undefined],
    ['sum', -MAX_SAFE, -1, undefined],
    ['sum', MAX_SAFE, MAX_SAFE, undefined],
    ['difference', -MAX_SAFE, 1, undefined],
    ['difference', 0, MAX_SAFE, -MAX_SAFE],
    ['product', 94_906_265, 94_906_265, 9_007_199_136_250_225],
    ['product', 94_906_266, 94_906_266, undefined],
    ['product', 2 ** 26, 2 ** 27, undefined],
    ['product', -(2 ** 26), 2 ** 26, -(2 ** 52)],
  ] as const)('%s of %d and %d', (name, a, b, result) => {
    const operation = { sum: checkedAdd, difference: checkedSubtract, product: checkedMultiply }[name];
    if (result === undefined) expect(() => operation(a, b)).toThrow(InvariantViolation);
    else expect(operation(a, b)).toBe(result);
  });

  test('sums, differences and products agree with BigInt', () => {
    fc.assert(
      fc.property(safe, safe, factor, factor, (a, b, c, d) => {
        agrees(checkedAdd, BigInt(a) + BigInt(b), a, b);
        agrees(checkedSubtract, BigInt(a) - BigInt(b), a, b);
        agrees(checkedMultiply, BigInt(c) * BigInt(d), c, d);
      }),
    );
  });

  test('fitsSum and fitsProduct say beforehand whether it would throw', () => {
    fc.assert(
      fc.property(safe, safe, factor, factor, (a, b, c, d) => {
        expect(fitsSum(a, b)).toBe(inRange(BigInt(a) + BigInt(b)));
        expect(fitsProduct(c, d)).toBe(inRange(BigInt(c) * BigInt(d)));
      }),
    );
  });
});

describe('a broken invariant', () => {
  test('carries its name and the numbers that broke it', () => {
    let caught: unknown;
    try {
      assert(false, 'two is one', { two: 2 });
    } catch (problem) {
      caught = problem;
    }
    expect(caught).toBeInstanceOf(InvariantViolation);
    expect(caught).toMatchObject({
      name: 'InvariantViolation',
      invariant: 'two is one',
      details: { two: 2 },
      message: 'invariant broken: two is one {"two":2}',
    });
  });

  test('says nothing while it holds', () => {
    expect(() => assert(true, 'one is one')).not.toThrow();
  });

  test('is what a case that no type allows runs into', () => {
    expect(() => unreachable('new kind' as never)).toThrow('unreachable case {"value":"new kind"}');
  });
});
