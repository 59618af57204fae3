// Recordings: small ones written here for the rules, the real ones for scale.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namedPair } from '../../src/replay/pair-name.js';
import { readRecordings } from '../../src/replay/read-recording.js';
import { RecordingProblem } from '../../src/replay/recorded.js';
import { replay } from '../../src/replay/replay-sources.js';

const CANDLES = 'venue,symbol,open_time_ms,open,high,low,close,volume\n';
const TRADES = 'exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n';
const T = 1_743_465_600_000;
const NOW = 5_000;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'glasshouse-recordings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

const prices = (path: string) =>
  readRecordings([path]).recorded.map(({ timeMs, asset, price }) => [timeMs - T, asset, price]);

describe('a pair of a recording', () => {
  it.each([
    ['BTCUSDT', { asset: 'BTC', money: 'USDT', unit: 1 }],
    ['AVAX-USD', { asset: 'AVAX', money: 'USD', unit: 1 }],
    ['AVAXUSD_PERP', { asset: 'AVAX', money: 'USD', unit: 1 }],
    ['SOLUSDC', { asset: 'SOL', money: 'USDC', unit: 1 }],
    ['PEPEUSDT', { asset: 'kPEPE', money: 'USDT', unit: 1000 }],
    ['ETHBTC', undefined],
    ['USD', undefined],
  ])('%s is %j', (symbol, pair) => {
    expect(namedPair(symbol)).toEqual(pair);
  });
});

describe('candles', () => {
  it('are open, the extreme against their direction, the other one, close, spread over the interval', () => {
    const rows = `v,BTCUSDT,${T},10,14,9,13,1\nv,BTCUSDT,${T + 60_000},13,15,8,9,1\n`;
    expect(prices(file('rising-and-falling.csv', CANDLES + rows))).toEqual([
      [0, 'BTC', 10],
      [19_999, 'BTC', 9],
      [39_999, 'BTC', 14],
      [59_999, 'BTC', 13],
      [60_000, 'BTC', 13],
      [79_999, 'BTC', 15],
      [99_999, 'BTC', 8],
      [119_999, 'BTC', 9],
    ]);
  });

  it('may miss some: the interval is the smallest distance', () => {
    const rows = [0, 300_000, 360_000].map((offset) => `v,BTCUSDT,${T + offset},1,1,1,1,1\n`).join('');
    expect(readRecordings([file('gap.csv.gz', CANDLES + rows)]).intervalMs).toBe(60_000);
  });

  it('may be written with exponents', () => {
    const rows = `v,PEPEUSDT,${T},7.21e-06,7.26e-06,7.19E-6,7.2e-06,100591901807\n`;
    const [first] = readRecordings([file('exponents.csv', CANDLES + rows)]).recorded;
    expect(first?.price).toBeCloseTo(0.00721, 9);
  });

  it.each([`v,BTCUSDT,${T},10,14,9\n`, 'v,BTCUSDT,soon,1,1,1,1,1\n', `v,BTCUSDT,${T},1,1,-1,1,1\n`])(
    'that are none are named: %j',
    (row) => {
      expect(() => readRecordings([file('broken.csv', CANDLES + row)])).toThrow(RecordingProblem);
    },
  );
});

describe('trades', () => {
  it('move the side that was taken, and the other only when they pass it', () => {
    const rows = [
      `x,BTC-USD,${T}000,0,1,buy,100,1`,
      `x,BTC-USD,${T + 1_000}000,0,2,sell,99,1`,
      `x,BTC-USD,${T + 2_000}000,0,3,buy,101,1`,
      `x,BTC-USD,${T + 3_000}000,0,4,sell,103,1`,
    ];
    const { sources } = replay({ recording: readRecordings([file('tape.csv', TRADES + rows.join('\n'))]), speed: 1 });
    const seen = [0, 1_000, 2_000, 3_000].map((offset) => sources[0]?.quotes(NOW + offset)[0]);
    expect(seen.map((quote) => [quote?.bid, quote?.ask, quote?.last])).toEqual([
      [100, 100, 100],
      [99, 100, 99],
      [99, 101, 101],
      [103, 103, 103],
    ]);
  });

  it('without a header are aggregate trades of what the name of the file says', () => {
    const rows =
      '60953854,0.00000908,3591711.00,1,1,1729987202368,False,True\n60953855,0.00000907,1.00,2,2,1729987202940,True,True\n';
    const recorded = readRecordings([file('2024-10-27_PEPEUSDT_binance_spot_aggtrades.csv', rows)]).recorded;
    expect(recorded).toMatchObject([
      { asset: 'kPEPE', side: 'buy', price: expect.closeTo(0.00908, 9) },
      { asset: 'kPEPE', side: 'sell', price: expect.closeTo(0.00907, 9) },
    ]);
    expect(() => readRecordings([file('trades.csv', rows)])).toThrow('say what traded');
  });

  it.each(['', 'timestamp,percentage,depth\n1,2,3\n', CANDLES])('are not %j', (text) => {
    expect(() => readRecordings([file('other.csv', text)])).toThrow(RecordingProblem);
  });
});

