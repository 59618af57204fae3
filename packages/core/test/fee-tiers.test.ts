import { fakePublicKey, REGISTRAR_KEY } from '@glasshouse/testkit';
import { describe, expect, it } from 'vitest';
import { accountView, balanceViews } from '../src/index.js';
import { Venue } from './venue.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TIERS = [
  { name: 'first', minVolume: 0, makerPpm: 800, takerPpm: 1000 },
  { name: 'second', minVolume: 1_000, makerPpm: 400, takerPpm: 500 },
  { name: 'third', minVolume: 1_000_000, makerPpm: 0, takerPpm: 250 },
];

function trading(): { venue: Venue; alice: number; bob: number } {
  const venue = new Venue();
  venue.decide({ kind: 'setFeeTiers', spotFeeTiers: TIERS });
  const alice = venue.trader('alice', { USDC: '100000', SOL: '1000' });
  const bob = venue.trader('bob', { USDC: '100000', SOL: '1000' });
  return { venue, alice, bob };
}

function trade(venue: Venue, maker: number, taker: number, quantity: string): void {
  venue.limit(maker, 'Ask', '100', quantity);
  venue.limit(taker, 'Bid', '100', quantity);
}

const tierOf = (venue: Venue, keyId: number) => accountView(venue.state, venue.accountOf(keyId))?.feeTier;

describe('a fee tier', () => {
  it('follows the volume of thirty days, looked at on the hour', () => {
    const { venue, alice, bob } = trading();
    trade(venue, alice, bob, '10');
    expect(tierOf(venue, alice)).toBe(0);
    venue.pass(HOUR_MS);
    const events = venue.pass(HOUR_MS);
    expect(events.filter(({ kind }) => kind === 'accountUpdated')).toHaveLength(2);
    expect([tierOf(venue, alice), tierOf(venue, bob)]).toEqual([1, 1]);
  });

  it('falls again when the volume is thirty days old', () => {
    const { venue, alice, bob } = trading();
    trade(venue, alice, bob, '10');
    for (let day = 0; day < 29; day += 1) venue.pass(DAY_MS);
    expect(tierOf(venue, alice)).toBe(1);
    for (let day = 0; day < 3; day += 1) venue.pass(DAY_MS);
    expect(tierOf(venue, alice)).toBe(0);
  });

  it('adds up over the days', () => {
    const { venue, alice, bob } = trading();
    for (let day = 0; day < 4; day += 1) {
      trade(venue, alice, bob, '3');
      venue.pass(DAY_MS);
    }
    venue.pass(HOUR_MS);
    expect(tierOf(venue, alice)).toBe(1);
  });

  it('is never below what operators have granted', () => {
    const { venue, alice, bob } = trading();
    venue.decide({ kind: 'setCustomerTier', customerId: 1, tier: 2 });
    trade(venue, alice, bob, '10');
    for (let day = 0; day < 40; day += 1) venue.pass(DAY_MS);
    expect([tierOf(venue, alice), tierOf(venue, bob)]).toEqual([2, 0]);
  });
});

describe('a referrer', () => {
  it('receives its share of the fees of whom it brought, and of nobody else', () => {
    const { venue, alice, bob } = trading();
    const publicKey = fakePublicKey('carol');
    const referrerAccountId = venue.accountOf(bob);
    venue.command(venue.keyId(REGISTRAR_KEY), 'glassAccountCreate', { publicKey, referrerAccountId });
    const carol = venue.keyId(publicKey);
    venue.deposit(carol, 'USDC', '2000');
    const before = balanceViews(venue.state, referrerAccountId)[0]?.availableAtoms ?? 0;
    venue.limit(alice, 'Ask', '100', '10');
    const events = venue.limit(carol, 'Bid', '100', '10');
    const share = 100_000;
    expect(events).toContainEqual(expect.objectContaining({ kind: 'referralPaid', quantityAtoms: share }));
    expect((balanceViews(venue.state, referrerAccountId)[0]?.availableAtoms ?? 0) - before).toBe(share);
  });

  it('must exist', () => {
    const { venue } = trading();
    const events = venue.command(venue.keyId(REGISTRAR_KEY), 'glassAccountCreate', {
      publicKey: fakePublicKey('dave'),
      referrerAccountId: 99,
    });
    expect(events[0]).toMatchObject({ kind: 'rejected', reason: 'accountUnknown' });
  });
});
