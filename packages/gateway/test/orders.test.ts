import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVenue, type Trader, type Venue } from './venue.js';

let venue: Venue;
let maker: Trader;
let taker: Trader;

beforeAll(async () => {
  venue = await openVenue();
  maker = await venue.trader({ USDC: '1000000', SOL: '10000', BTC: '10' });
  taker = await venue.trader({ USDC: '1000000', SOL: '10000' });
});
afterAll(() => venue.close());

const SYMBOL = 'SOL_USDC';
type Fields = Readonly<Record<string, unknown>>;
type Order = Fields & { readonly id: string; readonly status: string };
type Failure = { readonly code: string; readonly message: string; readonly details?: Fields };

const limit = (side: 'Bid' | 'Ask', price: string, quantity: string, more: Fields = {}) => ({
  symbol: SYMBOL,
  side,
  orderType: 'Limit',
  price,
  quantity,
  ...more,
});
const market = (side: 'Bid' | 'Ask', more: Fields) => ({ symbol: SYMBOL, side, orderType: 'Market', ...more });

/** An empty book with one order of the maker on each side. */
async function freshBook(): Promise<void> {
  for (const trader of [maker, taker]) await trader.ask('cancelAllOrders', { symbol: SYMBOL });
  await maker.ask('placeOrder', limit('Bid', '99', '10'));
  await maker.ask('placeOrder', limit('Ask', '100', '10'));
}

async function failure(trader: Trader, ...args: Parameters<Trader['send']>): Promise<Failure & { status: number }> {
  const reply = await trader.send(...args);
  return { status: reply.status, ...(reply.json() as Failure) };
}

const LIVE_FIELDS = [
  'clientId',
  'createdAt',
  'executedQuantity',
  'executedQuoteQuantity',
  'id',
  'orderType',
  'postOnly',
  'price',
  'quantity',
  'reduceOnly',
  'relatedOrderId',
  'selfTradePrevention',
  'side',
  'status',
  'stopLossLimitPrice',
  'stopLossTriggerBy',
  'stopLossTriggerPrice',
  'strategyId',
  'symbol',
  'takeProfitLimitPrice',
  'takeProfitTriggerBy',
  'takeProfitTriggerPrice',
  'timeInForce',
  'triggerBy',
  'triggerPrice',
  'triggerQuantity',
  'triggeredAt',
];

