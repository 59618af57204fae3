// Candles as prices: a row `venue,symbol,open_time_ms,open,high,low,close,volume` is four prices spread over its interval.
import { namedPair } from './pair-name.js';
import { type Recorded, RecordingProblem, recordedPrice } from './recorded.js';

export const CANDLE_HEADER = 'venue,symbol,open_time_ms,open,high,low,close,volume';

type Candle = {
  readonly venue: string;
  readonly symbol: string;
  readonly openMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
};

/** Without a neighbour to measure by. */
const DEFAULT_INTERVAL_MS = 60_000;

function candleOf(row: string): Candle {
  const [venue = '', symbol = '', time, ...prices] = row.split(',');
  const [open, high, low, close] = prices.map(recordedPrice);
  const openMs = Number(time);
  if (open === undefined || high === undefined || low === undefined || close === undefined) {
    throw new RecordingProblem(`no candle: ${row.slice(0, 100)}`);
  }
  if (!Number.isSafeInteger(openMs) || openMs <= 0) throw new RecordingProblem(`no time: ${row.slice(0, 100)}`);
  return { venue, symbol, openMs, open, high, low, close };
}

/** The smallest distance of two candles of one series: gaps make others larger. */
function intervalOf(candles: readonly Candle[]): number {
  let interval = Number.POSITIVE_INFINITY;
  let before: Candle | undefined;
  for (const candle of candles) {
    const sameSeries = before?.venue === candle.venue && before.symbol === candle.symbol;
    const distance = sameSeries && before !== undefined ? candle.openMs - before.openMs : 0;
    if (distance > 0) interval = Math.min(interval, distance);
    before = candle;
  }
  return Number.isFinite(interval) ? interval : DEFAULT_INTERVAL_MS;
}

/** Which extreme came first is not in a candle: the one against its direction is taken, as the shorter way. */
function path({ open, high, low, close }: Candle): readonly number[] {
  return close >= open ? [open, low, high, close] : [open, high, low, close];
}

function recordedOf(candle: Candle, intervalMs: number): Recorded[] {
  const pair = namedPair(candle.symbol);
  if (pair === undefined) return [];
  const { asset, money, unit } = pair;
  const last = intervalMs - 1;
  return path(candle).map((price, place) => ({
    timeMs: candle.openMs + Math.floor((last * place) / 3),
    venue: candle.venue,
    asset,
    money,
    price: price * unit,
    side: undefined,
  }));
}

export function fromCandles(rows: readonly string[]): { recorded: Recorded[]; intervalMs: number } {
  const candles = rows.map(candleOf);
  const intervalMs = intervalOf(candles);
  return { recorded: candles.flatMap((candle) => recordedOf(candle, intervalMs)), intervalMs };
}
