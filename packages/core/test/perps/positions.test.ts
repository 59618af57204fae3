import { describe, expect, it } from 'vitest';
import { marginView } from '../../src/margin/view.js';
import { PricedVenue } from './priced-venue.js';

const SOL = 'SOL_USDC_PERP';
const MILLION = 1_000_000;

function venueWith(options?: { readonly fees?: boolean }) {
  const venue = new PricedVenue(options);
  const long = venue.trader('long', { USDC: '100000' });
  const short = venue.trader('short', { USDC: '100000' });
  return { venue, long, short };
}

describe('a position', () => {
  it('has the size and cost of what was bought', () => {
    const { venue, long, short } = venueWith();
    venue.trade(long, short, SOL, '150', '10');
    venue.trade(long, short, SOL, '152', '30');
    expect(venue.position(long, SOL)).toMatchObject({ size: 4_000, cost: 6_060 * MILLION, entry: 6_060 * MILLION });
    expect(venue.position(short, SOL)).toMatchObject({ size: -4_000, cost: -6_060 * MILLION });
  });

  it('releases its share of the cost when a part is sold, and owes the profit', () => {
    const { venue, long, short } = venueWith();
    venue.trade(long, short, SOL, '150', '40');
    venue.trade(short, long, SOL, '160', '10');
    expect(venue.position(long, SOL)).toMatchObject({ size: 3_000, cost: 4_500 * MILLION, realized: 100 * MILLION });
    expect(venue.unsettled(long)).toBe(100 * MILLION);
    expect(venue.unsettled(short)).toBe(-100 * MILLION);
  });

  it('turns when more is sold than it holds', () => {
    const { venue, long, short } = venueWith();
    venue.trade(long, short, SOL, '150', '10');
    venue.trade(short, long, SOL, '140', '25');
    expect(venue.position(long, SOL)).toMatchObject({ size: -1_500, cost: -2_100 * MILLION, entry: -2_100 * MILLION });
    expect(venue.unsettled(long)).toBe(-100 * MILLION);
  });

  it('is gone when all of it is closed', () => {
    const { venue, long, short } = venueWith();
    venue.trade(long, short, SOL, '150', '10');
    venue.trade(short, long, SOL, '151', '10');
    expect(venue.position(long, SOL)).toBeUndefined();
    expect(venue.state.positions.size).toBe(0);
    expect(venue.state.markets.bySymbol(SOL)?.prices.openInterestLots).toBe(0);
  });

  it('pays fees out of the unsettled claim, which the house is owed', () => {
    const { venue, long, short } = venueWith({ fees: true });
    venue.trade(long, short, SOL, '150', '10');
    expect(venue.unsettled(long)).toBe(-0.75 * MILLION);
    expect(venue.unsettled(short)).toBe(-0.3 * MILLION);
    expect(venue.state.pools[0]?.houseClaims[1]).toBe(1.05 * MILLION);
  });
});

describe('a reduce-only order', () => {
  it('is refused when there is nothing to reduce', () => {
    const { venue, long } = venueWith();
    const [event] = venue.limit(long, 'Ask', '150', '1', { symbol: SOL, reduceOnly: true });
    expect(event).toMatchObject({ kind: 'rejected', reason: 'reduceOnlyWouldIncrease' });
  });

  it('rests for no more than the position', () => {
    const { venue, long, short } = venueWith();
    venue.trade(long, short, SOL, '150', '10');
    const events = venue.limit(long, 'Ask', '160', '25', { symbol: SOL, reduceOnly: true });
    expect(events.find(({ kind }) => kind === 'orderReduced')).toMatchObject({ order: { sizeLots: 1_000 } });
    expect(venue.book(SOL)).toBe(' | 160x10');
  });

  it('is cut when the position shrinks under it, the newest first', () => {
    const { venue, long, short } = venueWith();
    venue.trade(long, short, SOL, '150', '10');
    venue.limit(long, 'Ask', '160', '4', { symbol: SOL, reduceOnly: true });
    venue.limit(long, 'Ask', '161', '6', { symbol: SOL, reduceOnly: true });
    venue.limit(short, 'Bid', '149', '7', { symbol: SOL });
    venue.limit(long, 'Ask', '149', '7', { symbol: SOL });
    expect(venue.book(SOL)).toBe(' | 160x3');
  });

  it('sells what there is and no more', () => {
    const { venue, long, short } = venueWith();
    venue.trade(long, short, SOL, '150', '10');
    venue.limit(short, 'Bid', '150', '30', { symbol: SOL });
    const events = venue.order(long, 'Ask', { symbol: SOL, quantity: '25', reduceOnly: true });
    expect(venue.position(long, SOL)).toBeUndefined();
    expect(events.find(({ kind }) => kind === 'orderExpired')).toMatchObject({ reason: 'ReduceOnlyNotReduced' });
  });
});

