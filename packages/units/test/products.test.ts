import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Atoms,
  baseAtoms,
  type FeePpm,
  feeCharged,
  feeEarned,
  InvariantViolation,
  type Lots,
  lotsWithin,
  MAX_SAFE,
  notionalAtoms,
  notionalFits,
  rebatePaid,
  type Ticks,
} from '../src/index.js';

const MAX_PPM = 50_000;
const atoms = fc.oneof(fc.maxSafeNat(), fc.nat(1_000_000)).map((value) => value as Atoms);
/** Notionals on which even the highest fee fits. */
const notional = fc.nat({ max: 8_000_000_000_000_000 }).map((value) => value as Atoms);
const rate = fc.integer({ min: 1, max: MAX_PPM }).map((value) => value as FeePpm);

describe('notional', () => {
  test.each([
    [1000, 250, 1, 250_000],
    [1, 1, 100, 100],
    [3, 0, 7, 0],
    [94_906_265, 94_906_265, 1, 9_007_199_136_250_225],
    [94_906_266, 94_906_266, 1, undefined],
    [MAX_SAFE, 1, 2, undefined],
  ])('%d ticks × %d lots at %d atoms', (ticks, lots, perTickLot, result) => {
    const of = () => notionalAtoms(ticks as Ticks, lots as Lots, perTickLot);
    expect(notionalFits(ticks as Ticks, lots as Lots, perTickLot)).toBe(result !== undefined);
    if (result === undefined) expect(of).toThrow(InvariantViolation);
    else expect(of()).toBe(result);
  });

  test('base atoms of a size are exact or refused', () => {
    expect(baseAtoms(123 as Lots, 1000)).toBe(123_000);
    expect(() => baseAtoms(MAX_SAFE as Lots, 2)).toThrow(InvariantViolation);
  });
});

test('a budget buys as many whole lots as it pays for, and one more would cost too much', () => {
  fc.assert(
    fc.property(
      atoms,
      fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      fc.integer({ min: 1, max: 1_000_000 }),
      (budget, ticks, per) => {
        const lots = BigInt(lotsWithin(budget, ticks as Ticks, per));
        const lotPrice = BigInt(ticks) * BigInt(per);
        expect(lots * lotPrice <= BigInt(budget)).toBe(true);
        expect((lots + 1n) * lotPrice > BigInt(budget)).toBe(true);
      },
    ),
  );
});

describe('fees', () => {
  test.each([
    [1_000_000, 1000, 1000, 1000],
    [1, 1, 1, 0],
    [999_999, 1, 1, 0],
    [1_000_001, 1, 2, 1],
    [0, 1000, 0, 0],
    [1_000_000, 0, 0, 0],
    [1_000_000, -100, 0, 0],
  ])('on %d atoms at %d ppm: the payer pays %d, the venue earns %d', (on, ppm, charged, earned) => {
    expect(feeCharged(on as Atoms, ppm as FeePpm)).toBe(charged);
    expect(feeEarned(on as Atoms, ppm as FeePpm)).toBe(earned);
  });

  test('a rebate is rounded down, and a positive rate gives none', () => {
    expect(rebatePaid(999_999 as Atoms, -1 as FeePpm)).toBe(0);
    expect(rebatePaid(1_000_000 as Atoms, -1 as FeePpm)).toBe(1);
    expect(rebatePaid(1_000_000 as Atoms, 1 as FeePpm)).toBe(0);
    expect(rebatePaid(1_000_000 as Atoms, 0 as FeePpm)).toBe(0);
  });

  test('rounding is against the payer by less than one atom', () => {
    fc.assert(
      fc.property(notional, rate, (on, ppm) => {
        const exactMillionths = BigInt(on) * BigInt(ppm);
        const over = BigInt(feeCharged(on, ppm)) * 1_000_000n - exactMillionths;
        const under = exactMillionths - BigInt(feeEarned(on, ppm)) * 1_000_000n;
        const kept = exactMillionths - BigInt(rebatePaid(on, -ppm as FeePpm)) * 1_000_000n;
        for (const rounded of [over, under, kept]) expect(rounded >= 0n && rounded < 1_000_000n).toBe(true);
      }),
    );
  });

  test('a fee never passes what it is charged on', () => {
    fc.assert(fc.property(notional, rate, (on, ppm) => feeCharged(on, ppm) <= on));
  });
});
