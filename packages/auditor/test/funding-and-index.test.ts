import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fundingAtoms, fundingPayment, fundingRate, indexPrice, venuePrice, withoutOutliers } from '../src/index.js';

const TERMS = { fundingInterest: 0.0001, fundingClamp: 0.0005, fundingCap: 0.015 };

describe('funding', () => {
  test.each([
    [-0.04, '0.00125'],
    [0, '0.00125'],
    [0.06, '0.00125'],
    [0.1, '0.00625'],
    [0.2, '0.01875'],
    [-0.1, '-0.00625'],
    [50, '1.50000'],
    [-50, '-1.50000'],
  ])('an average premium of %d %% makes %s %% an hour', (premium, expected) => {
    const rate = fundingRate(String(premium / 100), TERMS);
    expect(rate.times(100).toFixed(5)).toBe(expected);
  });

  test('a long position of 2 BTC at 100,000 pays 37.50 dollars at 0.01875 %', () => {
    expect(fundingPayment(fundingRate('0.002', TERMS), 2, 100_000).toFixed(2)).toBe('-37.50');
  });

  test('whole atoms are never more in all than what was paid', () => {
    const size = fc.integer({ min: -1e9, max: 1e9 });
    fc.assert(
      fc.property(
        fc.array(size, { maxLength: 8 }),
        fc.double({ min: -0.01, max: 0.01, noNaN: true }),
        (sizes, rate) => {
          const closing = -sizes.reduce((total, lots) => total + lots, 0);
          const payments = [...sizes, closing].map((lots) => fundingAtoms(fundingPayment(rate, lots, 1)).toNumber());
          const remainder = -payments.reduce((total, atoms) => total + atoms, 0);
          expect(remainder).toBeGreaterThanOrEqual(0);
          expect(remainder).toBeLessThanOrEqual(payments.length);
        },
      ),
    );
  });
});

describe('index', () => {
  const venues = (...prices: number[]) => prices.map((price) => ({ price, weight: 1 }));

  test('a venue shows the median of bid, ask and last', () => {
    expect(venuePrice({ bid: 99, ask: 101, last: 500 }).toNumber()).toBe(101);
    expect(venuePrice({ bid: 99, ask: 101, last: 100 }).toNumber()).toBe(100);
  });

  test('is the weighted mean of prices clamped to 1 % around their median', () => {
    expect(indexPrice(venues(100, 100.5, 104))?.toNumber()).toBeCloseTo((100 + 100.5 + 100.5 * 1.01) / 3, 12);
    const weighted = [
      { price: 100, weight: 3 },
      { price: 101, weight: 1 },
    ];
    expect(indexPrice(weighted)?.toNumber()).toBe(100.25);
    expect(indexPrice([])).toBeUndefined();
  });

  test('a venue more than 5 % off the median of all is dropped', () => {
    const kept = withoutOutliers(venues(100, 101, 94, 106.2), 0.05).map(({ price }) => price);
    expect(kept).toEqual([100, 101]);
  });

  test('one wild venue of three or more moves it by no more than its clamped share', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), (wild) => {
        const index = indexPrice(venues(100, 100, wild))?.toNumber() ?? 0;
        expect(Math.abs(index / 100 - 1)).toBeLessThanOrEqual(0.01 / 3 + 1e-12);
      }),
    );
  });
});