describe('a replay', () => {
  const rows = ['a', 'b'].flatMap((venue) =>
    Array.from(
      { length: 30 },
      (_, minute) => `${venue},BTCUSDT,${T + minute * 60_000},${minute + 1},50,0.5,${minute + 1},1`,
    ),
  );
  const recording = () => readRecordings([file('two.csv', `${CANDLES}${rows.join('\n')}\n`)]);

  it('is a source for each venue, under the names that were given or letters', () => {
    const { sources } = replay({ recording: recording(), speed: 1, names: new Map([['b', 'bravo']]) });
    expect(sources.map(({ name, venue, kind }) => [name, venue, kind])).toEqual([
      ['replay-a', 'a', 'replay'],
      ['bravo', 'b', 'replay'],
    ]);
  });

  it('runs at any speed from when somebody first asks', () => {
    const { sources, isOver } = replay({ recording: recording(), speed: 60 });
    const last = (nowMs: number) => sources[0]?.quotes(nowMs)[0]?.last;
    expect([0, 1_000, 10_000].map((offset) => last(NOW + offset))).toEqual([1, 2, 11]);
    expect(isOver(NOW + 29_900)).toBe(false);
    expect(isOver(NOW + 30_000)).toBe(true);
  });

  it('is silent where a venue traded nothing for ten minutes', () => {
    const { sources } = replay({ recording: recording(), speed: 60 });
    sources[0]?.quotes(NOW);
    expect(sources[0]?.quotes(NOW + 39_000)).toHaveLength(1);
    expect(sources[0]?.quotes(NOW + 41_000)).toHaveLength(0);
  });

  it('plays what is asked for only', () => {
    expect(replay({ recording: recording(), speed: 1, assets: ['ETH'] }).sources).toEqual([]);
  });
});

const DATA = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));
const APRIL = ['apr2025_binance_spot_5m.csv.gz', 'apr2025_perps_and_bybit_5m.csv.gz'].map(
  (name) => `${DATA}klines/${name}`,
);
const GEMINI = `${DATA}trades/2025-10-10_BTCUSD_gemini.csv.gz`;
const present = [...APRIL, GEMINI].every((path) => existsSync(path));
if (!present) console.warn('real recordings are not here: their replay is left out');

describe.skipIf(!present)('real recordings', () => {
  it('April 2025 plays as four venues that agree on BTC within two percent at every five minutes', () => {
    const { sources, firstMs, lastMs } = replay({ recording: readRecordings(APRIL), speed: 300, assets: ['BTC'] });
    expect(sources.map(({ venue }) => venue)).toEqual([
      'binance_spot',
      'bybit_linear_perp',
      'bybit_spot',
      'hyperliquid_perp',
    ]);
    let looks = 0;
    for (let nowMs = 0; nowMs * 300 <= lastMs - firstMs; nowMs += 1_000) {
      const last = sources.flatMap((source) => source.quotes(nowMs).map((quote) => quote.last));
      expect(Math.max(...last) / Math.min(...last)).toBeLessThan(1.02);
      looks += last.length;
    }
    expect(looks).toBeGreaterThan(11_000);
  });

  it("a day of Gemini's trades in a hundred looks keeps bid below ask", () => {
    const { sources, firstMs, lastMs } = replay({ recording: readRecordings([GEMINI]), speed: 1_000 });
    const spanMs = (lastMs - firstMs) / 1_000;
    const quotes = Array.from({ length: 101 }, (_, look) => sources[0]?.quotes((spanMs * look) / 100) ?? []).flat();
    expect(quotes.length).toBeGreaterThan(90);
    for (const { bid, ask } of quotes) expect(bid).toBeLessThanOrEqual(ask);
  });
});
