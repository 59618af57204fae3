import type { PerpPriceView } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_BOUNDS } from '../src/bounds.js';
import { ByteReader, ByteWriter } from '../src/encoding.js';
import { type CandleInterval, intervalStart, nextIntervalStart } from '../src/intervals.js';
import { MarketHistory } from '../src/market-history.js';

const LISTED = 1_700_000_000_000_000 as TimeUs;
const DAY_US = 86_400_000_000;

type Sample = { readonly gapUs: number; readonly mark: number; readonly index: number };

const price = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 9, arbitrary: fc.double({ min: 1e-6, max: 1e6 }) },
);
const samples: fc.Arbitrary<readonly Sample[]> = fc.array(
  fc.record({ gapUs: fc.oneof(fc.constant(1_000_000), fc.nat({ max: DAY_US })), mark: price, index: price }),
  { minLength: 1, maxLength: 60 },
);

function historyOf(all: readonly Sample[]) {
  const history = new MarketHistory(DEFAULT_BOUNDS, LISTED);
  const told: { readonly timeUs: number; readonly mark: number; readonly index: number }[] = [];
  let timeUs: number = LISTED;
  for (const { gapUs, mark, index } of all) {
    timeUs += gapUs;
    told.push({ timeUs, mark, index });
    history.addPrices({ markPrice: mark, indexPrice: index, timeUs } as unknown as PerpPriceView);
  }
  return { history, told, endUs: timeUs };
}

test('candles of marks and indexes are what their samples say, in every interval, before and after they were saved', () => {
  const intervals = fc.constantFrom<CandleInterval>('1s', '1m', '15m', '1h', '1d', '1w', '1month');
  fc.assert(
    fc.property(samples, intervals, fc.constantFrom('mark', 'index'), (all, interval, which) => {
      const { history, told, endUs } = historyOf(all);
      const known = told.filter((sample) => sample[which] > 0);
      const from = nextIntervalStart(interval, intervalStart(interval, endUs - DAY_US));
      const query = { marketId: 1, interval, fromUs: from, toUs: endUs, limit: 100, price: which } as const;
      const rows = history.priceCandles(query);
      for (const { startUs, endUs: end, openPrice, highPrice, lowPrice, closePrice, samples: count } of rows) {
        const inside = known.filter(({ timeUs }) => timeUs >= startUs && timeUs < end).map((sample) => sample[which]);
        expect(count).toBe(inside.length);
        if (count === 0) continue;
        expect([openPrice, closePrice]).toEqual([inside[0], inside.at(-1)]);
        expect([highPrice, lowPrice]).toEqual([Math.max(...inside), Math.min(...inside)]);
      }
      const writer = new ByteWriter();
      history.write(writer);
      const restored = new MarketHistory(DEFAULT_BOUNDS, 0 as TimeUs);
      restored.read(new ByteReader(writer.finish()));
      expect(restored.priceCandles(query)).toEqual(rows);
    }),
  );
});