describe('limits', () => {
  it('hold the position of one account', () => {
    const { venue, long } = venueWith();
    const [event] = venue.limit(long, 'Bid', '0.02', '999999999', { symbol: 'kBONK_USDC_PERP' });
    expect(event).toMatchObject({ kind: 'rejected', reason: 'insufficientMargin' });
  });

  it('refuse what the account has no margin for, with the numbers', () => {
    const { venue, long } = venueWith();
    const [event] = venue.limit(long, 'Bid', '150', '40000', { symbol: SOL });
    expect(event).toMatchObject({ kind: 'rejected', reason: 'insufficientMargin', details: { equity: 100_000 } });
  });

  it('let an account reduce that may not increase', () => {
    const { venue, long, short } = venueWith();
    venue.trade(long, short, SOL, '150', '5000');
    venue.mark(SOL, 136.5);
    venue.limit(short, 'Bid', '136.5', '2500', { symbol: SOL });
    const [refused] = venue.limit(long, 'Bid', '136', '1', { symbol: SOL });
    expect(refused).toMatchObject({ reason: 'insufficientMargin' });
    venue.limit(long, 'Ask', '136.5', '2500', { symbol: SOL });
    expect(venue.position(long, SOL)).toMatchObject({ size: 250_000 });
  });

  it('take a maker off the book that no longer has the margin for its order', () => {
    const { venue, long, short } = venueWith();
    const third = venue.trader('third', { USDC: '1000000' });
    venue.trade(long, short, SOL, '150', '4000');
    venue.limit(long, 'Bid', '135', '2000', { symbol: SOL });
    venue.mark(SOL, 136);
    const events = venue.limit(third, 'Ask', '135', '10', { symbol: SOL });
    expect(events.find(({ kind }) => kind === 'orderExpired')).toMatchObject({ reason: 'InsufficientMargin' });
  });
});

describe('settlement', () => {
  it('turns the gain of a position into cash every ten seconds and changes nobody’s equity', () => {
    const { venue, long, short } = venueWith();
    venue.trade(long, short, SOL, '150', '100');
    venue.mark(SOL, 155.123456);
    const before = [long, short].map((key) => marginView(venue.state, venue.accountOf(key))?.netEquityUsd);
    venue.pass(9_600);
    venue.pass(10_000);
    venue.pass(10_000);
    const after = [long, short].map((key) => marginView(venue.state, venue.accountOf(key))?.netEquityUsd);
    expect(after).toEqual(before);
    expect(venue.unsettled(long)).toBe(0);
    expect(venue.position(long, SOL)).toMatchObject({ cost: 15_512_345_600, entry: 15_000 * MILLION });
  });

  it('leaves profit virtual for who wants that', () => {
    const { venue, long, short } = venueWith();
    venue.command(long, 'accountUpdate', { autoRealizePnl: false });
    venue.trade(long, short, SOL, '150', '100');
    venue.mark(SOL, 155);
    venue.pass(20_000);
    venue.pass(10_000);
    expect(venue.unsettled(long)).toBe(500 * MILLION);
    expect(venue.unsettled(short)).toBe(0);
    expect(venue.state.pools[0]?.virtualLentAtoms).toBe(500 * MILLION);
  });
});

describe('funding', () => {
  it('of 0.01875 % costs the long of 2 BTC at 100,000 the documented 37.50 USDC', () => {
    const venue = new PricedVenue();
    const long = venue.trader('long', { USDC: '100000' });
    const short = venue.trader('short', { USDC: '100000' });
    const BTC = 'BTC_USDC_PERP';
    venue.trade(long, short, BTC, '100000', '2');
    const prices = venue.state.markets.bySymbol(BTC)?.prices;
    if (prices === undefined) throw new Error('no market');
    venue.pass(1_000);
    prices.premiumSum = 0.002;
    prices.premiumCount = 1;
    const events = venue.pass(3_600_000);
    expect(events.filter(({ kind }) => kind === 'fundingPaid')).toMatchObject([
      { fundingAtoms: -37_500_000, rate: 0.0001875 },
      { fundingAtoms: 37_500_000 },
    ]);
  });
});

describe('a fill-or-kill order', () => {
  it('fills against futures orders whatever USDC its owner has at hand', () => {
    const { venue, long, short } = venueWith();
    venue.limit(short, 'Ask', '150', '2000', { symbol: SOL });
    venue.order(long, 'Bid', { symbol: SOL, quantity: '2000', timeInForce: 'FOK' });
    expect(venue.position(long, SOL)).toMatchObject({ size: 200_000 });
  });

  it('counts on no maker that might not give: nothing fills', () => {
    const { venue, long, short } = venueWith();
    const third = venue.trader('third', { USDC: '1000000' });
    venue.trade(long, short, SOL, '150', '4000');
    venue.limit(long, 'Bid', '135', '2000', { symbol: SOL });
    venue.mark(SOL, 136);
    const events = venue.order(third, 'Ask', { symbol: SOL, quantity: '10', timeInForce: 'FOK' });
    expect(events.find(({ kind }) => kind === 'orderExpired')).toMatchObject({ reason: 'FillOrKill' });
  });

  it('that only reduces is not filled beyond the position', () => {
    const { venue, long, short } = venueWith();
    venue.trade(long, short, SOL, '150', '10');
    venue.limit(short, 'Bid', '150', '30', { symbol: SOL });
    const terms = { symbol: SOL, reduceOnly: true, timeInForce: 'FOK' } as const;
    venue.order(long, 'Ask', { ...terms, quantity: '11' });
    expect(venue.position(long, SOL)).toMatchObject({ size: 1_000 });
    venue.order(long, 'Ask', { ...terms, quantity: '10' });
    expect(venue.position(long, SOL)).toBeUndefined();
  });
});

describe('a market order', () => {
  it('that nobody answers expires for want of liquidity, not of margin', () => {
    const { venue, long } = venueWith();
    const events = venue.order(long, 'Bid', { symbol: SOL, quantity: '10' });
    expect(events.find(({ kind }) => kind === 'orderExpired')).toMatchObject({ reason: 'InsufficientLiquidity' });
  });

  it('by quote quantity buys what that pays for', () => {
    const { venue, long, short } = venueWith();
    venue.limit(short, 'Ask', '150', '100', { symbol: SOL });
    venue.order(long, 'Bid', { symbol: SOL, quoteQuantity: '1500' });
    expect(venue.position(long, SOL)).toMatchObject({ size: 1_000 });
  });
});
