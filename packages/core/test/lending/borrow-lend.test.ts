import { describe, expect, test } from 'vitest';
import { summary } from '../venue.js';
import { LendingVenue, rejection } from './lending-venue.js';

/** What moved between account and pool, in order. */
function movements(events: ReturnType<LendingVenue['apply']>): string[] {
  return events.flatMap((event) =>
    event.kind === 'borrowLendChanged' ? [`${event.change} ${event.quantityAtoms} ${event.source}`] : [],
  );
}

describe('by hand', () => {
  test('what is lent leaves the available balance and can be had back', () => {
    const venue = new LendingVenue();
    const alice = venue.manual('alice', { USDC: '100' });
    expect(movements(venue.lend(alice, 'USDC', '60'))).toEqual(['lend 60000000 manual']);
    expect(venue.holding(alice, 'USDC')).toBe('40/0/60/0');
    expect(movements(venue.borrow(alice, 'USDC', '25'))).toEqual(['redeem 25000000 manual']);
    expect(venue.holding(alice, 'USDC')).toBe('65/0/35/0');
    expect(venue.pool('USDC')).toMatchObject({ lent: 35, borrowed: 0, cash: 35 });
  });

  test('borrowing redeems what is lent first, lending repays what is owed first', () => {
    const venue = new LendingVenue();
    venue.trader('lender', { USDC: '100000' });
    const alice = venue.manual('alice', { USDC: '100', BTC: '1' });
    venue.lend(alice, 'USDC', '100');
    expect(movements(venue.borrow(alice, 'USDC', '150'))).toEqual([
      'redeem 100000000 manual',
      'borrow 50000000 manual',
    ]);
    expect(venue.holding(alice, 'USDC')).toBe('150/0/0/50');
    expect(movements(venue.lend(alice, 'USDC', '80'))).toEqual(['repay 50000000 manual', 'lend 30000000 manual']);
    expect(venue.holding(alice, 'USDC')).toBe('70/0/30/0');
  });

  test('an answer says what the pool is now, once', () => {
    const venue = new LendingVenue();
    const alice = venue.manual('alice', { USDC: '100' });
    const events = venue.lend(alice, 'USDC', '60');
    expect(summary(events)).toEqual(['borrowLendChanged', 'poolChanged']);
    expect(events.find(({ kind }) => kind === 'poolChanged')).toMatchObject({
      pool: { lentAtoms: 60_000_000, borrowedAtoms: 0, utilization: 0 },
    });
  });

  test('neither lending nor redeeming moves the equity of an account', () => {
    const venue = new LendingVenue();
    const alice = venue.manual('alice', { BTC: '50', SOL: '100' });
    const before = venue.equity(alice);
    venue.lend(alice, 'BTC', '49.5');
    venue.lend(alice, 'SOL', '100');
    expect(venue.equity(alice)).toBe(before);
    venue.borrow(alice, 'BTC', '20');
    expect(venue.equity(alice)).toBe(before);
  });

  test('a loan costs its initial margin: 10 % of USDC, 20 % of BTC', () => {
    const venue = new LendingVenue();
    venue.trader('lender', { USDC: '1000000', BTC: '100' });
    const alice = venue.manual('alice', { USDC: '1000' });
    venue.borrow(alice, 'USDC', '500');
    const terms = () => venue.state.accounts.loanCount[venue.accountOf(alice)];
    expect(terms()).toBe(1);
    expect(venue.equity(alice)).toBe(1000);
    expect(rejection(venue.borrow(alice, 'BTC', '1'))).toEqual({
      reason: 'insufficientMargin',
      details: { required: 20_050, equity: -4_000 },
    });
  });
});

describe('a repayment in full', () => {
  test('pays the interest that has gathered as well, rounded up', () => {
    const venue = new LendingVenue();
    venue.trader('lender', { USDC: '1000' });
    const alice = venue.manual('alice', { BTC: '1', USDC: '100' });
    venue.borrow(alice, 'USDC', '500');
    venue.pass(1_800_000);
    const events = venue.lend(alice, 'USDC', '600');
    const posted = events.find(({ kind }) => kind === 'interestPosted');
    // 500 USDC × 4.44 % × half an hour of 8,760: 1,268.39 atoms.
    expect(posted).toMatchObject({ source: 'borrow', interestAtoms: -1269, principalAtoms: -500_000_000 });
    expect(movements(events)).toEqual(['repay 500001269 manual', 'lend 99998731 manual']);
    expect(venue.raw(alice, 'USDC').accruedAtoms).toBeCloseTo(0.61, 2);
  });

  test('in part leaves the interest to gather', () => {
    const venue = new LendingVenue();
    venue.trader('lender', { USDC: '1000' });
    const alice = venue.manual('alice', { BTC: '1' });
    venue.borrow(alice, 'USDC', '500');
    venue.pass(1_800_000);
    expect(movements(venue.lend(alice, 'USDC', '499'))).toEqual(['repay 499000000 manual']);
    expect(venue.holding(alice, 'USDC')).toBe('1/0/0/1');
    expect(venue.raw(alice, 'USDC').accruedAtoms).toBeCloseTo(-1268.39, 1);
  });
});
