import { describe, expect, test } from 'vitest';
import { summary, Venue } from './venue.js';

const RICH = { USDC: '1000000', SOL: '1000' };

describe('limit orders', () => {
  test('a resting bid locks its notional and the maker fee that may come', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', { USDC: '1000' });
    expect(summary(venue.limit(alice, 'Bid', '100', '2'))).toEqual(['orderAccepted']);
    expect(venue.balances(alice)).toEqual(['USDC 799.84/200.16']);
    expect(venue.book()).toBe('100x2 | ');
  });

  test('a crossing order fills at the maker price, taker pays 10 bps, maker 8 bps', () => {
    const venue = new Venue();
    const maker = venue.trader('maker', { SOL: '10' });
    const taker = venue.trader('taker', { USDC: '1000' });
    venue.limit(maker, 'Ask', '100', '5');
    expect(summary(venue.limit(taker, 'Bid', '100.5', '2'))).toEqual([
      'orderAccepted',
      'traded',
      'orderFilled',
      'orderFilled',
    ]);
    expect(venue.balances(maker)).toEqual(['USDC 199.84/0', 'SOL 5/3']);
    expect(venue.balances(taker)).toEqual(['USDC 799.8/0', 'SOL 2/0']);
    expect(venue.book()).toBe(' | 100x3');
  });

  test('the rest of a taker rests and is backed by its reserve alone', () => {
    const venue = new Venue();
    const maker = venue.trader('maker', RICH);
    const taker = venue.trader('taker', RICH);
    venue.limit(maker, 'Ask', '100', '1');
    venue.limit(taker, 'Bid', '100', '3');
    expect(venue.book()).toBe('100x2 | ');
    expect(venue.balances(taker)[0]).toBe('USDC 999699.74/200.16');
  });

  test('price goes before time, and time before size', () => {
    const venue = new Venue();
    const [a, b, c, taker] = ['a', 'b', 'c', 't'].map((name) => venue.trader(name, RICH)) as [
      number,
      number,
      number,
      number,
    ];
    venue.limit(a, 'Ask', '101', '1');
    venue.limit(b, 'Ask', '100', '1');
    venue.limit(c, 'Ask', '100', '9');
    venue.limit(taker, 'Bid', '100', '1');
    expect(venue.balances(b)).toEqual(['USDC 1000099.92/0', 'SOL 999/0']);
    expect(venue.book()).toBe(' | 100x9 101x1');
  });

  test('an order that fills in pieces pays one rounded fee, not one for each piece', () => {
    const venue = new Venue();
    const makers = Array.from({ length: 7 }, (_, index) => venue.trader(`m${index}`, RICH));
    const taker = venue.trader('taker', { USDC: '100' });
    for (const maker of makers) venue.limit(maker, 'Ask', '0.03', '0.01');
    venue.limit(taker, 'Bid', '0.03', '0.07');
    expect(venue.balances(taker)[0]).toBe('USDC 99.997897/0');
  });
});

describe('time in force', () => {
  test.each([
    ['IOC', '3', ['orderAccepted', 'traded', 'orderFilled', 'orderFilled', 'orderExpired ImmediateOrCancel'], ' | '],
    ['FOK', '3', ['orderAccepted', 'orderExpired FillOrKill'], ' | 100x1'],
    ['FOK', '1', ['orderAccepted', 'traded', 'orderFilled', 'orderFilled'], ' | '],
  ])('%s for %s against one resting', (timeInForce, quantity, events, book) => {
    const venue = new Venue();
    venue.limit(venue.trader('maker', RICH), 'Ask', '100', '1');
    expect(summary(venue.limit(venue.trader('taker', RICH), 'Bid', '100', quantity, { timeInForce }))).toEqual(events);
    expect(venue.book()).toBe(book);
  });

  test('post-only that would take is refused and costs nothing', () => {
    const venue = new Venue();
    venue.limit(venue.trader('maker', RICH), 'Ask', '100', '1');
    const taker = venue.trader('taker', RICH);
    expect(summary(venue.limit(taker, 'Bid', '100', '1', { postOnly: true }))).toEqual(['rejected postOnlyWouldTake']);
    expect(summary(venue.limit(taker, 'Bid', '99.99', '1', { postOnly: true }))).toEqual(['orderAccepted']);
  });
});

