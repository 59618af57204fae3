// Profit in cash every ten seconds, or as a claim that stays in the pool: the same money but for the claim's interest.
import { Random } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { LendingVenue } from '../lending/lending-venue.js';
import { seeds } from './history-run.js';
import { Twins } from './twins.js';

const STEPS = Number(process.env['TWIN_STEPS'] ?? 600);

describe.each(seeds)('twins of seed %d', (seed) => {
  test('own the same but for the interest on what is virtual, to the atom', () => {
    const twins = new Twins(new Random(seed));
    const { real, virtual } = twins;
    for (let step = 0; step < STEPS; step += 1) {
      twins.step();
      for (const trader of real.traders) {
        const accountId = real.accountOf(trader);
        const [inCash = 0] = real.claims(trader);
        const [asClaim = 0] = virtual.claims(trader);
        const interest = (virtual.interestAtoms.get(accountId) ?? 0) - (real.interestAtoms.get(accountId) ?? 0);
        if (asClaim - inCash !== interest) expect({ step, accountId, asClaim }).toEqual({ asClaim: inCash + interest });
      }
    }
    expect(virtual.fills).toEqual(real.fills);
    expect(real.fills.length).toBeGreaterThan(STEPS / 10);
    expect(virtual.interestAtoms.size, 'some interest is posted').toBeGreaterThan(0);
  });
});

const YEAR_S = 365 * 86_400;
/** LendingVenue tells an hour and eight slices of five milliseconds. */
const HOUR_S = 3_600.04;

test('an hour of a virtual profit of 5,000 USDC earns the lend rate, of the loss it costs the borrow rate', () => {
  const venue = new LendingVenue();
  const lender = venue.manual('lender', { USDC: '100000' });
  const borrower = venue.manual('borrower', { BTC: '2' });
  const winner = venue.manual('winner', { USDC: '50000' });
  const loser = venue.manual('loser', { USDC: '50000' });
  for (const trader of [winner, loser]) venue.settings(trader, { autoRealizePnl: false });
  venue.lend(lender, 'USDC', '100000');
  venue.borrow(borrower, 'USDC', '40000');
  venue.trade(winner, loser, 'BTC_USDC_PERP', '100000', '1');
  venue.mark('BTC_USDC_PERP', 105_000);
  for (let slice = 0; slice < 6; slice += 1) venue.pass(10_000);
  expect([venue.unsettled(winner), venue.unsettled(loser)]).toEqual([5_000_000_000, -5_000_000_000]);

  venue.hours(1);
  const before = [venue.unsettled(winner), venue.unsettled(loser)] as const;
  const utilization = 45_000 / 105_000;
  const borrowRate = (0.08 * utilization) / 0.9;
  const lendRate = borrowRate * utilization * 0.9;
  venue.hours(1);
  const earned = before[0] * lendRate * (HOUR_S / YEAR_S);
  const charged = before[1] * borrowRate * (HOUR_S / YEAR_S);
  expect(Math.abs(venue.unsettled(winner) - before[0] - earned)).toBeLessThanOrEqual(2);
  expect(Math.abs(venue.unsettled(loser) - before[1] - charged)).toBeLessThanOrEqual(2);
});
