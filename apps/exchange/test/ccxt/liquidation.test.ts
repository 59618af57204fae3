// An account is liquidated in the real server: a price feed reports a crash, and the owner's bot, on ccxt, goes on working.
import { ExchangeClient, StreamClient } from '@glasshouse/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxGenesis } from '../../src/genesis/sandbox/sandbox-genesis.js';
import type { PriceReporter } from './price-reporter.js';
import { type CcxtClient, CcxtVenue } from './venue.js';

const SYMBOL = 'BTC/USDC:USDC';
const MARKET = 'BTC_USDC_PERP';
const BEFORE = 100_000;
/** Where the account is near its liquidation, and where it is beyond. */
const NEARLY = 99_220;
const AFTER = 99_100;
const QUOTES = { ETH: 4_000, SOL: 150, USDT: 1, kBONK: 0.02 };

type Frame = { readonly e: string; readonly [field: string]: unknown };

async function eventually<Answer>(ask: () => Promise<Answer>, there: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (there(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a crash that the price feed reports', () => {
  let venue: CcxtVenue;
  let prices: PriceReporter;
  let maker: CcxtClient;
  let trader: CcxtClient;
  let own: ExchangeClient;
  let streams: StreamClient;
  const told: Frame[] = [];
  const published: Frame[] = [];
  let refusal: unknown;

  beforeAll(async () => {
    const { keys: _keys, ...genesis } = sandboxGenesis([]);
    venue = await CcxtVenue.start(genesis);
    prices = await venue.prices({ ...QUOTES, BTC: BEFORE });
    maker = await venue.trader({ USDC: '1000000' });
    trader = await venue.trader({ USDC: '155' });
    own = new ExchangeClient({ url: venue.url, apiKey: trader.apiKey, apiSecret: trader.secret });
    streams = new StreamClient({ client: own });
    streams.subscribe({ kind: 'accountLiquidation' }, (frame) => void told.push(frame));
    streams.subscribe({ kind: 'liquidation', symbol: null }, (frame) => void published.push(frame));
    await eventually(
      () => maker.fetchFundingRate(SYMBOL).catch(() => undefined),
      (rate) => rate?.markPrice !== undefined,
    );
    await maker.createOrder(SYMBOL, 'limit', 'sell', 0.1, BEFORE);
    await trader.createOrder(SYMBOL, 'limit', 'buy', 0.1, BEFORE);
    await trader.createOrder(SYMBOL, 'limit', 'buy', 0.0001, BEFORE * 0.9);
    await maker.createOrder(SYMBOL, 'limit', 'sell', 1, AFTER + 60);
    for (const below of [20, 60, 120]) await maker.createOrder(SYMBOL, 'limit', 'buy', 1, AFTER - below);
    prices.move({ BTC: NEARLY });
    await eventually(
      async () => told,
      (frames) => frames.some(({ e }) => e === 'marginWarning'),
    );
    prices.move({ BTC: AFTER });
    await eventually(
      () => own.account(),
      ({ liquidating }) => liquidating,
    );
    refusal = await trader.createOrder(SYMBOL, 'limit', 'sell', 0.01, BEFORE).catch((error: unknown) => error);
    await eventually(
      async () => told,
      (frames) => frames.some(({ e }) => e === 'liquidationEnded'),
    );
  });

  afterAll(async () => {
    streams.close();
    await prices.stop();
    await venue.stop();
  });

  test('is announced to the owner before it comes to that', () => {
    expect(told[0]).toMatchObject({ e: 'marginWarning', level: expect.any(String) });
    const started = told.findIndex(({ e }) => e === 'liquidationStarted');
    expect(told.slice(0, started).every(({ e }) => e === 'marginWarning')).toBe(true);
  });

  test('begins, goes step by step on the book, and ends, as the owner hears', () => {
    const events = told.filter(({ e }) => e !== 'marginWarning').map(({ e }) => e);
    expect(events[0]).toBe('liquidationStarted');
    expect(new Set(events.slice(1, -1))).toEqual(new Set(['liquidationStep']));
    expect(events.at(-1)).toBe('liquidationEnded');
    expect(told.at(-1)).toMatchObject({ reason: 'Recovered', backstop: '0', deleveraged: '0' });
    for (const { s, S } of published) expect([s, S]).toEqual([MARKET, 'Ask']);
    expect(published).toHaveLength(events.length - 2);
  });

  test('meanwhile refuses what the owner sends, with the code that clients know', () => {
    expect(String(refusal)).toContain('"ACCOUNT_LIQUIDATING"');
  });

  test('is reported to its owner and to everyone, and counted', async () => {
    const [report] = await own.ownLiquidations();
    const [anonymous] = await own.liquidations();
    expect(report).toMatchObject({ reason: 'Recovered', accountId: expect.any(Number) });
    expect(anonymous).toMatchObject({ liquidationId: report?.liquidationId, steps: { length: report?.steps.length } });
    expect(anonymous).not.toHaveProperty('accountId');
    const { sinceGenesis, liquidating } = await own.liquidationStatistics();
    expect([sinceGenesis.liquidations, sinceGenesis.book.count, liquidating]).toEqual([1, report?.steps.length, 0]);
  });

  test('leaves a smaller position and a working account to ccxt', async () => {
    const [position] = await trader.fetchPositions([SYMBOL]);
    expect(Number(position?.contracts)).toBeGreaterThan(0);
    expect(Number(position?.contracts)).toBeLessThan(0.1);
    const orders = await trader.fetchOrders(SYMBOL);
    expect(orders.filter(({ status }) => status === 'canceled')).toHaveLength(1);
    const closed = await trader.createOrder(SYMBOL, 'market', 'sell', 0.01, undefined, { reduceOnly: true });
    expect(closed).toMatchObject({ status: 'closed', filled: 0.01 });
    const trades = await trader.fetchMyTrades(SYMBOL);
    expect(trades.map(({ amount }) => amount).sort()).toEqual([0.01, 0.1]);
    const all = await trader.fetchMyTrades(SYMBOL, undefined, undefined, { fillType: 'AllLiquidation' });
    expect(all.length).toBeGreaterThan(0);
    expect((await trader.fetchTrades(SYMBOL)).length).toBe(trades.length + all.length);
    expect(await trader.fetchTicker(SYMBOL)).toMatchObject({ last: expect.any(Number) });
  });
});