describe('placing an order', () => {
  it('that rests answers with exactly the recorded fields', async () => {
    await freshBook();
    const order = await taker.ask<Order>('placeOrder', limit('Bid', '98.5', '2', { postOnly: true, clientId: 7 }));
    expect(Object.keys(order)).toEqual(LIVE_FIELDS);
    expect(order).toMatchObject({
      clientId: 7,
      executedQuantity: '0',
      executedQuoteQuantity: '0',
      orderType: 'Limit',
      postOnly: true,
      price: '98.5',
      quantity: '2',
      reduceOnly: null,
      selfTradePrevention: 'RejectTaker',
      side: 'Bid',
      status: 'New',
      symbol: SYMBOL,
      timeInForce: 'GTC',
      triggeredAt: null,
    });
    expect(Math.abs(Number(order['createdAt']) - Date.now())).toBeLessThan(10_000);
  });

  it.each([
    [
      'fills at once',
      limit('Bid', '100', '10'),
      { status: 'Filled', executedQuantity: '10', executedQuoteQuantity: '1000' },
    ],
    ['fills in part and rests', limit('Bid', '100', '12'), { status: 'PartiallyFilled', executedQuantity: '10' }],
    [
      'is immediate or cancel and fills in part',
      limit('Bid', '100', '12', { timeInForce: 'IOC' }),
      { status: 'Expired', executedQuantity: '10' },
    ],
    [
      'is fill or kill and cannot be filled',
      limit('Bid', '100', '12', { timeInForce: 'FOK' }),
      { status: 'Expired', executedQuantity: '0' },
    ],
    ['is fill or kill and can be filled', limit('Bid', '100', '4', { timeInForce: 'FOK' }), { status: 'Filled' }],
    [
      'is a market order by quantity',
      market('Bid', { quantity: '3' }),
      { status: 'Filled', orderType: 'Market', quantity: '3', quoteQuantity: null },
    ],
    [
      'is a market order by quote quantity',
      market('Bid', { quoteQuantity: '300' }),
      { status: 'Filled', quantity: null, quoteQuantity: '300' },
    ],
    [
      'finds only part of what it asks for on the market',
      market('Bid', { quantity: '11' }),
      { status: 'Expired', executedQuantity: '10' },
    ],
  ])('that %s answers with its state after matching', async (_what, order, expected) => {
    await freshBook();
    expect(await taker.ask('placeOrder', order)).toMatchObject(expected);
  });

  it.each([
    [
      'would take although post-only',
      limit('Bid', '100', '1', { postOnly: true }),
      400,
      'INVALID_ORDER',
      'Order would immediately match and take',
    ],
    ['is off the grid', limit('Bid', '99.001', '1'), 400, 'INVALID_PRICE', 'tick'],
    ['is smaller than a step', limit('Bid', '99', '0.001'), 400, 'INVALID_QUANTITY', 'step'],
    [
      'costs more than there is',
      limit('Bid', '99', '1000', { symbol: 'BTC_USDC', price: '90000', quantity: '100' }),
      400,
      'INSUFFICIENT_FUNDS',
      'funds',
    ],
    ['names no market', limit('Bid', '99', '1', { symbol: 'DOGE_USDC' }), 400, 'INVALID_MARKET', 'market'],
    ['has no price', { ...limit('Bid', '99', '1'), price: undefined }, 400, 'INVALID_CLIENT_REQUEST', '`price`'],
    ['has no side', { ...limit('Bid', '99', '1'), side: undefined }, 400, 'INVALID_CLIENT_REQUEST', '`side`'],
    ['has an unknown side', { ...limit('Bid', '99', '1'), side: 'Buy' }, 400, 'INVALID_CLIENT_REQUEST', '`side`'],
    ['has a price with an exponent', limit('Bid', '1e2', '1'), 400, 'INVALID_CLIENT_REQUEST', '`price`'],
    [
      'has more digits than a price can have',
      limit('Bid', '1234567890123456.01', '1'),
      400,
      'INVALID_CLIENT_REQUEST',
      '`price`',
    ],
    [
      'has a trigger price and no trigger quantity',
      limit('Bid', '99', '1', { triggerPrice: '90' }),
      400,
      'INVALID_CLIENT_REQUEST',
      'contradict',
    ],
  ])('that %s is refused', async (_what, order, status, code, text) => {
    await freshBook();
    const refused = await failure(taker, 'placeOrder', order);
    expect(refused).toMatchObject({ status, code });
    expect(refused.message).toContain(text);
  });

  it('that is refused names the numbers that decided', async () => {
    await freshBook();
    const refused = await failure(taker, 'placeOrder', limit('Bid', '99.001', '1'));
    expect(refused.details).toMatchObject({ tickSize: '0.01' });
    expect(refused.message).toContain('0.01');
  });

  it('with unknown fields and nulls is accepted: they are signed, or left out, as the client did', async () => {
    await freshBook();
    const order = limit('Bid', '98', '1', { autoLend: true, somethingNew: 'x', clientId: null, postOnly: null });
    expect(await taker.ask('placeOrder', order)).toMatchObject({ status: 'New', clientId: null });
  });
});

