import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CANDLE_INTERVALS,
  type CandleInterval,
  type CandleRow,
  DEFAULT_BOUNDS,
  intervalStart,
  MemoryHistory,
  nextIntervalStart,
  type TickerRow,
} from '../src/index.js';
import { committedOf, rawTrades, SECOND, START_US, type TimedTrade, timed } from './builders.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 150);
const DAY = 86_400 * SECOND;

function historyOf(trades: readonly TimedTrade[], bounds = DEFAULT_BOUNDS): MemoryHistory {
  const history = new MemoryHistory(bounds);
  trades.forEach(({ timeUs, trade }, seq) => {
    history.apply(committedOf([{ kind: 'traded', trade }], seq, timeUs));
  });
  return history;
}

type Summary = Omit<CandleRow, 'startUs' | 'endUs'>;

function summaryOf(trades: readonly TimedTrade[]): Summary {
  const prices = trades.map(({ trade }) => trade.priceTicks);
  const sum = (pick: (one: TimedTrade) => number) => trades.reduce((total, one) => total + pick(one), 0);
  const none = 0 as CandleRow['openTicks'];
  return {
    openTicks: prices[0] ?? none,
    highTicks: (prices.length === 0 ? 0 : Math.max(...prices)) as CandleRow['openTicks'],
    lowTicks: (prices.length === 0 ? 0 : Math.min(...prices)) as CandleRow['openTicks'],
    closeTicks: prices.at(-1) ?? none,
    volumeLots: sum(({ trade }) => trade.sizeLots),
    quoteAtoms: sum(({ trade }) => trade.quoteAtoms),
    trades: trades.length,
  };
}

/** Candles the slow way: for every interval, look at every trade. */
function naiveCandles(
  trades: readonly TimedTrade[],
  interval: CandleInterval,
  fromUs: number,
  toUs: number,
  limit: number,
): CandleRow[] {
  const first = trades[0];
  if (first === undefined) return [];
  const rows: CandleRow[] = [];
  let startUs = intervalStart(interval, Math.max(fromUs, first.timeUs));
  while (startUs <= toUs && rows.length < limit) {
    const endUs = nextIntervalStart(interval, startUs);
    const inside = trades.filter(({ timeUs }) => timeUs >= startUs && timeUs < endUs);
    rows.push({ startUs, endUs, ...summaryOf(inside) });
    startUs = endUs;
  }
  return rows;
}

function naiveTicker(trades: readonly TimedTrade[], windowUs: number, nowUs: number): TickerRow | undefined {
  const last = trades.at(-1);
  if (last === undefined) return undefined;
  const endUs = intervalStart('1m', nowUs) + 60 * SECOND;
  const inside = trades.filter(({ timeUs }) => timeUs >= endUs - windowUs);
  const { openTicks, highTicks, lowTicks, volumeLots, quoteAtoms } = summaryOf(inside);
  const quiet = inside.length === 0;
  return {
    firstTicks: quiet ? last.trade.priceTicks : openTicks,
    lastTicks: last.trade.priceTicks,
    highTicks: quiet ? last.trade.priceTicks : highTicks,
    lowTicks: quiet ? last.trade.priceTicks : lowTicks,
    volumeLots,
    quoteAtoms,
    trades: inside.length,
  };
}

