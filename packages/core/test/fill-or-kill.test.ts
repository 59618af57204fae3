import { describe, expect, test } from 'vitest';
import { summary, Venue } from './venue.js';

const RICH = { USDC: '1000000', SOL: '1000' };
const FOK = { timeInForce: 'FOK' };
const KILLED = 'orderExpired FillOrKill';

/** `own` orders are the taker's; each is [side, price, quantity]. */
type Resting = readonly (readonly ['Bid' | 'Ask', string, string, own?: 'own'])[];

function venueWith(resting: Resting, funds: Readonly<Record<string, string>> = RICH) {
  const venue = new Venue();
  const maker = venue.trader('maker', RICH);
  const taker = venue.trader('taker', funds);
  for (const [side, price, quantity, own] of resting) venue.limit(own ? taker : maker, side, price, quantity);
  return { venue, taker };
}

describe('a fill-or-kill order fills whole or not at all', () => {
  const TWO_ASKS: Resting = [
    ['Ask', '100', '1'],
    ['Ask', '100.5', '1'],
  ];
  test.each([
    ['exactly what is there', TWO_ASKS, { price: '100.5', quantity: '2' }, 'orderFilled', ' | '],
    ['less', TWO_ASKS, { price: '100.5', quantity: '1.5' }, 'orderFilled', ' | 100.5x0.5'],
    ['one step more', TWO_ASKS, { price: '100.5', quantity: '2.01' }, KILLED, ' | 100x1 100.5x1'],
    ['beyond its limit', TWO_ASKS, { price: '100.4', quantity: '2' }, KILLED, ' | 100x1 100.5x1'],
    [
      'beyond the impact band',
      [
        ['Ask', '100', '1'],
        ['Ask', '102', '1'],
      ],
      { price: '102', quantity: '2' },
      KILLED,
      ' | 100x1 102x1',
    ],
    ['by market', TWO_ASKS, { quantity: '2' }, 'orderFilled', ' | '],
    ['by market, too much', TWO_ASKS, { quantity: '2.01' }, KILLED, ' | 100x1 100.5x1'],
    ['an empty book', [], { price: '100', quantity: '1' }, KILLED, ' | '],
  ] as [string, Resting, Record<string, string>, string, string][])('%s', (_name, resting, order, last, book) => {
    const { venue, taker } = venueWith(resting);
    expect(summary(venue.order(taker, 'Bid', { ...order, ...FOK })).at(-1)).toBe(last);
    expect(venue.book()).toBe(book);
  });
});

describe('by quote quantity it is whole when less than a lot is left', () => {
  test.each([
    ['a bid, exactly with its fee', 'Bid', [['Ask', '100', '2.49']], '250', 'orderFilled'],
    ['a bid, a lot short', 'Bid', [['Ask', '100', '2.48']], '250', KILLED],
    ['an ask, exactly', 'Ask', [['Bid', '100', '2']], '200', 'orderFilled'],
    ['an ask, a lot short', 'Ask', [['Bid', '100', '1.99']], '200', KILLED],
    [
      'an ask over two levels',
      'Ask',
      [
        ['Bid', '100', '1'],
        ['Bid', '99.5', '2'],
      ],
      '200',
      'orderFilled',
    ],
    ['less than a lot', 'Bid', [['Ask', '100', '1']], '0.5', 'orderExpired InvalidQuantity'],
  ] as [string, 'Bid' | 'Ask', Resting, string, string][])('%s', (_name, side, resting, quoteQuantity, last) => {
    const { venue, taker } = venueWith(resting);
    const before = venue.book();
    expect(summary(venue.order(taker, side, { quoteQuantity, ...FOK })).at(-1)).toBe(last);
    if (last !== 'orderFilled') expect(venue.book()).toBe(before);
  });
});

describe('own orders in its way', () => {
  const MIXED: Resting = [
    ['Ask', '100', '1', 'own'],
    ['Ask', '100.5', '1'],
  ];
  test.each([
    ['RejectTaker', '1', KILLED, ' | 100x1 100.5x1'],
    ['RejectBoth', '1', KILLED, ' | 100x1 100.5x1'],
    ['RejectMaker', '1', 'orderFilled', ' | '],
    ['RejectMaker', '1.01', KILLED, ' | 100x1 100.5x1'],
  ])('%s for %s', (selfTradePrevention, quantity, last, book) => {
    const { venue, taker } = venueWith(MIXED);
    const order = { price: '100.5', quantity, selfTradePrevention, ...FOK };
    expect(summary(venue.order(taker, 'Bid', order)).at(-1)).toBe(last);
    expect(venue.book()).toBe(book);
  });

  test('behind what fills it, they are not in its way', () => {
    const { venue, taker } = venueWith([
      ['Ask', '100', '1'],
      ['Ask', '100', '1', 'own'],
    ]);
    expect(summary(venue.order(taker, 'Bid', { price: '100', quantity: '1', ...FOK })).at(-1)).toBe('orderFilled');
  });

  test('a market order that skips its own must be able to pay what lies behind', () => {
    const resting: Resting = [
      ['Ask', '100', '5', 'own'],
      ['Ask', '100.5', '5'],
    ];
    const order = { quantity: '5', selfTradePrevention: 'RejectMaker', ...FOK };
    const poor = venueWith(resting, { USDC: '501', SOL: '5' });
    expect(summary(poor.venue.order(poor.taker, 'Bid', order))).toEqual(['orderAccepted', KILLED]);
    expect(poor.venue.book()).toBe(' | 100x5 100.5x5');
    const enough = venueWith(resting, { USDC: '503.0025', SOL: '5' });
    expect(summary(enough.venue.order(enough.taker, 'Bid', order)).at(-1)).toBe('orderFilled');
    expect(enough.venue.balances(enough.taker)).toEqual(['SOL 10/0']);
  });

  test('the same for an ask by quote quantity', () => {
    const resting: Resting = [
      ['Bid', '100', '5', 'own'],
      ['Bid', '99.5', '5'],
    ];
    const order = { quoteQuantity: '497.5', selfTradePrevention: 'RejectMaker', ...FOK };
    const poor = venueWith(resting, { USDC: '1000', SOL: '4.99' });
    expect(summary(poor.venue.order(poor.taker, 'Ask', order))).toEqual(['orderAccepted', KILLED]);
    const enough = venueWith(resting, { USDC: '1000', SOL: '5' });
    expect(summary(enough.venue.order(enough.taker, 'Ask', order)).at(-1)).toBe('orderFilled');
  });
});
