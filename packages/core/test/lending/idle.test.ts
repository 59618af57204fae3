import { describe, expect, test } from 'vitest';
import { summary } from '../venue.js';
import { LendingVenue, rejection } from './lending-venue.js';

describe('money that arrives', () => {
  test('is lent by default, all of it, and still trades, transfers and withdraws', () => {
    const venue = new LendingVenue();
    const alice = venue.trader('alice', { USDC: '1000' });
    expect(venue.holding(alice, 'USDC')).toBe('0/0/1000/0');
    const withdrawal = { symbol: 'USDC', quantity: '100', blockchain: 'Sandbox', address: 'abcd' };
    const events = venue.command(alice, 'withdraw', withdrawal);
    expect(summary(events)).toEqual(['borrowLendChanged', 'withdrawalRequested', 'poolChanged']);
    expect(events[0]).toMatchObject({ change: 'redeem', quantityAtoms: 100_000_000, source: 'withdrawal' });
    expect(venue.holding(alice, 'USDC')).toBe('0/0/900/0');
  });

  test('repays what is owed of the asset before it is lent', () => {
    const venue = new LendingVenue();
    venue.trader('lender', { USDC: '100000' });
    const alice = venue.trader('alice', { BTC: '1' });
    venue.borrow(alice, 'USDC', '500');
    expect(venue.holding(alice, 'USDC')).toBe('500/0/0/500');
    venue.deposit(alice, 'USDC', '200');
    expect(venue.holding(alice, 'USDC')).toBe('500/0/0/300');
    venue.deposit(alice, 'USDC', '400');
    expect(venue.holding(alice, 'USDC')).toBe('0/0/600/0');
  });

  test('stays where it is when the account wants it so', () => {
    const venue = new LendingVenue();
    venue.trader('lender', { USDC: '100000' });
    const alice = venue.manual('alice', { BTC: '1', USDC: '10' });
    venue.borrow(alice, 'USDC', '500');
    venue.deposit(alice, 'USDC', '200');
    expect(venue.holding(alice, 'USDC')).toBe('710/0/0/500');
    venue.settings(alice, { autoLend: true });
    expect(venue.holding(alice, 'USDC')).toBe('710/0/0/500');
    expect(venue.holding(alice, 'BTC')).toBe('0/0/1/0');
  });

  test('by transfer is lent at the other end, and comes out of what is lent at this one', () => {
    const venue = new LendingVenue();
    const alice = venue.trader('alice', { USDC: '1000' });
    venue.command(alice, 'glassSubaccountCreate', { publicKey: 'desk'.padEnd(43, '0').concat('=') });
    const desk = venue.keyId('desk'.padEnd(43, '0').concat('='));
    venue.command(alice, 'glassTransfer', { toAccountId: venue.accountOf(desk), symbol: 'USDC', quantity: '400' });
    expect([venue.holding(alice, 'USDC'), venue.holding(desk, 'USDC')]).toEqual(['0/0/600/0', '0/0/400/0']);
  });

  test('beyond the limit of the pool is not lent', () => {
    const venue = new LendingVenue();
    const alice = venue.trader('alice', { BTC: '9999' });
    const bob = venue.trader('bob', { BTC: '3' });
    expect([venue.holding(alice, 'BTC'), venue.holding(bob, 'BTC')]).toEqual(['0/0/9999/0', '2/0/1/0']);
  });

  test('of an asset without a pool is left alone', () => {
    const venue = new LendingVenue();
    const alice = venue.trader('alice', { kBONK: '1000' });
    expect(venue.holding(alice, 'kBONK')).toBe('1000/0/0/0');
    expect(rejection(venue.lend(alice, 'kBONK', '1'))).toEqual({ reason: 'notLendable', details: { asset: 'kBONK' } });
  });
});

describe('switching autoLend', () => {
  test('lends and redeems everything and moves nobody’s equity', () => {
    const venue = new LendingVenue();
    const alice = venue.trader('alice', { USDC: '1000', BTC: '2', ETH: '3' });
    const before = venue.equity(alice);
    venue.settings(alice, { autoLend: false });
    expect(['USDC', 'BTC', 'ETH'].map((symbol) => venue.holding(alice, symbol))).toEqual([
      '1000/0/0/0',
      '2/0/0/0',
      '3/0/0/0',
    ]);
    expect(venue.equity(alice)).toBe(before);
    venue.settings(alice, { autoLend: true });
    expect(venue.holding(alice, 'BTC')).toBe('0/0/2/0');
    expect(venue.equity(alice)).toBe(before);
  });

  test('off redeems only what the pool may give now', () => {
    const venue = new LendingVenue();
    const alice = venue.trader('alice', { USDC: '1000' });
    const bob = venue.manual('bob', { BTC: '1' });
    venue.borrow(bob, 'USDC', '800');
    venue.settings(alice, { autoLend: false });
    // 800 borrowed at no more than 85 % of what stays lent: 941.176471 stay.
    expect(venue.raw(alice, 'USDC')).toMatchObject({ available: 58.823529, loan: 941.176471 });
  });
});

describe('spot orders of an account whose money is lent', () => {
  test('lock what they redeem, and lend again what a cancel sets free', () => {
    const venue = new LendingVenue();
    const alice = venue.trader('alice', { USDC: '1000' });
    const placed = venue.limit(alice, 'Bid', '100', '2', { symbol: 'SOL_USDC' });
    expect(summary(placed)).toEqual(['orderAccepted', 'borrowLendChanged', 'poolChanged']);
    expect(venue.holding(alice, 'USDC')).toBe('0/200/800/0');
    venue.command(alice, 'orderCancelAll', { symbol: 'SOL_USDC' });
    expect(venue.holding(alice, 'USDC')).toBe('0/0/1000/0');
  });

  test('fill on both sides, and the proceeds are lent', () => {
    const venue = new LendingVenue();
    const maker = venue.trader('maker', { SOL: '10' });
    const taker = venue.trader('taker', { USDC: '1000' });
    venue.limit(maker, 'Ask', '150', '4', { symbol: 'SOL_USDC' });
    venue.order(taker, 'Bid', { symbol: 'SOL_USDC', quoteQuantity: '900' });
    expect([venue.holding(maker, 'SOL'), venue.holding(maker, 'USDC')]).toEqual(['0/0/6/0', '0/0/600/0']);
    expect([venue.holding(taker, 'SOL'), venue.holding(taker, 'USDC')]).toEqual(['0/0/4/0', '0/0/400/0']);
  });

  test('are refused for what cannot be redeemed now, with the number that can', () => {
    const venue = new LendingVenue();
    const alice = venue.trader('alice', { USDC: '1000' });
    const bob = venue.manual('bob', { BTC: '1' });
    venue.borrow(bob, 'USDC', '800');
    expect(rejection(venue.limit(alice, 'Bid', '100', '1', { symbol: 'SOL_USDC' }))).toEqual({
      reason: 'insufficientFunds',
      details: { asset: 'USDC', required: '100', available: '58.823529' },
    });
    expect(venue.holding(alice, 'USDC')).toBe('0/0/1000/0');
  });
});
