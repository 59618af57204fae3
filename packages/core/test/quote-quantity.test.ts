import { TEST_GENESIS } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { summary, Venue } from './venue.js';

const RICH = { USDC: '1000000', SOL: '1000' };

function venueWith(side: 'Bid' | 'Ask', levels: readonly (readonly [price: string, quantity: string])[]) {
  const venue = new Venue();
  const maker = venue.trader('maker', RICH);
  for (const [price, quantity] of levels) venue.limit(maker, side, price, quantity);
  return { venue, taker: venue.trader('taker', { USDC: '1000', SOL: '10' }) };
}

describe('a market order by quote quantity', () => {
  test.each([
    ['buys whole lots, fee inside', 'Bid', [['100', '10']], '100', 'orderFilled', 'USDC 900.901/0', 'SOL 10.99/0'],
    ['buys for everything it has', 'Bid', [['100', '10']], '1000', 'orderFilled', 'USDC 0.001/0', 'SOL 19.99/0'],
    [
      'buys across levels',
      'Bid',
      [
        ['100', '1'],
        ['100.5', '1'],
      ],
      '150.6',
      'orderFilled',
      'USDC 849.59975/0',
      'SOL 11.5/0',
    ],
    ['sells whole lots', 'Ask', [['100', '10']], '150.5', 'orderFilled', 'USDC 1149.85/0', 'SOL 8.5/0'],
    [
      'sells until the book is empty',
      'Ask',
      [['100', '1']],
      '200',
      'orderExpired InsufficientLiquidity',
      'USDC 1099.9/0',
      'SOL 9/0',
    ],
    [
      'buys up to the impact edge',
      'Bid',
      [
        ['100', '1'],
        ['110', '1'],
      ],
      '300',
      'orderExpired PriceImpact',
      'USDC 899.9/0',
      'SOL 11/0',
    ],
    [
      'ends when the rest is no lot at the next price',
      'Bid',
      [
        ['100', '1'],
        ['100.9', '1'],
      ],
      '101.104',
      'orderExpired InvalidQuantity',
      'USDC 899.9/0',
      'SOL 11/0',
    ],
    ['is too small for one lot', 'Bid', [['100', '1']], '1', 'orderExpired InvalidQuantity', 'USDC 1000/0', 'SOL 10/0'],
  ] as [string, 'Bid' | 'Ask', [string, string][], string, string, string, string][])(
    '%s',
    (_name, side, levels, quoteQuantity, last, usdc, sol) => {
      const { venue, taker } = venueWith(side === 'Bid' ? 'Ask' : 'Bid', levels);
      expect(summary(venue.order(taker, side, { quoteQuantity })).at(-1)).toBe(last);
      expect(venue.balances(taker)).toEqual([usdc, sol]);
    },
  );

  test('an ask needs only what the book would take for it', () => {
    const { venue, taker } = venueWith('Bid', [['100', '100']]);
    expect(summary(venue.order(taker, 'Ask', { quoteQuantity: '1000' })).at(-1)).toBe('orderFilled');
    const [event] = venue.order(taker, 'Ask', { quoteQuantity: '1' });
    expect(event).toMatchObject({
      reason: 'insufficientFunds',
      details: { asset: 'SOL', required: '0.01', available: '0' },
    });
  });

  test('what lies past the impact edge need not be paid for, by quote quantity or by quantity', () => {
    const bids = venueWith('Bid', [
      ['100', '10'],
      ['90', '100'],
    ]);
    const ask = bids.venue.order(bids.taker, 'Ask', { quoteQuantity: '5000' });
    expect(summary(ask).at(-1)).toBe('orderExpired PriceImpact');
    const asks = venueWith('Ask', [
      ['100', '9'],
      ['110', '100'],
    ]);
    const bid = asks.venue.order(asks.taker, 'Bid', { quantity: '50' });
    expect(summary(bid).at(-1)).toBe('orderExpired PriceImpact');
  });

  test('own orders in the way are treated as for any other order', () => {
    const { venue, taker } = venueWith('Ask', [['100.5', '1']]);
    venue.limit(taker, 'Ask', '100', '1');
    const order = { quoteQuantity: '50', selfTradePrevention: 'RejectMaker' };
    expect(summary(venue.order(taker, 'Bid', order)).at(-1)).toBe('orderFilled');
    expect(venue.book()).toBe(' | 100.5x0.51');
  });
});

test('a level worth little but large beyond numbers is refused, not stumbled over', () => {
  const markets = TEST_GENESIS.markets.map((market) =>
    market.symbol === 'SOL_USDC' ? { ...market, maxQuantity: '9000000000', maxPrice: '1' } : market,
  );
  const venue = new Venue({ genesis: { ...TEST_GENESIS, markets } });
  const maker = venue.trader('maker', { USDC: '1000000000' });
  for (let count = 0; count < 3; count += 1) venue.limit(maker, 'Bid', '0.01', '9000000000');
  const taker = venue.trader('taker', { SOL: '1000' });
  expect(summary(venue.order(taker, 'Ask', { quoteQuantity: '200000000' }))).toEqual(['rejected insufficientFunds']);
  expect(summary(venue.order(taker, 'Ask', { quoteQuantity: '1' })).at(-1)).toBe('orderFilled');
});
