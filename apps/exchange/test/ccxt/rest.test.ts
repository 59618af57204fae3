import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CcxtClient, CcxtVenue } from './venue.js';

const SYMBOL = 'SOL/USDC';
const DAY_MS = 86_400_000;

describe('ccxt over REST', () => {
  let venue: CcxtVenue;
  let maker: CcxtClient;
  let taker: CcxtClient;

  beforeAll(async () => {
    venue = await CcxtVenue.start();
    maker = await venue.trader({ USDC: '100000', SOL: '1000' });
    taker = await venue.trader({ USDC: '100000' });
    await maker.createOrder(SYMBOL, 'limit', 'sell', 5, 151);
    await maker.createOrder(SYMBOL, 'limit', 'sell', 5, 150.5);
    await maker.createOrder(SYMBOL, 'limit', 'buy', 5, 149.5);
    await taker.createOrder(SYMBOL, 'limit', 'buy', 2, 150.5);
  });

  afterAll(() => venue.stop());

  test('loadMarkets knows the spot markets and the perpetuals with their grids', async () => {
    const client = await venue.client();
    const markets = await client.loadMarkets();
    expect(Object.keys(markets).sort()).toEqual([
      'BTC/USDC',
      'BTC/USDC:USDC',
      'ETH/USDC',
      'ETH/USDC:USDC',
      'KBONK/USDC:USDC',
      'SOL/USDC',
      'SOL/USDC:USDC',
      'USDT/USDC',
    ]);
    expect(markets['SOL/USDC:USDC']).toMatchObject({ swap: true, linear: true, settle: 'USDC' });
    expect(markets['BTC/USDC']).toMatchObject({ spot: true, active: true, precision: { amount: 0.00001, price: 0.1 } });
  });

  test('fetchTime is the clock of the exchange, not a fallback', async () => {
    const response = await fetch(`${venue.url}/api/v1/time`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(Math.abs(Number(await response.text()) - Date.now())).toBeLessThan(10_000);
    expect(Math.abs(Number(await maker.fetchTime()) - Date.now())).toBeLessThan(10_000);
  });

  test('fetchStatus is ok', async () => {
    expect(await maker.fetchStatus()).toMatchObject({ status: 'ok' });
  });

  test('fetchCurrencies lists the assets', async () => {
    expect(Object.keys((await maker.fetchCurrencies()) ?? {}).sort()).toEqual([
      'BTC',
      'ETH',
      'KBONK',
      'SOL',
      'USDC',
      'USDT',
    ]);
  });

  test('fetchTicker and fetchTickers tell the last trade', async () => {
    expect(await maker.fetchTicker(SYMBOL)).toMatchObject({ symbol: SYMBOL, last: 150.5, high: 150.5, baseVolume: 2 });
    expect((await maker.fetchTickers())[SYMBOL]).toMatchObject({ last: 150.5, quoteVolume: 301 });
  });

  test('fetchOrderBook has the best prices first on both sides', async () => {
    const book = await maker.fetchOrderBook(SYMBOL);
    expect(book.bids.slice(0, 1)).toEqual([[149.5, 5]]);
    expect(book.asks.slice(0, 2)).toEqual([
      [150.5, 3],
      [151, 5],
    ]);
  });

  test('fetchTrades and fetchOHLCV tell what traded', async () => {
    expect((await maker.fetchTrades(SYMBOL)).at(-1)).toMatchObject({ price: 150.5, amount: 2, side: 'buy' });
    const candles = await maker.fetchOHLCV(SYMBOL, '1m', Date.now() - 10 * 60_000, 20);
    const traded = candles.filter((candle) => Number(candle[5]) > 0);
    expect(traded.map(([, ...values]) => values)).toEqual([[150.5, 150.5, 150.5, 150.5, 2]]);
  });

  test('fetchBalance tells free and used of both sides of a trade', async () => {
    const balance = await taker.fetchBalance();
    expect(balance['SOL']).toMatchObject({ free: 2, used: 0, total: 2 });
    expect(balance['USDC']?.total).toBeCloseTo(100_000 - 301 - 0.301, 9);
    expect((await maker.fetchBalance())['SOL']).toMatchObject({ free: 990, used: 8 });
  });

  test('market orders fill by quantity and by what they may cost', async () => {
    const byQuantity = await taker.createOrder(SYMBOL, 'market', 'buy', 1);
    expect(byQuantity).toMatchObject({ status: 'closed', filled: 1, average: 150.5 });
    const byCost = await taker.createOrder(SYMBOL, 'market', 'buy', 0, undefined, { cost: 100 });
    expect(byCost.status).toBe('closed');
    expect(byCost.cost).toBeGreaterThan(99);
    expect(byCost.cost).toBeLessThanOrEqual(100);
    expect(await taker.createOrder(SYMBOL, 'market', 'sell', 1)).toMatchObject({ status: 'closed', average: 149.5 });
  });

  test('a post-only order rests, and is refused when it would take', async () => {
    const order = await maker.createOrder(SYMBOL, 'limit', 'buy', 1, 140, { postOnly: true });
    expect(order).toMatchObject({ status: 'open', postOnly: true });
    await expect(maker.createOrder(SYMBOL, 'limit', 'buy', 1, 160, { postOnly: true })).rejects.toThrow(
      'Order would immediately match and take',
    );
  });

  test('time in force: IOC and FOK leave nothing behind', async () => {
    const immediate = await taker.createOrder(SYMBOL, 'limit', 'buy', 1, 120, { timeInForce: 'IOC' });
    expect(immediate.filled).toBe(0);
    const all = await taker.createOrder(SYMBOL, 'limit', 'buy', 500, 150.5, { timeInForce: 'FOK' });
    expect(all.filled).toBe(0);
    expect(await taker.fetchOpenOrders(SYMBOL)).toEqual([]);
  });

  test('a batch places what it can and says what it cannot', async () => {
    const orders = await maker.createOrders([
      { symbol: SYMBOL, type: 'limit', side: 'buy', amount: 1, price: 130 },
      { symbol: SYMBOL, type: 'limit', side: 'buy', amount: 1, price: 131 },
    ]);
    expect(orders.map(({ status, price }) => [status, price])).toEqual([
      ['open', 130],
      ['open', 131],
    ]);
  });

  test('open orders are found, fetched and cancelled, one and all', async () => {
    const order = await taker.createOrder(SYMBOL, 'limit', 'buy', 1, 120, { clientOrderId: 77 });
    const id = order.id ?? '';
    await taker.createOrder('BTC/USDC', 'limit', 'buy', 0.001, 50_000);
    expect((await taker.fetchOpenOrders(SYMBOL)).map(({ id, clientOrderId }) => [id, clientOrderId])).toEqual([
      [id, '77'],
    ]);
    expect(await taker.fetchOpenOrder(id, SYMBOL)).toMatchObject({ id, price: 120, remaining: 1 });
    expect(await taker.cancelOrder(id, SYMBOL)).toMatchObject({ id, status: 'canceled' });
    await expect(taker.cancelOrder(id, SYMBOL)).rejects.toThrow('Not Found');
    await taker.cancelAllOrders('BTC/USDC');
    expect(await taker.fetchOpenOrders()).toEqual([]);
  });

  test('fetchOrders and fetchMyTrades tell the past', async () => {
    const orders = await taker.fetchOrders(SYMBOL);
    expect(orders.filter(({ status }) => status === 'closed').length).toBeGreaterThanOrEqual(3);
    const [trade] = await taker.fetchMyTrades(SYMBOL, Date.now() - DAY_MS, 100);
    expect(trade).toMatchObject({ symbol: SYMBOL, side: 'buy', price: 150.5, amount: 2, takerOrMaker: 'taker' });
    expect(trade?.fee).toMatchObject({ currency: 'USDC', cost: 0.301 });
  });

  test('deposits, withdrawals and the deposit address are there', async () => {
    expect((await taker.fetchDeposits('USDC'))[0]).toMatchObject({ currency: 'USDC', amount: 100_000, status: 'ok' });
    expect(await taker.fetchWithdrawals('USDC')).toEqual([]);
  });

  test('an order beyond the means, off the grid or outside the band is refused with its code', async () => {
    await expect(taker.createOrder(SYMBOL, 'limit', 'buy', 100_000, 100)).rejects.toThrow('"INSUFFICIENT_FUNDS"');
    await expect(taker.createOrder(SYMBOL, 'limit', 'buy', 1, 1)).rejects.toThrow('"INVALID_PRICE"');
    const stranger = await venue.client({ apiKey: `${'A'.repeat(43)}=`, secret: `${'A'.repeat(43)}=` });
    await expect(stranger.fetchBalance()).rejects.toThrow();
  });
});
