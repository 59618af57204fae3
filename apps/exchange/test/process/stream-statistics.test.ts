// What is told of a market, against what somebody outside computes from its trades and its depth alone, while it is busy.
// GLASSHOUSE_BUSY_SECONDS says for how long (default 6).
import { setTimeout as sleep } from 'node:timers/promises';
import { ExchangeClient, followBook, StreamClient, type TradeFrame } from '@glasshouse/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryDirectory, withoutDirectory } from '../data-directory.js';
import { Random } from '../flow/random.js';
import { ServerProcess } from './server-process.js';
import { Trader } from './trader.js';

const SECONDS = Number(process.env['GLASSHOUSE_BUSY_SECONDS'] ?? 6);
const SYMBOL = 'SOL_USDC';
const US = 1_000_000;

let directory = '';
let server: ServerProcess;
let url = '';

beforeAll(async () => {
  directory = temporaryDirectory();
  server = new ServerProcess({ directory });
  url = await server.url();
});
afterAll(async () => {
  await server.kill('SIGKILL');
  withoutDirectory(directory);
});

/** Sums of decimals with at most six places, exactly. */
const micros = (text: string): bigint => {
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0').slice(0, 6));
};
const product = ({ p, q }: TradeFrame): bigint => micros(p) * micros(q);
const total = (trades: readonly TradeFrame[], of: (trade: TradeFrame) => bigint): bigint =>
  trades.reduce((sum, trade) => sum + of(trade), 0n);

function summary(trades: readonly TradeFrame[]) {
  const prices = trades.map(({ p }) => Number(p));
  return {
    open: prices[0],
    close: prices.at(-1),
    high: Math.max(...prices),
    low: Math.min(...prices),
    volume: total(trades, ({ q }) => micros(q)),
    quoteVolume: total(trades, product) / 1_000_000n,
    trades: trades.length,
  };
}

it('candles, tickers, statistics of the day, best prices and the book are those that follow from trades and depth', {
  timeout: (SECONDS + 40) * 1_000,
}, async () => {
  const client = new ExchangeClient({ url });
  const stream = new StreamClient({ client });
  const trades: TradeFrame[] = [];
  let best: unknown;
  stream.subscribe({ kind: 'trade', symbol: SYMBOL }, (frame) => trades.push(frame));
  stream.subscribe({ kind: 'bookTicker', symbol: SYMBOL }, ({ a, b, A, B }) => {
    best = { ask: [Number(a), Number(A)], bid: [Number(b), Number(B)] };
  });
  const { book, stop } = followBook({ client, stream, symbol: SYMBOL });
  await expect.poll(() => book.state).toBe('synced');
  const traders = [1, 2, 3, 4].map((seed) => new Trader(new Random(seed)));
  for (const trader of traders) await trader.register(url);
  const end = new AbortController();
  const trading = traders.map((trader) => trader.trade(url, end.signal));
  await sleep(SECONDS * 1_000);
  end.abort();
  await Promise.all(trading);

  const depth = await client.depth({ symbol: SYMBOL, limit: '1000' });
  await expect.poll(() => book.lastUpdateId).toBe(Number(depth.lastUpdateId));
  expect(book.gaps).toBe(0);
  expect([book.bids().toReversed(), book.asks()]).toEqual([depth.bids, depth.asks]);
  const numbers = (level: readonly string[] | undefined) => level?.map(Number) ?? [0, 0];
  expect(best).toEqual({ ask: numbers(book.bestAsk()), bid: numbers(book.bestBid()) });

  expect(trades.length).toBeGreaterThan(SECONDS * 20);
  expect(trades.map(({ t }) => t)).toEqual(trades.map((_, index) => (trades[0]?.t ?? 0) + index));
  const all = summary(trades);
  const ticker = await client.call('ticker', { symbol: SYMBOL });
  expect({
    open: Number(ticker?.firstPrice),
    close: Number(ticker?.lastPrice),
    high: Number(ticker?.high),
    low: Number(ticker?.low),
    volume: micros(ticker?.volume ?? '0'),
    quoteVolume: micros(ticker?.quoteVolume ?? '0'),
    trades: Number(ticker?.trades),
  }).toEqual(all);

  for (const [interval, seconds] of [
    ['1s', 1],
    ['1m', 60],
    ['1h', 3_600],
  ] as const) {
    const expected = grouped(trades, seconds);
    const from = Math.min(...expected.keys()) * seconds;
    const candles = await client.call('klines', { symbol: SYMBOL, interval, startTime: from });
    const traded = candles.filter((candle) => Number(candle.trades) > 0);
    expect(traded.map(({ start }) => Date.parse(`${start.replace(' ', 'T')}Z`) / 1_000 / seconds)).toEqual([
      ...expected.keys(),
    ]);
    for (const [place, group] of [...expected.values()].entries()) {
      const candle = traded[place];
      expect({
        open: Number(candle?.open),
        close: Number(candle?.close),
        high: Number(candle?.high),
        low: Number(candle?.low),
        volume: micros(candle?.volume ?? '0'),
        quoteVolume: micros(candle?.quoteVolume ?? '0'),
        trades: Number(candle?.trades),
      }).toEqual(summary(group));
    }
  }
  stop();
  stream.close();
});

function grouped(trades: readonly TradeFrame[], seconds: number): Map<number, TradeFrame[]> {
  const groups = new Map<number, TradeFrame[]>();
  for (const trade of trades) {
    const start = Math.floor(trade.T / (seconds * US));
    groups.set(start, [...(groups.get(start) ?? []), trade]);
  }
  return groups;
}
