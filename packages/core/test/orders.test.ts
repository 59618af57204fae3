import { TEST_GENESIS } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { summary, Venue } from './venue.js';

const RICH = { USDC: '1000000', SOL: '1000' };
const SYMBOL = 'SOL_USDC';

describe('client ids', () => {
  const CLIENT = { clientId: 7 };

  test.each([
    ['cancelled', (venue: Venue, key: number) => venue.command(key, 'orderCancel', { symbol: SYMBOL, ...CLIENT })],
    ['cancelled with all', (venue: Venue, key: number) => venue.command(key, 'orderCancelAll', { symbol: SYMBOL })],
    ['filled', (venue: Venue) => venue.limit(venue.trader('taker', RICH), 'Ask', '100', '1')],
    [
      'taken out by its own account',
      (venue: Venue, key: number) => venue.limit(key, 'Ask', '100', '1', { selfTradePrevention: 'RejectBoth' }),
    ],
  ] as [string, (venue: Venue, key: number) => void][])('are free again when the order is %s', (_name, end) => {
    const venue = new Venue();
    const alice = venue.trader('alice', RICH);
    venue.limit(alice, 'Bid', '100', '1', CLIENT);
    expect(summary(venue.limit(alice, 'Bid', '99', '1', CLIENT))).toEqual(['rejected clientIdInUse']);
    end(venue, alice);
    expect(summary(venue.limit(alice, 'Bid', '99', '1', CLIENT))).toEqual(['orderAccepted']);
  });

  test('stay in use while the order is filled in part', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', RICH);
    venue.limit(alice, 'Bid', '100', '2', CLIENT);
    venue.limit(venue.trader('taker', RICH), 'Ask', '100', '1');
    expect(summary(venue.limit(alice, 'Bid', '99', '1', CLIENT))).toEqual(['rejected clientIdInUse']);
  });

  test('are never in use by an order that does not rest', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', RICH);
    for (const timeInForce of ['IOC', 'FOK', 'IOC']) {
      expect(summary(venue.limit(alice, 'Bid', '100', '1', { ...CLIENT, timeInForce }))[0]).toBe('orderAccepted');
    }
  });

  test('belong to the account: another, even of the same customer, may use the same', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', RICH);
    const bob = venue.trader('bob', RICH);
    venue.limit(alice, 'Bid', '100', '1', { clientId: 0 });
    expect(summary(venue.limit(bob, 'Bid', '99', '1', { clientId: 0 }))).toEqual(['orderAccepted']);
    venue.command(bob, 'orderCancel', { symbol: SYMBOL, clientId: 0 });
    expect(venue.book()).toBe('100x1 | ');
  });

  test('of another market are not found in this one', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', RICH);
    venue.limit(alice, 'Bid', '100', '1', CLIENT);
    expect(summary(venue.command(alice, 'orderCancel', { symbol: 'BTC_USDC', ...CLIENT }))).toEqual([
      'rejected orderUnknown',
    ]);
    expect(summary(venue.limit(alice, 'Bid', '100', '1', { ...CLIENT, symbol: 'BTC_USDC' }))).toEqual([
      'rejected clientIdInUse',
    ]);
  });
});

describe('the limit of open orders', () => {
  const settings = { ...TEST_GENESIS.settings, maxOpenOrdersPerAccount: 2 };

  test('counts what rests, in all markets, and nothing else', () => {
    const venue = new Venue({ genesis: { ...TEST_GENESIS, settings } });
    const alice = venue.trader('alice', RICH);
    venue.limit(alice, 'Bid', '100', '1');
    venue.limit(alice, 'Bid', '10', '1', { symbol: 'BTC_USDC' });
    expect(summary(venue.limit(alice, 'Bid', '99', '1'))).toEqual(['rejected openOrderLimit']);
    expect(summary(venue.limit(alice, 'Bid', '99', '1', { timeInForce: 'IOC' }))[0]).toBe('orderAccepted');
    expect(summary(venue.order(alice, 'Bid', { quantity: '1' }))[0]).toBe('orderAccepted');
    venue.command(alice, 'orderCancelAll', { symbol: SYMBOL });
    expect(summary(venue.limit(alice, 'Bid', '99', '1'))).toEqual(['orderAccepted']);
  });

  test('holds within a batch too', () => {
    const venue = new Venue({ genesis: { ...TEST_GENESIS, settings } });
    const alice = venue.trader('alice', RICH);
    const bid = { symbol: SYMBOL, orderType: 'Limit', side: 'Bid', price: '100', quantity: '1' };
    expect(summary(venue.apply(venue.maker.orders(alice, [bid, bid, bid])))).toEqual([
      'orderAccepted',
      'orderAccepted',
      'rejected openOrderLimit',
    ]);
  });
});