describe('candles', () => {
  it('equal a naive computation from the raw trades, at every interval', () => {
    fc.assert(
      fc.property(
        rawTrades,
        fc.constantFrom(...CANDLE_INTERVALS),
        fc.double({ min: -0.2, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1.2, noNaN: true }),
        (raw, interval, from, length) => {
          const trades = timed(raw);
          const span = (trades.at(-1)?.timeUs ?? START_US) - START_US;
          const fromUs = Math.floor(START_US + from * span);
          const toUs = Math.floor(fromUs + length * span);
          const query = { marketId: 1, interval, fromUs, toUs, limit: 200 };
          expect(historyOf(trades).candles(query)).toEqual(naiveCandles(trades, interval, fromUs, toUs, 200));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['1s', '2026-02-27T22:15:07.9Z', '2026-02-27T22:15:07Z', '2026-02-27T22:15:08Z'],
    ['15m', '2026-02-27T22:29:59Z', '2026-02-27T22:15:00Z', '2026-02-27T22:30:00Z'],
    ['8h', '2026-02-27T22:29:59Z', '2026-02-27T16:00:00Z', '2026-02-28T00:00:00Z'],
    ['1d', '2026-02-27T22:29:59Z', '2026-02-27T00:00:00Z', '2026-02-28T00:00:00Z'],
    ['1w', '2026-02-27T22:29:59Z', '2026-02-23T00:00:00Z', '2026-03-02T00:00:00Z'],
    ['1w', '2026-03-02T00:00:00Z', '2026-03-02T00:00:00Z', '2026-03-09T00:00:00Z'],
    ['1month', '2028-02-29T12:00:00Z', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'],
    ['1month', '2026-12-31T23:59:59Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ] as const)('%s that holds %s begins %s and ends %s', (interval, time, start, end) => {
    const startUs = intervalStart(interval, Date.parse(time) * 1000);
    expect(startUs).toBe(Date.parse(start) * 1000);
    expect(nextIntervalStart(interval, startUs)).toBe(Date.parse(end) * 1000);
  });

  it('that the bound has cut are left out instead of shown with half of their volume', () => {
    const bounds = { ...DEFAULT_BOUNDS, candles: { ...DEFAULT_BOUNDS.candles, '1m': 4 } };
    const trades = timed(Array.from({ length: 10 }, () => ({ gapUs: 60 * SECOND, price: 3, size: 1 })));
    const history = historyOf(trades, bounds);
    const query = { marketId: 1, interval: '5m', fromUs: START_US, toUs: START_US + DAY, limit: 2 } as const;
    const [first] = history.candles(query);
    expect(first?.startUs).toBe(START_US + 10 * 60 * SECOND);
    expect(first?.trades).toBe(1);
  });
});

describe('the ticker', () => {
  it('equals a naive computation over the rolling minutes of its window', () => {
    fc.assert(
      fc.property(
        rawTrades,
        fc.constantFrom('1d', '1w'),
        fc.integer({ min: 0, max: 9 * DAY }),
        (raw, window, later) => {
          const trades = timed(raw);
          const nowUs = (trades.at(-1)?.timeUs ?? START_US) + later;
          const windowUs = window === '1d' ? DAY : 7 * DAY;
          expect(historyOf(trades).ticker({ marketId: 1, window, nowUs })).toEqual(
            naiveTicker(trades, windowUs, nowUs),
          );
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('of a market that has never traded does not exist', () => {
    expect(new MemoryHistory().ticker({ marketId: 1, window: '1d', nowUs: START_US })).toBeUndefined();
  });
});

describe('the trade log', () => {
  it('pages through the newest trades that its bound holds', () => {
    fc.assert(
      fc.property(
        rawTrades,
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom('ascending', 'descending'),
        (raw, offset, limit, sort) => {
          const trades = timed(raw);
          const history = historyOf(trades, { ...DEFAULT_BOUNDS, tradesPerMarket: 30 });
          const kept = trades.slice(-30);
          if (sort === 'descending') kept.reverse();
          const page = history.trades({ marketId: 1, limit, offset, sort });
          expect(page.total).toBe(kept.length);
          expect(page.rows.map((row) => [row.tradeId, row.timeUs])).toEqual(
            kept.slice(offset, offset + limit).map(({ trade, timeUs }) => [trade.tradeId, timeUs]),
          );
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('what the exchange trades for an account that it liquidates', () => {
  const raw = [10, 20, 30].map((price) => ({ gapUs: SECOND, price, size: 1 }));
  const trades = timed(raw).map(({ timeUs, trade }, index) => ({
    timeUs,
    trade: { ...trade, isLiquidation: index === 2 },
  }));

  it('is among the trades, and no price of a candle or a ticker', () => {
    const history = historyOf(trades);
    expect(history.trades({ marketId: 1, limit: 9, offset: 0 }).rows.map(({ priceTicks }) => priceTicks)).toEqual([
      30, 20, 10,
    ]);
    const [candle] = history.candles({ marketId: 1, interval: '1d', fromUs: START_US, toUs: START_US, limit: 1 });
    expect(candle).toMatchObject({ highTicks: 20, closeTicks: 20, trades: 2, volumeLots: 2 });
    const nowUs = START_US + 10 * SECOND;
    expect(history.ticker({ marketId: 1, window: '1d', nowUs })).toMatchObject({
      lastTicks: 20,
      highTicks: 20,
      trades: 2,
    });
    const later = { marketId: 1, window: '1d', nowUs: START_US + 3 * DAY } as const;
    expect(MemoryHistory.load(history.save()).ticker(later)).toMatchObject({ lastTicks: 20, trades: 0 });
  });
});
