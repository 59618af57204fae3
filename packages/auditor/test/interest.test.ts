import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Accrual, exact, PoolClock, poolRates, postable, utilizationOf } from '../src/index.js';

const CURVE = { optimalUtilization: 0.9, baseRate: 0, optimalRate: 0.08, maxRate: 1, reserveFee: 0.1 };
const HOUR_US = 3_600_000_000;
const YEAR_US = 365 * 24 * HOUR_US;

describe('rates', () => {
  test.each([
    [0, '0.00', '0.00'],
    [0.5, '4.44', '2.00'],
    [0.9, '8.00', '6.48'],
    [1, '100.00', '90.00'],
  ])('at a utilisation of %d borrowers pay %s %% and lenders get %s %%', (utilization, borrow, lend) => {
    const rates = poolRates(CURVE, utilization);
    expect(rates.borrowRate.times(100).toFixed(2)).toBe(borrow);
    expect(rates.lendRate.times(100).toFixed(2)).toBe(lend);
  });

  test('an empty pool is not used', () => {
    expect(utilizationOf(0, 0).toNumber()).toBe(0);
  });
});

describe('indexes', () => {
  test('advance by each stretch of time at its own utilisation', () => {
    const clock = new PoolClock(CURVE, 0);
    clock.change(HOUR_US, 1_000, 500);
    clock.change(HOUR_US + YEAR_US / 4, 1_000, 900);
    const { borrow, lend } = clock.at(HOUR_US + YEAR_US / 2);
    expect(borrow.toFixed(10)).toBe(exact('0.4').dividedBy(9).plus('0.08').dividedBy(4).toFixed(10));
    expect(lend.toFixed(10)).toBe(exact('0.02').plus('0.0648').dividedBy(4).toFixed(10));
  });

  test('a new curve holds from the next change on', () => {
    const clock = new PoolClock(CURVE, 0);
    clock.change(0, 1_000, 900);
    clock.setCurve({ ...CURVE, optimalRate: 0.16 });
    clock.change(YEAR_US, 1_000, 900);
    expect(clock.at(2 * YEAR_US).borrow.toNumber()).toBeCloseTo(0.24, 12);
  });
});

describe('interest of an account', () => {
  test('of 1,000,000 atoms lent at 6.48 % for half a year is 32,400', () => {
    const clock = new PoolClock(CURVE, 0);
    clock.change(0, 10_000_000, 9_000_000);
    const accrual = new Accrual(clock.at(0));
    accrual.setPrincipal(clock.at(0), 1_000_000);
    expect(postable(accrual.at(clock.at(YEAR_US / 2))).toNumber()).toBe(32_400);
  });

  test('keeps the fraction that is too small to post, against whom it is posted', () => {
    const clock = new PoolClock(CURVE, 0);
    clock.change(0, 10, 9);
    const gathered = (principal: number) => {
      const accrual = new Accrual(clock.at(0));
      accrual.setPrincipal(clock.at(0), principal);
      const posted = postable(accrual.at(clock.at(YEAR_US)));
      accrual.post(posted);
      return [posted.toNumber(), accrual.at(clock.at(YEAR_US)).toNumber()];
    };
    expect(gathered(10)).toEqual([0, 0.648]);
    expect(gathered(-9)).toEqual([-1, 0.28]);
  });

  test('is never more for all lenders than from all borrowers, whatever the pool goes through', () => {
    const step = fc.record({
      hours: fc.integer({ min: 1, max: 10_000 }),
      lends: fc.array(fc.nat({ max: 1e9 }), { minLength: 3, maxLength: 3 }),
      used: fc.double({ min: 0, max: 1, noNaN: true }),
      posts: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const clock = new PoolClock(CURVE, 0);
        const lenders = [0, 1, 2].map(() => new Accrual(clock.at(0)));
        const borrower = new Accrual(clock.at(0));
        let [timeUs, credited, charged] = [0, exact(0), exact(0)];
        for (const { hours, lends, used, posts } of steps) {
          timeUs += hours * HOUR_US;
          const now = clock.at(timeUs);
          if (posts) {
            for (const lender of lenders) {
              const atoms = postable(lender.at(now));
              lender.post(atoms);
              credited = credited.plus(atoms);
            }
            const owed = postable(borrower.at(now));
            borrower.post(owed);
            charged = charged.minus(owed);
            expect(charged.gte(credited)).toBe(true);
          }
          const lent = lends.reduce((total, atoms) => total + atoms, 0);
          const borrowed = Math.floor(lent * used);
          for (const [place, atoms] of lends.entries()) lenders[place]?.setPrincipal(now, atoms);
          borrower.setPrincipal(now, -borrowed);
          clock.change(timeUs, lent, borrowed);
        }
      }),
      { numRuns: 50 },
    );
  });
});
