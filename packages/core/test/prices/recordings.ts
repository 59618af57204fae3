// Recorded markets, which lie beside the repository and are no part of it: tests skip where they are absent.
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const FOLDER = new URL('../../../../../shared/data/', import.meta.url);

export const recordingsPresent = existsSync(FOLDER);
if (!recordingsPresent)
  console.warn('recorded markets are not beside the repository: tests that play them are skipped');

export type Candle = {
  readonly openMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};
export type Trade = { readonly timeMs: number; readonly price: number };
export type Rate = { readonly timeMs: number; readonly rate: number };

/** Rows of a table that start with `prefix`, as cells; the whole table without one. */
function rows(path: string, prefix = ''): string[][] {
  const text = gunzipSync(readFileSync(new URL(path, FOLDER))).toString('utf8');
  const lines = text.split('\n').filter((line, at) => at > 0 && line !== '' && line.startsWith(prefix));
  return lines.map((line) => line.split(','));
}

export function candles(file: string, venue: string, symbol: string): Candle[] {
  return rows(`klines/${file}.csv.gz`, `${venue},${symbol},`).map((cells) => {
    const [openMs = 0, open = 0, high = 0, low = 0, close = 0, volume = 0] = cells.slice(2).map(Number);
    return { openMs, open, high, low, close, volume };
  });
}

export function trades(file: string, fromMs: number, toMs: number): Trade[] {
  return rows(`trades/${file}.csv.gz`)
    .map((cells) => ({ timeMs: Number(cells[2]) / 1000, price: Number(cells[6]) }))
    .filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs);
}

/** Funding rates of a venue from `fromMs` on, for so many milliseconds. */
export function rates(file: string, symbol: string, fromMs: number, lengthMs: number): Rate[] {
  return rows(`rates/${file}.csv.gz`)
    .filter((cells) => cells[1] === symbol)
    .map((cells) => ({ timeMs: Number(cells[2]), rate: Number(cells[3]) }))
    .filter(({ timeMs }) => timeMs >= fromMs && timeMs < fromMs + lengthMs);
}

/** Longer candles out of one-minute ones; a missing minute is no trade. */
export function merged(minutes: readonly Candle[], lengthMs: number): Candle[] {
  const byStart = new Map<number, Candle>();
  for (const one of minutes) {
    const openMs = one.openMs - (one.openMs % lengthMs);
    const so = byStart.get(openMs);
    byStart.set(openMs, {
      openMs,
      open: so?.open ?? one.open,
      high: Math.max(so?.high ?? 0, one.high),
      low: Math.min(so?.low ?? Number.POSITIVE_INFINITY, one.low),
      close: one.close,
      volume: (so?.volume ?? 0) + one.volume,
    });
  }
  return [...byStart.values()];
}

const FACTS = 'facts.json';
export type Facts = { readonly [entry: string]: unknown };
export const facts = (): Facts => JSON.parse(readFileSync(new URL(FACTS, FOLDER), 'utf8')) as Facts;
