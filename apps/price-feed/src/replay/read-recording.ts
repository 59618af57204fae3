// A recording as a whole: CSV, gzip or plain, candles or trades told apart by the first line.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CANDLE_HEADER, fromCandles } from './candle-rows.js';
import { type Recorded, RecordingProblem } from './recorded.js';
import { fromAggregateTrades, fromTape, TAPE_HEADER } from './trade-rows.js';

export type Recording = {
  /** By time. */
  readonly recorded: readonly Recorded[];
  /** How long a price of it can stand without news: candles say nothing in between. */
  readonly intervalMs: number;
};

const GZIP_MAGIC = 0x1f8b;
const AGGREGATE_TRADE = /^\d+,\d+(\.\d+)?,\d+(\.\d+)?,\d+,\d+,\d{13,16},(true|false)/i;
/** A tape's name says what traded: DATE_BTCUSDC_binance_spot_aggtrades.csv.gz. */
const SYMBOL_IN_NAME = /(?:^|_)([A-Z0-9]+USD[TC]?)(?:_|\.|-)/;

function textOf(file: string): string {
  const bytes = readFileSync(file);
  const packed = bytes.length > 1 && bytes.readUInt16BE(0) === GZIP_MAGIC;
  return (packed ? gunzipSync(bytes) : bytes).toString('utf8');
}

function symbolOf(file: string): string {
  const symbol = SYMBOL_IN_NAME.exec(basename(file))?.[1];
  if (symbol === undefined) throw new RecordingProblem(`${file}: neither the rows nor the file's name say what traded`);
  return symbol;
}

function parsed(file: string): Recording {
  const [first = '', ...rows] = textOf(file)
    .split(/\r?\n/)
    .filter((line) => line !== '');
  if (first.startsWith(CANDLE_HEADER)) return fromCandles(rows);
  if (first.startsWith(TAPE_HEADER)) return { recorded: fromTape(rows), intervalMs: 0 };
  if (AGGREGATE_TRADE.test(first)) {
    return { recorded: fromAggregateTrades([first, ...rows], symbolOf(file)), intervalMs: 0 };
  }
  throw new RecordingProblem(`${file} is neither candles nor trades: it begins with ${first.slice(0, 100)}`);
}

export function readRecordings(files: readonly string[]): Recording {
  const recordings = files.map(parsed);
  const recorded = recordings.flatMap((each) => each.recorded).sort((a, b) => a.timeMs - b.timeMs);
  if (recorded.length === 0) throw new RecordingProblem(`no price in dollars in ${files.join(', ')}`);
  return { recorded, intervalMs: Math.max(...recordings.map((each) => each.intervalMs)) };
}
