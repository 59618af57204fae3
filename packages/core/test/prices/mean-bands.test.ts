import { type GenesisConfiguration, SIDE } from '@glasshouse/protocol';
import { RISK_GENESIS } from '@glasshouse/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takerEdge } from '../../src/prices/bands.js';
import { FeedVenue, outcome } from './feed-venue.js';

const PERP = 'SOL_USDC_PERP';
const QUIET = { SOL: 150 };

/** The impact band is out of the way; the premium band is too when `premiumBand` is 1. */
function genesis(premiumBand: number): GenesisConfiguration {
  return {
    ...RISK_GENESIS,
    markets: RISK_GENESIS.markets.map((market) => ({
      ...market,
      impactMinPpm: 0,
      impactMaxPpm: 10_000_000,
      ...(market.perp === undefined ? {} : { perp: { ...market.perp, premiumBand } }),
    })),
  };
}

function venueWith(premiumBand: number) {
  const venue = new FeedVenue({ genesis: genesis(premiumBand) });
  const maker = venue.trader('maker', { USDC: '1000000' });
  const taker = venue.trader('taker', { USDC: '1000000' });
  venue.seconds(1, QUIET);
  return { venue, maker, taker };
}

describe('takers of futures stop at the mean bands', () => {
  test.each([
    ['the mean mark', 'Bid', 1, ['161', '161.25', '161.26'], '161.26x1'],
    ['the mean mark', 'Ask', 1, ['139', '138.75', '138.74'], '138.74x1'],
    ['the mean premium', 'Bid', 0.05, ['157', '157.5', '157.51'], '157.51x1'],
    ['the mean premium', 'Ask', 0.05, ['143', '142.5', '142.49'], '142.49x1'],
  ] as const)('%s: a market %s', (_band, side, premiumBand, prices, left) => {
    const { venue, maker, taker } = venueWith(premiumBand);
    const makerSide = side === 'Bid' ? 'Ask' : 'Bid';
    for (const price of prices) venue.limit(maker, makerSide, price, '1', { symbol: PERP });
    const order = { symbol: PERP, quantity: '3' };
    expect(outcome(venue.order(taker, side, order)).at(-1)).toBe('orderExpired PriceOutOfBounds');
    expect(venue.book(PERP)).toBe(side === 'Bid' ? ` | ${left}` : `${left} | `);
  });

  test('a limit order beyond the edge fills up to it and does not rest; fill-or-kill fills nothing', () => {
    const { venue, maker, taker } = venueWith(1);
    for (const price of ['161', '162']) venue.limit(maker, 'Ask', price, '1', { symbol: PERP });
    const order = { symbol: PERP, price: '170', quantity: '2' };
    expect(outcome(venue.order(taker, 'Bid', { ...order, timeInForce: 'FOK' }))).toEqual([
      'orderAccepted',
      'orderExpired FillOrKill',
    ]);
    expect(outcome(venue.order(taker, 'Bid', order)).at(-1)).toBe('orderExpired PriceOutOfBounds');
    expect(venue.book(PERP)).toBe(' | 162x1');
  });

  test('a maker may rest beyond the edge, and trades when takers reach it from their side', () => {
    const { venue, maker, taker } = venueWith(1);
    expect(outcome(venue.limit(maker, 'Bid', '165', '1', { symbol: PERP }))).toEqual(['orderAccepted']);
    expect(outcome(venue.limit(taker, 'Ask', '165', '1', { symbol: PERP }))).toContain('traded');
  });

  test('the impact band still binds where it is the stricter, and names itself', () => {
    const venue = new FeedVenue();
    const maker = venue.trader('maker', { USDC: '1000000' });
    const taker = venue.trader('taker', { USDC: '1000000' });
    venue.seconds(1, QUIET);
    for (const price of ['150', '151.5', '151.51']) venue.limit(maker, 'Ask', price, '1', { symbol: PERP });
    expect(outcome(venue.order(taker, 'Bid', { symbol: PERP, quantity: '3' })).at(-1)).toBe('orderExpired PriceImpact');
  });

  test('spot knows none of them', () => {
    const { venue, maker, taker } = venueWith(0.05);
    venue.deposit(maker, 'SOL', '10');
    venue.limit(maker, 'Ask', '250', '1');
    expect(outcome(venue.order(taker, 'Bid', { quantity: '1' }))).toContain('traded');
  });
});

describe('the edge', () => {
  test('without means is that of the impact band', () => {
    const venue = new FeedVenue();
    expect(takerEdge(venue.market(PERP), SIDE.bid)).toEqual({ ticks: 0x7fffffff, reason: 'PriceImpact' });
    expect(takerEdge(venue.market(PERP), SIDE.ask)).toEqual({ ticks: 1, reason: 'PriceImpact' });
  });

  test('is never beyond either band, and within a tick of the stricter', () => {
    const { venue } = venueWith(0.05);
    const market = venue.market(PERP);
    const { prices } = market;
    const price = fc.double({ min: 0.5, max: 1900, noNaN: true });
    fc.assert(
      fc.property(price, price, fc.double({ min: -0.2, max: 0.2, noNaN: true }), (mark, index, premium) => {
        prices.meanMarkPrice = mark;
        prices.indexPrice = index as typeof prices.indexPrice;
        prices.meanPremiumFraction = premium;
        const dearest = Math.min(mark * 1.075, index * (1 + premium + 0.05));
        const cheapest = Math.max(mark * 0.925, index * (1 + premium - 0.05));
        const bid = takerEdge(market, SIDE.bid).ticks / 100;
        expect(bid).toBeLessThan(dearest + 1e-9);
        expect(bid).toBeGreaterThan(dearest - 0.01 - 1e-9);
        const ask = takerEdge(market, SIDE.ask).ticks / 100;
        expect(ask).toBeGreaterThan(cheapest - 1e-9);
        expect(ask).toBeLessThan(Math.max(0.01, cheapest) + 0.01 + 1e-9);
      }),
    );
  });
});
