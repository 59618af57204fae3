import { RISK_GENESIS } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { borrowRateAt, lendRateAt } from '../../src/ledger/rates.js';
import { LendingVenue, MINUTE_MS } from './lending-venue.js';

const terms = new LendingVenue().state.assets.bySymbol('USDC')?.lending;
if (terms === undefined) throw new Error(`${RISK_GENESIS.name} has no USDC pool`);

describe('the rate curve of the specification', () => {
  test.each([
    [0, 0, 0],
    [0.25, 0.02222, 0.005],
    [0.5, 0.0444, 0.02],
    [0.9, 0.08, 0.0648],
    [0.95, 0.54, 0.4617],
    [1, 1, 0.9],
  ])('utilisation %d: borrowers pay %d, lenders earn %d', (utilization, borrow, lend) => {
    expect(borrowRateAt(terms, utilization)).toBeCloseTo(borrow, 4);
    expect(lendRateAt(terms, utilization)).toBeCloseTo(lend, 4);
  });

  test('never falls, and lenders never earn more than borrowers pay', () => {
    let before = 0;
    for (let step = 0; step <= 1000; step += 1) {
      const rate = borrowRateAt(terms, step / 1000);
      expect(rate).toBeGreaterThanOrEqual(before);
      expect(lendRateAt(terms, step / 1000)).toBeLessThanOrEqual((rate * step) / 1000);
      before = rate;
    }
  });
});

describe('a pool', () => {
  test('of which half is borrowed shows the example: 4.44 % and 2.00 %', () => {
    const venue = new LendingVenue();
    venue.trader('lender', { USDC: '1000' });
    const borrower = venue.manual('borrower', { BTC: '1' });
    expect(venue.borrow(borrower, 'USDC', '500').map(({ kind }) => kind)).toContain('borrowLendChanged');
    const pool = venue.pool('USDC');
    expect(pool).toMatchObject({ lent: 1000, borrowed: 500, cash: 500, utilization: 0.5 });
    expect(pool.borrowRate).toBeCloseTo(0.0444, 4);
    expect(pool.lendRate).toBeCloseTo(0.02, 6);
  });

  test('that nobody uses earns nothing and shows how far it may be used in its first minute', () => {
    const venue = new LendingVenue();
    venue.trader('lender', { SOL: '10' });
    expect(venue.pool('SOL')).toMatchObject({ lent: 10, borrowed: 0, utilization: 0, lendRate: 0 });
    expect(venue.pool('SOL').throttleUtilization).toBe(0.6);
    venue.pass(MINUTE_MS);
    expect(venue.pool('SOL').throttleUtilization).toBe(0.6);
  });
});
