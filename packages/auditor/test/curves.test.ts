import { BTC_MARGIN, SOL_MARGIN } from '@glasshouse/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collateralValue, collateralWeight, exact, initialMarginFraction, marginFraction } from '../src/index.js';

const leverage = (terms: typeof BTC_MARGIN, notional: number) =>
  exact(1)
    .dividedBy(initialMarginFraction(terms.imf, notional, { platformMaxLeverage: terms.maxLeverage }))
    .toFixed(1);

test.each([
  ['BTC', BTC_MARGIN, 10_000, '75.0'],
  ['BTC', BTC_MARGIN, 1_000_000, '40.1'],
  ['BTC', BTC_MARGIN, 10_000_000, '12.7'],
  ['SOL', SOL_MARGIN, 10_000, '50.0'],
  ['SOL', SOL_MARGIN, 1_000_000, '16.7'],
])('%s can be held %s times over at a notional of %d', (_, terms, notional, expected) => {
  expect(leverage(terms, notional)).toBe(expected);
});

test('the tightest of platform, owner, base and size decides', () => {
  const curve = { base: 0.02, factor: 0.0001 };
  const at = (notional: number, platformMaxLeverage: number, leverageLimit?: number) =>
    initialMarginFraction(curve, notional, { platformMaxLeverage, leverageLimit }).toNumber();
  expect([at(100, 100), at(90_000, 100), at(100, 20), at(100, 100, 8)]).toEqual([0.02, 0.03, 0.05, 0.125]);
});

const SIZED = { weight: 0.9, base: 1.1, penalty: 0.0002 };

test.each([
  [1_000_000, '0.9000', '900000'],
  [4_000_000, '0.7857', '3142857'],
  [25_000_000, '0.5500', '13750000'],
])('a holding of %d USD counts with weight %s', (holding, weight, value) => {
  expect(collateralWeight(SIZED, holding).toFixed(4)).toBe(weight);
  expect(collateralValue({ quantity: holding, borrowed: 0, price: 1, collateral: SIZED }).toFixed(0)).toBe(value);
});

test('without a size curve the weight does not depend on the holding', () => {
  expect(collateralWeight({ weight: 0.95 }, 1e12).toNumber()).toBe(0.95);
});

test('more collateral never counts less, and a larger size never asks for a smaller fraction', () => {
  const usd = fc.double({ min: 0, max: 1e10, noNaN: true });
  fc.assert(
    fc.property(usd, usd, (first, second) => {
      const [small, large] = first < second ? [first, second] : [second, first];
      const value = (quantity: number) => collateralValue({ quantity, borrowed: 0, price: 1, collateral: SIZED });
      expect(value(large).gte(value(small))).toBe(true);
      expect(marginFraction(BTC_MARGIN.mmf, large).gte(marginFraction(BTC_MARGIN.mmf, small))).toBe(true);
    }),
  );
});