describe('market orders', () => {
  test('by quantity take the book up to the impact band and expire the rest', () => {
    const venue = new Venue();
    const maker = venue.trader('maker', RICH);
    for (const price of ['100', '100.9', '101.1']) venue.limit(maker, 'Ask', price, '1');
    const taker = venue.trader('taker', RICH);
    expect(summary(venue.order(taker, 'Bid', { quantity: '3' })).at(-1)).toBe('orderExpired PriceImpact');
    expect(venue.book()).toBe(' | 101.1x1');
  });

  test('by quote quantity spend no more than it, fee included', () => {
    const venue = new Venue();
    venue.limit(venue.trader('maker', RICH), 'Ask', '100', '10');
    const taker = venue.trader('taker', { USDC: '250' });
    const events = venue.order(taker, 'Bid', { quoteQuantity: '250' });
    expect(summary(events)).toEqual(['orderAccepted', 'traded', 'orderFilled', 'orderFilled']);
    expect(events.find(({ kind }) => kind === 'orderFilled')).toMatchObject({ fill: { sizeLots: 249 } });
    expect(venue.balances(taker)).toEqual(['USDC 0.751/0', 'SOL 2.49/0']);
  });

  test('by quote quantity sell until it is fetched', () => {
    const venue = new Venue();
    const maker = venue.trader('maker', RICH);
    venue.limit(maker, 'Bid', '100', '1');
    venue.limit(maker, 'Bid', '99.5', '10');
    const taker = venue.trader('taker', { SOL: '10' });
    venue.order(taker, 'Ask', { quoteQuantity: '200' });
    expect(venue.balances(taker)).toEqual(['USDC 199.3005/0', 'SOL 8/0']);
  });

  test('that skip their own orders take what their owner can pay, and no more', () => {
    const venue = new Venue();
    const self = venue.trader('self', { USDC: '150.5', SOL: '1' });
    venue.limit(self, 'Ask', '100', '1');
    venue.limit(venue.trader('other', RICH), 'Ask', '100.5', '5');
    const order = { quantity: '1.5', selfTradePrevention: 'RejectMaker' };
    expect(summary(venue.order(self, 'Bid', order)).at(-1)).toBe('orderExpired InsufficientFunds');
    expect(venue.balances(self)).toEqual(['USDC 0.605255/0', 'SOL 2.49/0']);
  });

  test('against an empty book expire for want of liquidity', () => {
    const venue = new Venue();
    const taker = venue.trader('taker', RICH);
    expect(summary(venue.order(taker, 'Bid', { quantity: '1' }))).toEqual([
      'orderAccepted',
      'orderExpired InsufficientLiquidity',
    ]);
  });
});

describe('self-trade prevention', () => {
  test.each([
    ['RejectTaker', ['orderAccepted', 'orderExpired SelfTradePrevention'], ' | 100x1 100.5x1'],
    [
      'RejectMaker',
      ['orderAccepted', 'orderExpired SelfTradePrevention', 'traded', 'orderFilled', 'orderFilled'],
      ' | ',
    ],
    [
      'RejectBoth',
      ['orderAccepted', 'orderExpired SelfTradePrevention', 'orderExpired SelfTradePrevention'],
      ' | 100.5x1',
    ],
  ])('%s', (selfTradePrevention, events, book) => {
    const venue = new Venue();
    const self = venue.trader('self', RICH);
    venue.limit(self, 'Ask', '100', '1');
    venue.limit(venue.trader('other', RICH), 'Ask', '100.5', '1');
    expect(summary(venue.limit(self, 'Bid', '100.5', '1', { selfTradePrevention }))).toEqual(events);
    expect(venue.book()).toBe(book);
  });
});

describe('cancelling', () => {
  test('by order id, by client id and all of a market give everything back', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', RICH);
    venue.limit(alice, 'Bid', '100', '1');
    venue.limit(alice, 'Bid', '99', '1', { clientId: 7 });
    venue.limit(alice, 'Ask', '110', '1');
    venue.limit(alice, 'Ask', '111', '1');
    expect(summary(venue.command(alice, 'orderCancel', { symbol: 'SOL_USDC', orderId: '1' }))).toEqual([
      'orderCancelled',
    ]);
    expect(summary(venue.command(alice, 'orderCancel', { symbol: 'SOL_USDC', clientId: 7 }))).toEqual([
      'orderCancelled',
    ]);
    expect(summary(venue.command(alice, 'orderCancelAll', { symbol: 'SOL_USDC' }))).toEqual([
      'orderCancelled',
      'orderCancelled',
    ]);
    expect(venue.balances(alice)).toEqual(['USDC 1000000/0', 'SOL 1000/0']);
    expect(summary(venue.command(alice, 'orderCancel', { symbol: 'SOL_USDC', clientId: 7 }))).toEqual([
      'rejected orderUnknown',
    ]);
  });

  test("another account's order is unknown", () => {
    const venue = new Venue();
    venue.limit(venue.trader('alice', RICH), 'Bid', '100', '1');
    const bob = venue.trader('bob');
    expect(summary(venue.command(bob, 'orderCancel', { symbol: 'SOL_USDC', orderId: '1' }))).toEqual([
      'rejected orderUnknown',
    ]);
  });

  test('reducing keeps the place in the queue and frees its part of the reserve', () => {
    const venue = new Venue();
    const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((name) => venue.trader(name, RICH)) as [
      number,
      number,
      number,
    ];
    venue.limit(alice, 'Ask', '100', '5');
    venue.limit(bob, 'Ask', '100', '5');
    venue.command(alice, 'glassOrderReduce', { symbol: 'SOL_USDC', orderId: '1', quantity: '4' });
    expect(venue.balances(alice)[1]).toBe('SOL 999/1');
    venue.limit(carol, 'Bid', '100', '1');
    expect(venue.balances(alice)).toEqual(['USDC 1000099.92/0', 'SOL 999/0']);
  });
});

describe('batches', () => {
  test('each element succeeds or fails on its own, in order', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', { USDC: '250' });
    const bid = { symbol: 'SOL_USDC', orderType: 'Limit', side: 'Bid', quantity: '1' };
    const events = venue.apply(
      venue.maker.orders(alice, [
        { ...bid, price: '100' },
        { ...bid, price: '100.001' },
        { ...bid, price: '120' },
        { ...bid, price: '140' },
      ]),
    );
    expect(summary(events)).toEqual([
      'orderAccepted',
      'rejected priceNotOnTick',
      'orderAccepted',
      'rejected insufficientFunds',
    ]);
    expect(events.filter(({ kind }) => kind === 'rejected')).toMatchObject([{ index: 1 }, { index: 3 }]);
  });
});
