// Binance's raw streams as captured: `capture time (ns)  JSON`, a REST snapshot or a stream message per line.
import { textLines } from '../../files/text-lines.js';
import { MalformedLine } from '../malformed-line.js';
import { recordedUnits } from '../recorded-units.js';

/** Price and size in turn, in recorded units. */
export type FlatLevels = readonly number[];

export type Snapshot = {
  readonly kind: 'snapshot';
  readonly timeUs: number;
  readonly lastUpdateId: number;
  readonly bids: FlatLevels;
  readonly asks: FlatLevels;
};
export type DepthUpdate = {
  readonly kind: 'depth';
  readonly timeUs: number;
  readonly firstId: number;
  readonly lastId: number;
  /** Futures name the id of the update before. */
  readonly previousId: number | undefined;
  readonly bids: FlatLevels;
  readonly asks: FlatLevels;
};
export type Ticker = {
  readonly kind: 'ticker';
  readonly updateId: number;
  readonly bid: FlatLevels;
  readonly ask: FlatLevels;
};
export type BinanceEvent = Snapshot | DepthUpdate | Ticker;

export type BinanceCapture = {
  readonly symbol: string;
  readonly events: readonly BinanceEvent[];
  readonly trades: number;
};

type Message = Readonly<Record<string, unknown>>;

const LINE = /^(\d+) (\{.*\})$/;
const NS_PER_US_DIGITS = 3;

function integer(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new TypeError(`not an integer: ${JSON.stringify(value)}`);
  return value as number;
}

function units(value: unknown): number {
  const parsed = typeof value === 'string' ? recordedUnits(value) : undefined;
  if (parsed === undefined) throw new TypeError(`not a decimal: ${JSON.stringify(value)}`);
  return parsed;
}

function flat(levels: unknown): number[] {
  if (!Array.isArray(levels)) throw new TypeError('a side is no list of levels');
  return levels.flatMap((level: unknown) => {
    if (!Array.isArray(level)) throw new TypeError('a level is no pair');
    return [units(level[0]), units(level[1])];
  });
}

function snapshotOf(timeUs: number, body: Message): Snapshot {
  const lastUpdateId = integer(body['lastUpdateId']);
  return { kind: 'snapshot', timeUs, lastUpdateId, bids: flat(body['bids']), asks: flat(body['asks']) };
}

function depthOf(timeUs: number, body: Message): DepthUpdate {
  return {
    kind: 'depth',
    timeUs,
    firstId: integer(body['U']),
    lastId: integer(body['u']),
    previousId: body['pu'] === undefined ? undefined : integer(body['pu']),
    bids: flat(body['b']),
    asks: flat(body['a']),
  };
}

function tickerOf(body: Message): Ticker {
  const bid = [units(body['b']), units(body['B'])];
  return { kind: 'ticker', updateId: integer(body['u']), bid, ask: [units(body['a']), units(body['A'])] };
}

function streamOf(message: Message): { stream: string; body: Message } {
  const { stream, data } = message;
  if (typeof stream !== 'string' || typeof data !== 'object' || data === null) throw new TypeError('no stream message');
  return { stream, body: data as Message };
}

/** The event and its symbol; undefined for streams that this flow does not use, such as trades. */
export function parseBinanceLine(text: string): { symbol: string | undefined; event: BinanceEvent | undefined } {
  const match = LINE.exec(text);
  if (match === null) throw new TypeError('not time and JSON');
  const timeUs = Number((match[1] as string).slice(0, -NS_PER_US_DIGITS));
  const message: Message = JSON.parse(match[2] as string);
  if ('lastUpdateId' in message) return { symbol: undefined, event: snapshotOf(timeUs, message) };
  const { stream, body } = streamOf(message);
  const symbol = String(body['s']);
  if (stream.includes('@depth')) return { symbol, event: depthOf(timeUs, body) };
  return { symbol, event: stream.endsWith('@bookTicker') ? tickerOf(body) : undefined };
}

/** Files that continue one another, in order. */
export async function readBinanceCapture(files: readonly string[]): Promise<BinanceCapture> {
  const events: BinanceEvent[] = [];
  let trades = 0;
  let symbol = '';
  for (const file of files) {
    let line = 0;
    for await (const text of textLines(file)) {
      line += 1;
      try {
        const parsed = parseBinanceLine(text);
        symbol = parsed.symbol ?? symbol;
        if (parsed.event === undefined) trades += 1;
        else events.push(parsed.event);
      } catch (problem) {
        throw new MalformedLine(file, line, problem instanceof Error ? problem.message : String(problem));
      }
    }
  }
  return { symbol, events, trades };
}
