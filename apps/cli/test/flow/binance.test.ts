import { describe, expect, test } from 'vitest';
import { DepthSequence } from '../../src/flow/binance/depth-sequence.js';
import { type DepthUpdate, parseBinanceLine, type Snapshot } from '../../src/flow/binance/events.js';
import { pairOf, runBinance } from '../../src/flow/binance/flow.js';
import { LevelMaker } from '../../src/flow/binance/level-maker.js';
import { noProgress } from '../../src/terminal/progress.js';
import { haveRecordings, recording } from './recordings.js';

describe("a line of Binance's capture", () => {
  test('is a depth update with its ids and flat levels', () => {
    const line =
      '1723161254036059768 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","s":"BTCUSDT","U":203,"u":207,"b":[["55653.87000000","0.00000000"]],"a":[]}}';
    expect(parseBinanceLine(line)).toEqual({
      symbol: 'BTCUSDT',
      event: {
        kind: 'depth',
        timeUs: 1_723_161_254_036_059,
        firstId: 203,
        lastId: 207,
        previousId: undefined,
        bids: [5_565_387_000_000, 0],
        asks: [],
      },
    });
  });

  test('is a snapshot when it has lastUpdateId', () => {
    const line = '1723161254036059768 {"lastUpdateId":9,"bids":[["1.5","2"]],"asks":[]}';
    expect(parseBinanceLine(line).event).toMatchObject({
      kind: 'snapshot',
      lastUpdateId: 9,
      bids: [150_000_000, 200_000_000],
    });
  });

  test.each(['{}', '1 {}', '1723161254036059768 {"stream":"x@depth","data":{"U":"a"}}'])(
    'is refused when it is %s',
    (line) => {
      expect(() => parseBinanceLine(line)).toThrow(TypeError);
    },
  );
});

test.each([
  ['BTCUSDT', 'BTC', 'USDT'],
  ['BTCUSD_PERP', 'BTC', 'USD'],
  ['ETHBTC', 'BASE', 'QUOTE'],
])('the symbol %s is %s against %s', (symbol, base, quote) => {
  expect(pairOf(symbol)).toEqual({ base, quote });
});

describe('a book kept from the stream', () => {
  const snapshot: Snapshot = { kind: 'snapshot', timeUs: 0, lastUpdateId: 100, bids: [], asks: [] };
  const update = (firstId: number, lastId: number, previousId?: number): DepthUpdate => ({
    kind: 'depth',
    timeUs: 0,
    firstId,
    lastId,
    previousId,
    bids: [],
    asks: [],
  });
  const idsAfter = (events: readonly (Snapshot | DepthUpdate)[]) => {
    const sequence = new DepthSequence();
    const ids = events.flatMap((event) => sequence.changesOf(event)).map(({ lastId }) => lastId);
    return { ids, gaps: sequence.gaps };
  };

  test('waits for the snapshot and drops what the snapshot knows', () => {
    expect(idsAfter([update(90, 95), update(96, 102), snapshot, update(103, 104)])).toEqual({
      ids: [100, 102, 104],
      gaps: 0,
    });
  });

  test('counts an id that is missing', () => {
    expect(idsAfter([snapshot, update(101, 101), update(103, 104)])).toEqual({ ids: [100, 101, 104], gaps: 1 });
    expect(idsAfter([snapshot, update(102, 103)]).gaps).toBe(1);
  });

  test('goes by the id of the update before where futures give it', () => {
    expect(idsAfter([snapshot, update(95, 100, 94), update(110, 120, 100)])).toEqual({ ids: [100, 100, 120], gaps: 0 });
    expect(idsAfter([snapshot, update(95, 100, 94), update(110, 120, 101)]).gaps).toBe(1);
  });
});

describe('a market maker that keeps levels', () => {
  test('takes what is too much from its newest orders, whole ones first', () => {
    const maker = new LevelMaker(1_000);
    const [first] = maker.additions([{ side: 0, ticks: 10, lots: 5 }]);
    maker.rested(first!, 1);
    const [second] = maker.additions([{ side: 0, ticks: 10, lots: 8 }]);
    maker.rested(second!, 2);
    expect(second?.lots).toBe(3);
    expect(maker.shrinks([{ side: 0, ticks: 10, lots: 4 }])).toEqual([
      { orderId: 2, lots: 3, cancels: true },
      { orderId: 1, lots: 1, cancels: false },
    ]);
    expect(maker.lots(0, 10)).toBe(4);
  });

  test('splits what one order cannot hold', () => {
    const lots = new LevelMaker(1_000).additions([{ side: 1, ticks: 10, lots: 2_500 }]).map((order) => order.lots);
    expect(lots).toEqual([1_000, 1_000, 500]);
  });
});

describe.skipIf(!haveRecordings)("Binance's depth stream", () => {
  test.each([
    ['spot', ['binance_spot_btcusdt_l2_20240808.jsonl.gz', 'binance_spot_btcusdt_l2_20240809.jsonl.gz'], '6490/6492'],
    [
      'coin-margined',
      ['binance_coinm_btcusd_perp_l2_20240808.jsonl.gz', 'binance_coinm_btcusd_perp_l2_20240809.jsonl.gz'],
      '44770/44770',
    ],
    ['USD-margined', ['binance_usdm_btcusdt_l2_20240808.jsonl.gz'], '6545/6545'],
  ])('of the %s market is rebuilt without a gap, level for level', async (_market, names, tickers) => {
    const report = await runBinance(names.map(recording), { progress: noProgress });
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.checks.find(({ name }) => name === 'tickers')?.detail.split(' ')[0]).toBe(tickers);
  });
});
