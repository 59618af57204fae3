// Candles out of recorded tables: with all four prices, or closes alone.
import { numberIn, type Row, recordedRows } from '../recorded/rows.js';
import type { Candle } from './candle.js';

const HOURLY_CLOSES = 'close_of_hour_starting_ms';

function wholeCandle(row: Row): Candle {
  return {
    openMs: numberIn(row, 'open_time_ms'),
    open: numberIn(row, 'open'),
    high: numberIn(row, 'high'),
    low: numberIn(row, 'low'),
    close: numberIn(row, 'close'),
  };
}

/** From each close to the next. */
function fromCloses(rows: readonly Row[]): Candle[] {
  return rows.map((row, place) => {
    const close = numberIn(row, 'close');
    const before = rows[place - 1];
    const open = before === undefined ? close : numberIn(before, 'close');
    return {
      openMs: numberIn(row, HOURLY_CLOSES),
      open,
      high: Math.max(open, close),
      low: Math.min(open, close),
      close,
    };
  });
}

/** Each table is read once. */
export class CandleTables {
  readonly #rows = new Map<string, Row[]>();

  /** Candles of one symbol of one venue; an empty venue is any. */
  candles(file: string, venue: string, symbol: string): Candle[] {
    const rows = this.#table(file).filter((row) => row['symbol'] === symbol && (row['venue'] ?? venue) === venue);
    if (rows.length === 0) throw new Error(`${file} has no candles of ${symbol} on ${venue}`);
    return rows[0]?.[HOURLY_CLOSES] === undefined ? rows.map(wholeCandle) : fromCloses(rows);
  }

  #table(file: string): Row[] {
    const known = this.#rows.get(file);
    if (known !== undefined) return known;
    const rows = recordedRows(file);
    this.#rows.set(file, rows);
    return rows;
  }
}
