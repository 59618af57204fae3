import { TEST_GENESIS } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { summary, Venue } from './venue.js';

const RICH = { USDC: '1000000', SOL: '1000' };

function traders(venue: Venue) {
  return { maker: venue.trader('maker', RICH), taker: venue.trader('taker', RICH) };
}

/** Puts bid, ask and last trade where they are wanted; 0 leaves one out. */
function quoted(bid: number, ask: number, last: number) {
  const venue = new Venue();
  const { maker, taker } = traders(venue);
  if (last > 0) {
    venue.limit(maker, 'Ask', String(last), '1');
    venue.limit(taker, 'Bid', String(last), '1');
  }
  if (bid > 0) venue.limit(maker, 'Bid', String(bid), '1');
  if (ask > 0) venue.limit(maker, 'Ask', String(ask), '1');
  return { venue, taker };
}

describe('the limit band is 0.25 to 2 times the active price', () => {
  test.each([
    ['nothing known', 0, 0, 0, undefined],
    ['a bid alone', 100, 0, 0, 100],
    ['an ask alone', 0, 120, 0, 120],
    ['a trade alone', 0, 0, 80, 80],
    ['bid and ask', 100, 120, 0, 110],
    ['bid and ask an odd number of ticks apart', 100, 100.01, 0, 100.005],
    ['bid and trade', 100, 0, 80, 90],
    ['ask and trade', 0, 120, 80, 100],
    ['all, trade between', 100, 120, 110, 110],
    ['all, trade below', 100, 120, 90, 100],
    ['all, trade above', 100, 120, 150, 120],
  ])('%s', (_name, bid, ask, last, active) => {
    const at = (price: number) => {
      const { venue, taker } = quoted(bid, ask, last);
      return summary(venue.limit(taker, 'Bid', price.toFixed(2), '0.01', { postOnly: false, timeInForce: 'IOC' }))[0];
    };
    if (active === undefined) {
      expect([at(0.01), at(1_000_000)]).toEqual(['orderAccepted', 'orderAccepted']);
      return;
    }
    const most = Math.floor(active * 2 * 100 + 1e-6) / 100;
    const least = Math.ceil(active * 0.25 * 100 - 1e-6) / 100;
    expect([at(most), at(most + 0.01)]).toEqual(['orderAccepted', 'rejected priceOutsideBand']);
    expect([at(least), at(least - 0.01)]).toEqual(['orderAccepted', 'rejected priceOutsideBand']);
  });

  test('a price between two ticks is named with its half', () => {
    const { venue, taker } = quoted(100, 100.01, 0);
    const [event] = venue.limit(taker, 'Bid', '300', '1');
    expect(event).toMatchObject({ reason: 'priceOutsideBand', details: { activePrice: '100.005' } });
  });

  test('market orders are not held to it', () => {
    const { venue, taker } = quoted(0, 200, 100);
    const maker = venue.trader('another', RICH);
    venue.limit(maker, 'Bid', '50', '1');
    venue.limit(taker, 'Ask', '50', '1');
    venue.limit(maker, 'Bid', '60', '1');
    expect(summary(venue.limit(taker, 'Bid', '200', '1'))).toEqual(['rejected priceOutsideBand']);
    expect(summary(venue.order(taker, 'Bid', { quantity: '1' }))).toContain('traded');
  });
});

describe('the impact band is 0.99 to 1.01 times the best opposite price', () => {
  test.each([
    ['Bid', ['100', '101', '101.01'], 'PriceImpact', ' | 101.01x1'],
    ['Ask', ['100', '99', '98.99'], 'PriceImpact', '98.99x1 | '],
    ['Bid', ['33.33', '33.66', '33.67'], 'PriceImpact', ' | 33.67x1'],
    ['Ask', ['33.33', '33', '32.99'], 'PriceImpact', '32.99x1 | '],
  ] as const)('a market %s through %s', (side, prices, reason, book) => {
    const venue = new Venue();
    const { maker, taker } = traders(venue);
    for (const price of prices) venue.limit(maker, side === 'Bid' ? 'Ask' : 'Bid', price, '1');
    expect(summary(venue.order(taker, side, { quantity: '3' })).at(-1)).toBe(`orderExpired ${reason}`);
    expect(venue.book()).toBe(book);
  });

  test('a limit order stops there too and does not come to rest across the book', () => {
    const venue = new Venue();
    const { maker, taker } = traders(venue);
    for (const price of ['100', '105']) venue.limit(maker, 'Ask', price, '1');
    expect(summary(venue.limit(taker, 'Bid', '110', '3'))).toEqual([
      'orderAccepted',
      'traded',
      'orderFilled',
      'orderFilled',
      'orderExpired PriceImpact',
    ]);
    expect(venue.book()).toBe(' | 105x1');
  });

  test('a limit order rests when nothing is left within its own limit', () => {
    const venue = new Venue();
    const { maker, taker } = traders(venue);
    for (const price of ['100', '105']) venue.limit(maker, 'Ask', price, '1');
    venue.limit(taker, 'Bid', '104', '3');
    expect(venue.book()).toBe('104x2 | 105x1');
  });
});

describe('filters that move under resting orders', () => {
  const [market] = TEST_GENESIS.markets.filter(({ symbol }) => symbol === 'SOL_USDC');
  if (market === undefined) throw new Error('no SOL_USDC');

  test('leave them in the book, to be traded with and taken back', () => {
    const venue = new Venue();
    const { maker, taker } = traders(venue);
    venue.limit(maker, 'Ask', '100', '5');
    venue.decide({ kind: 'setMarketFilters', market: { ...market, maxPrice: '50', maxQuantity: '2' } });
    expect(summary(venue.limit(maker, 'Ask', '100', '1'))).toEqual(['rejected priceAboveMaximum']);
    expect(summary(venue.order(taker, 'Bid', { quantity: '2' })).at(-1)).toBe('orderFilled');
    expect(summary(venue.command(maker, 'orderCancelAll', { symbol: 'SOL_USDC' }))).toEqual(['orderCancelled']);
  });

  test('cannot make a market order cost more than a number holds', () => {
    const venue = new Venue();
    const { maker, taker } = traders(venue);
    venue.deposit(maker, 'SOL', '1000000');
    for (let count = 0; count < 1000; count += 1) venue.limit(maker, 'Ask', '1000000', '1000');
    venue.decide({ kind: 'setMarketFilters', market: { ...market, maxPrice: '1', maxQuantity: '100000000' } });
    expect(summary(venue.order(taker, 'Bid', { quantity: '100000000' }))).toEqual(['rejected insufficientFunds']);
  });

  test('keep tick and step', () => {
    const venue = new Venue();
    const changed = { ...market, tickSize: '0.02', minPrice: '0.02' };
    const [event] = venue.decide({ kind: 'setMarketFilters', market: changed });
    expect(event).toMatchObject({
      reason: 'actionInvalid',
      details: { problem: 'action.market.tickSize: cannot change' },
    });
  });
});
