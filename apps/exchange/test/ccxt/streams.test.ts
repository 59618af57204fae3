import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CcxtClient, CcxtVenue } from './venue.js';

const SYMBOL = 'SOL/USDC';
const FRAME_GAP_MS = 60;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('ccxt.pro over WebSocket', () => {
  let venue: CcxtVenue;
  let maker: CcxtClient;
  let taker: CcxtClient;
  let busy = true;
  let flow: Promise<void>;

  /** Keeps the book moving: ccxt shows a book only when its eleventh frame has come. */
  async function keepTrading(): Promise<void> {
    for (let turn = 0; busy; turn += 1) {
      const order = await maker.createOrder(SYMBOL, 'limit', 'sell', 1, 151 + (turn % 10) / 10);
      await taker.createOrder(SYMBOL, 'limit', 'buy', 0.1, 152, { timeInForce: 'IOC' });
      await maker.cancelOrder(order.id ?? '', SYMBOL).catch(() => undefined);
      await pause(FRAME_GAP_MS);
    }
  }

  beforeAll(async () => {
    venue = await CcxtVenue.start();
    maker = await venue.trader({ USDC: '1000000', SOL: '10000' });
    taker = await venue.trader({ USDC: '1000000' });
    await maker.createOrder(SYMBOL, 'limit', 'buy', 7, 149.5);
    await maker.createOrder(SYMBOL, 'limit', 'sell', 7, 153);
    flow = keepTrading();
  });

  afterAll(async () => {
    busy = false;
    await flow;
    await venue.stop();
  });

  test('watchTrades', async () => {
    const trades = await taker.watchTrades(SYMBOL);
    expect(trades.at(-1)).toMatchObject({ symbol: SYMBOL, side: 'buy', amount: 0.1 });
  });

  test('watchOrderBook holds what REST shows', async () => {
    const book = await taker.watchOrderBook(SYMBOL);
    expect(book.bids[0]).toEqual([149.5, 7]);
    expect(book.asks.at(-1)).toEqual([153, 7]);
  });

  test('watchTicker and watchBidsAsks', async () => {
    const ticker = await taker.watchTicker(SYMBOL);
    expect(ticker.last).toBeGreaterThanOrEqual(151);
    const touch = await taker.watchBidsAsks([SYMBOL]);
    expect(touch[SYMBOL]?.bid).toBe(149.5);
  });

  test('watchOHLCV', async () => {
    const candles = await taker.watchOHLCV(SYMBOL, '1m');
    expect(candles.at(-1)?.[5]).toBeGreaterThan(0);
  });

  test('watchOrders shows an order from its placing to its cancelling', async () => {
    const watcher = await venue.client({ apiKey: maker.apiKey, secret: maker.secret });
    const first = watcher.watchOrders(SYMBOL);
    await pause(FRAME_GAP_MS);
    expect((await first).at(-1)).toMatchObject({ symbol: SYMBOL });
    const seen = new Set<string>();
    while (!seen.has('open') || !seen.has('canceled')) {
      for (const { status } of await watcher.watchOrders(SYMBOL)) if (status !== undefined) seen.add(status);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['open', 'canceled']));
  });

  test('a wrong signature on a private stream is refused', async () => {
    const impostor = await venue.client({ apiKey: maker.apiKey, secret: Buffer.alloc(32, 7).toString('base64') });
    await expect(impostor.watchOrders(SYMBOL)).rejects.toThrow();
  });
});
