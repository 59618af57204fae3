import { describe, expect, test } from 'vitest';
import { HOUSE } from '../../src/state/balances.js';
import { rejection } from '../lending/lending-venue.js';
import { RfqVenue } from './rfq-venue.js';

/** The venue has earned fees in USDC, and alice has less than 0.01 SOL and less than 0.00001 BTC. */
function dusty() {
  const venue = new RfqVenue({ fees: true });
  const [buyer, seller] = ['buyer', 'seller'].map((name) => venue.manual(name, { USDC: '100000', SOL: '1000' }));
  venue.trade(buyer as number, seller as number, 'SOL_USDC', '150', '100');
  const alice = venue.manual('alice', { SOL: '0.009999', BTC: '0.00000999', USDC: '5' });
  return { venue, alice };
}

const fees = (venue: RfqVenue, symbol: string): number =>
  venue.state.balances.of(venue.asset(symbol).assetId).houseAtoms[HOUSE.fees] as number;

describe('dust', () => {
  test('is bought out of the venue’s fees at the index, the taker fee less, against who sells', () => {
    const { venue, alice } = dusty();
    const before = fees(venue, 'USDC');
    const events = venue.command(alice, 'convertDust', { symbol: 'SOL' });
    // 0.009999 × 150 = 1.49985; 0.1 % of it is 0.00149985, up to 0.001500.
    expect(events.find(({ kind }) => kind === 'dustConverted')).toMatchObject({
      quantityAtoms: 9999,
      valueAtoms: 1_499_850,
      receivedAtoms: 1_498_350,
    });
    expect([venue.holding(alice, 'SOL'), venue.holding(alice, 'USDC')]).toEqual(['0/0/0/0', '6.49835/0/0/0']);
    expect([fees(venue, 'USDC') - before, fees(venue, 'SOL')]).toEqual([-1_498_350, 9999]);
  });

  test('of every kind goes at once when none is named', () => {
    const { venue, alice } = dusty();
    const events = venue.command(alice, 'convertDust', {});
    const sold = events.flatMap((event) => (event.kind === 'dustConverted' ? [event.quantityAtoms] : []));
    expect(sold).toEqual([999, 9999]);
    expect(rejection(venue.command(alice, 'convertDust', {}))).toEqual({ reason: 'notConvertible', details: {} });
  });

  test('that is lent is redeemed for it', () => {
    const { venue } = dusty();
    const lender = venue.trader('lender', { SOL: '0.005' });
    expect(venue.holding(lender, 'SOL')).toBe('0/0/0.005/0');
    venue.command(lender, 'convertDust', { symbol: 'SOL' });
    expect(venue.holding(lender, 'SOL')).toBe('0/0/0/0');
  });

  test('is no more than could not be ordered, all that is held counted', () => {
    const { venue, alice } = dusty();
    venue.deposit(alice, 'SOL', '0.000001');
    expect(rejection(venue.command(alice, 'convertDust', { symbol: 'SOL' }))).toEqual({
      reason: 'notConvertible',
      details: { asset: 'SOL', quantity: '0.01', minQuantity: '0.01' },
    });
  });
});
