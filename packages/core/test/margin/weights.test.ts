import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collateralWeight, isMonotone } from '../../src/margin/weights.js';
import { PricedVenue } from '../perps/priced-venue.js';

const SIZED = { weight: 0.9, base: 1.1, penalty: 0.0002 };

describe('the weight of collateral', () => {
  it.each([
    [1_000_000, 0.9],
    [4_000_000, 0.7857],
    [25_000_000, 0.55],
  ])('of %d USD is %d', (holding, weight) => {
    expect(collateralWeight(SIZED, holding)).toBeCloseTo(weight, 4);
  });

  it('makes 4,000,000 USD count as 3,142,857', () => {
    expect(Math.round(4_000_000 * collateralWeight(SIZED, 4_000_000))).toBe(3_142_857);
  });

  it('never makes a larger holding worth less', () => {
    const ratio = fc.double({ min: 0, max: 1, noNaN: true });
    const usd = fc.double({ min: 0, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(ratio, ratio, ratio, usd, usd, (weight, above, penalty, a, b) => {
        const terms = { weight, base: weight + above, penalty };
        expect(isMonotone(terms)).toBe(true);
        const [less, more] = a < b ? [a, b] : [b, a];
        const worth = (holding: number) => holding * collateralWeight(terms, holding);
        expect(worth(more)).toBeGreaterThanOrEqual(worth(less) * (1 - 1e-12));
      }),
    );
  });
});

describe('the asset in which perpetuals settle', () => {
  it('counts in full, or settlement would change equities', () => {
    const venue = new PricedVenue();
    const usdc = venue.state.assets.bySymbol('USDC');
    if (usdc?.lending === undefined) throw new Error('no pool');
    const { openBorrowLendLimitAtoms: _open, borrowLimitAtoms: _borrow, ...lending } = usdc.lending;
    const terms = { ...lending, openBorrowLendLimit: '1000', borrowLimit: '1000' };
    const action = (weight: number) =>
      ({ kind: 'setAssetTerms', asset: { symbol: 'USDC', collateral: { weight }, lending: terms } }) as const;
    expect(venue.decide(action(0.85))[0]).toMatchObject({ kind: 'rejected', reason: 'actionInvalid' });
    expect(venue.decide(action(1)).map(({ kind }) => kind)).toContain('assetChanged');
  });
});