describe('a batch', () => {
  it('answers 200 with one tagged element per order, in order', async () => {
    await freshBook();
    const reply = await taker.ask<Fields[]>('placeOrders', [
      limit('Bid', '98', '1', { clientId: 1 }),
      limit('Bid', '100', '1', { postOnly: true }),
      limit('Bid', '97', '1', { symbol: 'DOGE_USDC' }),
      market('Bid', { quantity: '2' }),
    ]);
    expect(reply).toMatchObject([
      { operation: 'Ok', status: 'New', clientId: 1 },
      { operation: 'Err', code: 'INVALID_ORDER', message: expect.stringContaining('immediately match') },
      { operation: 'Err', code: 'INVALID_MARKET' },
      { operation: 'Ok', status: 'Filled', orderType: 'Market' },
    ]);
  });

  it('of one refused order is still an array', async () => {
    await freshBook();
    const reply = await taker.ask<Fields[]>('placeOrders', [limit('Bid', '98.001', '1')]);
    expect(reply).toMatchObject([{ operation: 'Err', code: 'INVALID_PRICE' }]);
  });

  it('that is empty, too long, or not a list is refused as a whole', async () => {
    const many = Array.from({ length: 51 }, () => limit('Bid', '98', '1'));
    expect(await failure(taker, 'placeOrders', many)).toMatchObject({ status: 400, details: { maximum: 50 } });
    expect(await failure(taker, 'placeOrders', [])).toMatchObject({ status: 400, code: 'INVALID_CLIENT_REQUEST' });
    expect(await failure(taker, 'placeOrders', limit('Bid', '98', '1'))).toMatchObject({ status: 400 });
    expect(await failure(taker, 'placeOrder', [limit('Bid', '98', '1')])).toMatchObject({ status: 400 });
  });
});

describe('open orders', () => {
  it('are found by id or by client id, and are gone after a cancel', async () => {
    await freshBook();
    const placed = await taker.ask<Order>('placeOrder', limit('Bid', '98', '1', { clientId: 42 }));
    const ofSymbol = { symbol: SYMBOL };
    expect(await taker.ask('order', { ...ofSymbol, orderId: placed.id })).toEqual(placed);
    expect(await taker.ask('order', { ...ofSymbol, clientId: 42 })).toEqual(placed);
    expect(await taker.ask('openOrders', ofSymbol)).toEqual([placed]);
    expect(await taker.ask('openOrders', { symbol: 'BTC_USDC' })).toEqual([]);
    expect(await taker.ask('openOrders', { marketType: 'PERP' })).toEqual([]);
    expect(await taker.ask('cancelOrder', { ...ofSymbol, orderId: placed.id })).toEqual({
      ...placed,
      status: 'Cancelled',
    });
    for (const name of ['order', 'cancelOrder'] as const) {
      const gone = await failure(taker, name, { ...ofSymbol, orderId: placed.id });
      expect(gone).toMatchObject({ status: 404, code: 'RESOURCE_NOT_FOUND' });
      expect(gone.message).toContain('Not Found');
    }
  });

  it('of another account, or of another market, do not exist', async () => {
    await freshBook();
    const [order] = await maker.ask<Order[]>('openOrders', { symbol: SYMBOL });
    expect((await failure(taker, 'order', { symbol: SYMBOL, orderId: order?.id })).status).toBe(404);
    expect((await failure(taker, 'cancelOrder', { symbol: SYMBOL, orderId: order?.id })).status).toBe(404);
    expect((await failure(maker, 'order', { symbol: 'BTC_USDC', orderId: order?.id })).status).toBe(404);
  });

  it('want exactly one of the two ids', async () => {
    for (const name of ['order', 'cancelOrder'] as const) {
      expect((await failure(taker, name, { symbol: SYMBOL })).code).toBe('INVALID_CLIENT_REQUEST');
      const both = await failure(taker, name, { symbol: SYMBOL, orderId: '1', clientId: 1 });
      expect(both).toMatchObject({ status: 400, code: 'INVALID_CLIENT_REQUEST' });
    }
    expect((await failure(taker, 'order', { symbol: SYMBOL, orderId: 'abc' })).status).toBe(404);
  });

  it('are cancelled together and returned', async () => {
    await freshBook();
    const placed = await taker.ask<Fields[]>('placeOrders', [limit('Bid', '97', '1'), limit('Bid', '96', '1')]);
    expect(await taker.ask('cancelAllOrders', { symbol: SYMBOL, orderType: 'ConditionalOrder' })).toEqual([]);
    const cancelled = await taker.ask<Order[]>('cancelAllOrders', { symbol: SYMBOL });
    expect(cancelled.map(({ id, status }) => [id, status])).toEqual(placed.map(({ id }) => [id, 'Cancelled']));
    expect(await taker.ask('cancelAllOrders', { symbol: SYMBOL })).toEqual([]);
  });

  it('shrink and keep their id', async () => {
    await freshBook();
    const placed = await taker.ask<Order>('placeOrder', limit('Bid', '98', '3'));
    const reduced = await taker.ask<Order>('reduceOrder', { symbol: SYMBOL, orderId: placed.id, quantity: '1.5' });
    expect(reduced).toEqual({ ...placed, quantity: '1.5' });
  });
});