describe('an account that meets itself in a batch', () => {
  const order = (side: string, rest: object) => ({ symbol: SYMBOL, orderType: 'Limit', side, price: '100', ...rest });

  test.each([
    ['RejectTaker', ['orderAccepted', 'orderAccepted', 'orderExpired SelfTradePrevention'], ' | 100x1'],
    ['RejectMaker', ['orderAccepted', 'orderAccepted', 'orderExpired SelfTradePrevention'], '100x1 | '],
    [
      'RejectBoth',
      ['orderAccepted', 'orderAccepted', 'orderExpired SelfTradePrevention', 'orderExpired SelfTradePrevention'],
      ' | ',
    ],
  ])('%s', (selfTradePrevention, events, book) => {
    const venue = new Venue();
    const self = venue.trader('self', RICH);
    const orders = [order('Ask', { quantity: '1' }), order('Bid', { quantity: '1', selfTradePrevention })];
    expect(summary(venue.apply(venue.maker.orders(self, orders)))).toEqual(events);
    expect(venue.book()).toBe(book);
  });

  test('levels are announced once each, as they are in the end, with consecutive ids', () => {
    const venue = new Venue();
    const self = venue.trader('self', RICH);
    venue.limit(self, 'Ask', '100', '1');
    const orders = [
      order('Ask', { quantity: '2' }),
      order('Bid', { quantity: '1', selfTradePrevention: 'RejectMaker', timeInForce: 'IOC' }),
      order('Ask', { quantity: '5' }),
    ];
    const levels = venue.apply(venue.maker.orders(self, orders)).filter(({ kind }) => kind === 'levelChanged');
    expect(levels).toEqual([
      { kind: 'levelChanged', marketId: 3, updateId: 2, side: 1, priceTicks: 10_000, sizeLots: 500 },
    ]);
  });

  test('subaccounts of one customer trade with each other like strangers', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', RICH);
    const publicKey = `${'D'.repeat(42)}0=`;
    venue.command(alice, 'glassSubaccountCreate', { publicKey });
    venue.command(alice, 'glassTransfer', { toAccountId: 2, symbol: 'SOL', quantity: '5' });
    venue.limit(venue.keyId(publicKey), 'Ask', '100', '1');
    expect(summary(venue.limit(alice, 'Bid', '100', '1'))).toContain('traded');
  });
});

describe('a resting order that is reduced', () => {
  test('cannot be reduced to nothing, nor beyond, nor by parts of a step', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', RICH);
    venue.limit(alice, 'Bid', '100', '1', { clientId: 3 });
    const reduce = (quantity: string) =>
      summary(venue.command(alice, 'glassOrderReduce', { symbol: SYMBOL, orderId: 1, quantity }));
    expect(reduce('1')).toEqual(['rejected quantityAboveMaximum']);
    expect(reduce('5')).toEqual(['rejected quantityAboveMaximum']);
    expect(reduce('0.005')).toEqual(['rejected quantityNotOnStep']);
    expect(reduce('0')).toEqual(['rejected quantityBelowMinimum']);
    expect(reduce('0.99')).toEqual(['orderReduced']);
    expect(reduce('0.01')).toEqual(['rejected quantityAboveMaximum']);
    expect(venue.balances(alice)[0]).toBe('USDC 999998.9992/1.0008');
    expect(summary(venue.command(alice, 'orderCancel', { symbol: SYMBOL, clientId: 3 }))).toEqual(['orderCancelled']);
    expect(venue.balances(alice)[0]).toBe('USDC 1000000/0');
  });

  test('after part of it was filled, frees what its fees no longer need', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', { USDC: '0.001' });
    venue.limit(alice, 'Bid', '0.03', '0.03');
    venue.limit(venue.trader('taker', RICH), 'Ask', '0.03', '0.01');
    venue.command(alice, 'glassOrderReduce', { symbol: SYMBOL, orderId: 1, quantity: '0.01' });
    venue.command(alice, 'orderCancel', { symbol: SYMBOL, orderId: 1 });
    expect(venue.balances(alice)).toEqual(['USDC 0.000699/0', 'SOL 0.01/0']);
  });
});
