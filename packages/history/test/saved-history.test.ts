import type { Event } from '@glasshouse/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../src/encoding.js';
import { type Committed, DEFAULT_BOUNDS, MemoryHistory, UnreadableHistory } from '../src/index.js';
import { committedOf, fillOf, orderOf, rawTrades, timed } from './builders.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 60);
const BOUNDS = { ...DEFAULT_BOUNDS, tradesPerMarket: 20, orders: { perAccount: 6, total: 15 } };

/** A log in which every trade brings an order, its fill, and now and then something rare. */
const logs: fc.Arbitrary<Committed[]> = rawTrades.map((raw) =>
  timed(raw).map(({ timeUs, trade }, seq) => {
    const order = orderOf({ orderId: trade.tradeId, accountId: seq % 4, status: seq % 3 });
    const events: Event[] = [
      { kind: 'traded', trade: { ...trade, marketId: (seq % 2) + 1 } },
      { kind: 'orderFilled', order, fill: fillOf(trade.tradeId) },
    ];
    return committedOf(events, seq, timeUs);
  }),
);

function folded(log: readonly Committed[], history = new MemoryHistory(BOUNDS)): MemoryHistory {
  for (const committed of log) history.apply(committed);
  return history;
}

describe('a saved history', () => {
  it('continues exactly where the live one would, wherever it was saved', () => {
    fc.assert(
      fc.property(logs, fc.nat(), (log, cut) => {
        const at = log.length === 0 ? 0 : cut % log.length;
        const restored = MemoryHistory.load(folded(log.slice(0, at)).save(), BOUNDS);
        expect(folded(log, restored).save()).toEqual(folded(log).save());
      }),
      { numRuns: RUNS },
    );
  });

  it('ignores requests that it has folded before', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const once = folded(log);
        const before = once.save();
        expect(folded(log, once).save()).toEqual(before);
        expect(once.nextSeq).toBe(log.length);
      }),
      { numRuns: RUNS },
    );
  });

  it('is refused when cut short, too long or of another format', () => {
    const [log] = fc.sample(logs, { numRuns: 1, seed: 7 });
    const bytes = folded(log ?? []).save();
    for (let length = 0; length < bytes.length; length += 7) {
      expect(() => MemoryHistory.load(bytes.subarray(0, length))).toThrow(UnreadableHistory);
    }
    expect(() => MemoryHistory.load(Uint8Array.of(...bytes, 0))).toThrow(UnreadableHistory);
    expect(() => MemoryHistory.load(Uint8Array.of(99, ...bytes.subarray(1)))).toThrow(UnreadableHistory);
  });
});

describe('the encoding', () => {
  it('returns every integer of a double and every text', () => {
    const integers = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -100, max: 100 }), fc.constant(2 ** 60));
    fc.assert(
      fc.property(fc.array(fc.tuple(integers, fc.string({ unit: 'binary' }))), (items) => {
        const writer = new ByteWriter();
        for (const [integer, text] of items) {
          writer.integer(integer);
          writer.text(text);
        }
        const reader = new ByteReader(writer.finish());
        expect(items.map(() => [reader.integer(), reader.text()])).toEqual(items);
        reader.end();
      }),
    );
  });
});