describe('history', () => {
  it('pages through orders, newest first, with the page in the headers', async () => {
    const trader = await venue.trader({ USDC: '10000' });
    for (const price of ['10', '11', '12'])
      await trader.ask('placeOrder', limit('Bid', price, '1', { symbol: 'ETH_USDC' }));
    await trader.ask('cancelAllOrders', { symbol: 'ETH_USDC' });
    const reply = await trader.send('orderHistory', { limit: 2, offset: 2 });
    const pageHeaders = ['x-page-count', 'x-current-page', 'x-page-size', 'x-total'].map((name) =>
      reply.headers.get(name),
    );
    expect(pageHeaders).toEqual(['2', '2', '2', '3']);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    const rows = await trader.ask<Fields[]>('orderHistory', { symbol: 'ETH_USDC' });
    expect(rows.map(({ price, status }) => [price, status])).toEqual([
      ['12', 'Cancelled'],
      ['11', 'Cancelled'],
      ['10', 'Cancelled'],
    ]);
    expect(rows[0]).toMatchObject({ quoteQuantity: '12', expiryReason: null, systemOrderType: null });
    expect(rows[0]?.['createdAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?$/);
    expect(rows[0]).not.toHaveProperty('reduceOnly');
    const oldest = await trader.ask<Fields[]>('orderHistory', { sortDirection: 'Asc', limit: 1 });
    expect(oldest).toMatchObject([{ price: '10' }]);
    expect(await trader.ask('orderHistory', { strategyId: '1' })).toEqual([]);
    expect(await trader.ask('orderHistory', { marketType: 'PERP' })).toEqual([]);
  });

  it('an empty one still has one page', async () => {
    const trader = await venue.trader();
    const reply = await trader.send('fillHistory', { fillType: 'User', limit: 10 });
    expect([reply.text, reply.headers.get('x-page-count'), reply.headers.get('x-total')]).toEqual(['[]', '1', '0']);
  });

  it('shows fills with their fee, and the expiry reason of what was left', async () => {
    await freshBook();
    const order = await taker.ask<Order>('placeOrder', limit('Bid', '100', '12', { timeInForce: 'IOC', clientId: 9 }));
    const [fill] = await taker.ask<Fields[]>('fillHistory', { orderId: order.id });
    expect(fill).toMatchObject({
      clientId: '9',
      isMaker: false,
      orderId: order.id,
      price: '100',
      quantity: '10',
      side: 'Bid',
      symbol: SYMBOL,
      systemOrderType: null,
    });
    expect(Number(fill?.['fee'])).toBeGreaterThan(0);
    const [row] = await taker.ask<Fields[]>('orderHistory', { orderId: order.id });
    expect(row).toMatchObject({ status: 'Expired', expiryReason: 'ImmediateOrCancel', executedQuantity: '10' });
    expect(await taker.ask('fillHistory', { fillType: 'Adl' })).toEqual([]);
    const tomorrow = Date.now() + 86_400_000;
    expect(await taker.ask('fillHistory', { from: tomorrow })).toEqual([]);
  });
});
