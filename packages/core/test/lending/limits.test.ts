// The limits of a pool as time passes. Each refusal with its numbers is in ../rejects/lending-faults.ts.
import { RISK_GENESIS } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { poolRedeemableAtoms } from '../../src/lending/limits.js';
import { Venue } from '../venue.js';
import { LendingVenue, MINUTE_MS, rejection } from './lending-venue.js';

/** 1,000 USDC lent, and a borrower whose margin is no limit. */
function market() {
  const venue = new LendingVenue();
  const lender = venue.trader('lender', { USDC: '1000' });
  const borrower = venue.manual('borrower', { BTC: '10' });
  return { venue, lender, borrower };
}

/** What the pool refuses when asked for all its cash. */
function refusedCash(venue: LendingVenue, keyId: number) {
  const refused = rejection(venue.borrow(keyId, 'USDC', String(venue.pool('USDC').cash)));
  return { ...refused, available: Number(refused?.details['available']), limit: Number(refused?.details['limit']) };
}

const utilization = (venue: LendingVenue): number => venue.pool('USDC').utilization;

describe('the throttle', () => {
  test('lets utilisation rise to its threshold at once, then half of the way to the maximum each minute', () => {
    const { venue, borrower } = market();
    const limits: number[] = [];
    for (let minute = 0; minute < 6; minute += 1) {
      const { available, limit } = refusedCash(venue, borrower);
      limits.push(limit);
      venue.borrow(borrower, 'USDC', String(available));
      expect(rejection(venue.borrow(borrower, 'USDC', '0.01'))?.reason).toBe('utilizationLimit');
      venue.pass(MINUTE_MS);
    }
    expect(limits).toEqual([0.85, 0.9, 0.925, 0.9375, 0.94375, 0.946875]);
    expect(utilization(venue)).toBeLessThanOrEqual(0.946875);
    expect(utilization(venue)).toBeGreaterThan(0.946);
  });

  test('counts from the minute that the clock shows, not from the last change', () => {
    const { venue, borrower } = market();
    venue.maker.nowMs = Math.ceil(venue.maker.nowMs / MINUTE_MS) * MINUTE_MS + 59_000;
    venue.pass(0);
    venue.borrow(borrower, 'USDC', '850');
    expect(rejection(venue.borrow(borrower, 'USDC', '1'))?.details).toMatchObject({ limit: 0.85 });
    venue.pass(1_000);
    expect(refusedCash(venue, borrower)).toMatchObject({ limit: 0.9, available: 49.999999 });
    expect(rejection(venue.borrow(borrower, 'USDC', '49.999999'))).toBeUndefined();
  });

  test('holds lenders as it holds borrowers, and both draw on one measure', () => {
    const { venue, lender, borrower } = market();
    venue.borrow(borrower, 'USDC', '425');
    expect(rejection(venue.borrow(lender, 'USDC', '501'))?.details).toMatchObject({ available: '500', limit: 0.85 });
    venue.borrow(lender, 'USDC', '300');
    expect(rejection(venue.borrow(borrower, 'USDC', '171'))?.details).toMatchObject({ available: '170' });
    venue.borrow(borrower, 'USDC', '170');
    expect(rejection(venue.borrow(lender, 'USDC', '0.01'))?.details).toMatchObject({ available: '0' });
    expect(utilization(venue)).toBe(0.85);
  });

  test('does not hold liquidations, which may use up the cash', () => {
    const { venue, borrower } = market();
    venue.borrow(borrower, 'USDC', '850');
    const pool = venue.state.pools[venue.asset('USDC').assetId - 1];
    if (pool === undefined) throw new Error('no pool');
    expect(poolRedeemableAtoms(venue.state, pool)).toBe(0);
    expect(poolRedeemableAtoms(venue.state, pool, 'exempt')).toBe(150_000_000);
  });

  test('a repayment makes room at once', () => {
    const { venue, borrower } = market();
    venue.borrow(borrower, 'USDC', '850');
    venue.lend(borrower, 'USDC', '100');
    expect(rejection(venue.borrow(borrower, 'USDC', '100'))).toBeUndefined();
  });
});

describe('taking in parts', () => {
  test.each([1, 3, 7, 40])('gives as much as taking at once: %i parts', (parts) => {
    const { venue, lender, borrower } = market();
    venue.borrow(borrower, 'USDC', '333.333333');
    const whole = refusedCash(venue, lender).available;
    let left = Math.round(whole * 1e6);
    for (let part = parts; part > 0; part -= 1) {
      const atoms = Math.floor(left / part);
      left -= atoms;
      expect(rejection(venue.borrow(lender, 'USDC', (atoms / 1e6).toFixed(6)))).toBeUndefined();
    }
    expect(rejection(venue.borrow(lender, 'USDC', '0.000001'))?.reason).toBe('utilizationLimit');
  });
});

describe('the limit of all loans', () => {
  test.each([
    ['4503599627.370495', true],
    ['4503599627.370496', false],
    ['9007199254.740991', false],
  ])('of %s USDC leaves room for interest: %s', (openBorrowLendLimit, opens) => {
    const [usdc, ...assets] = RISK_GENESIS.assets;
    const lending = usdc?.lending && { ...usdc.lending, openBorrowLendLimit };
    const genesis = { ...RISK_GENESIS, assets: [{ ...usdc, lending }, ...assets] };
    const open = () => new Venue({ genesis });
    if (opens) expect(open).not.toThrow();
    else expect(open).toThrow('leaves no room for interest');
  });
});

describe('an account with something at stake', () => {
  test.each(['withdraw', 'transfer'] as const)('keeps its initial margin: %s', (way) => {
    const venue = new LendingVenue();
    venue.trader('lender', { ETH: '100' });
    const alice = venue.trader('alice', { USDC: '1000' });
    venue.borrow(alice, 'ETH', '0.5');
    const desk = `desk${'0'.repeat(39)}=`;
    venue.command(alice, 'glassSubaccountCreate', { publicKey: desk });
    const take = (quantity: string) =>
      way === 'withdraw'
        ? venue.command(alice, 'withdraw', { symbol: 'USDC', quantity, blockchain: 'Sandbox', address: 'abcd' })
        : venue.command(alice, 'glassTransfer', {
            toAccountId: venue.accountOf(venue.keyId(desk)),
            symbol: 'USDC',
            quantity,
          });
    // Equity 1,000 + 1,900 − 2,000 = 900 before, initial margin 20 % of 2,000.
    expect(rejection(take('500'))).toEqual({ reason: 'insufficientMargin', details: { required: 400, equity: 400 } });
    expect(rejection(take('1000.01'))?.reason).toBe('insufficientFunds');
    expect(rejection(take('499.99'))).toBeUndefined();
    expect(venue.holding(alice, 'USDC')).toBe('0/0/500.01/0');
  });

  test('may leave with everything once nothing is at stake', () => {
    const venue = new LendingVenue();
    venue.trader('lender', { ETH: '100' });
    const alice = venue.trader('alice', { USDC: '1000' });
    venue.borrow(alice, 'ETH', '0.1');
    venue.lend(alice, 'ETH', '0.1');
    const everything = { symbol: 'USDC', quantity: '1000', blockchain: 'Sandbox', address: 'abcd' };
    expect(rejection(venue.command(alice, 'withdraw', everything))).toBeUndefined();
    expect(venue.holding(alice, 'USDC')).toBe('0/0/0/0');
  });
});
