import { crc32 } from 'node:zlib';
import { type BookChecksumFrame, bookChecksumText, type Depth, type DepthFrame } from '@glasshouse/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalBook } from '../src/index.js';

type Side = Map<string, string>;

function frameOf(U: number, u: number, bids: [string, string][], asks: [string, string][]): DepthFrame {
  return { e: 'depth', E: 0, s: 'A_B', a: asks, b: bids, U, u, T: 0 };
}

const ascending = (side: Side): [string, string][] => [...side].sort(([a], [b]) => Number(a) - Number(b));
/** As snapshots write them; frames pad. */
const trimmed = (rows: [string, string][]) => rows.map((row) => row.map((text) => String(Number(text))));

function depthOf(id: number, bids: Side, asks: Side): Depth {
  return { asks: trimmed(ascending(asks)), bids: trimmed(ascending(bids)), lastUpdateId: String(id), timestamp: 0 };
}

/** What the exchange holds, update by update. */
class TrueBook {
  readonly bids: Side = new Map();
  readonly asks: Side = new Map();
  id = 0;

  update(onBid: boolean, price: number, quantity: number): DepthFrame {
    const side = onBid ? this.bids : this.asks;
    const row: [string, string] = [price.toFixed(2), quantity.toFixed(1)];
    if (quantity === 0) side.delete(row[0]);
    else side.set(...row);
    this.id += 1;
    return frameOf(this.id, this.id, onBid ? [row] : [], onBid ? [] : [row]);
  }

  snapshot(): Depth {
    return depthOf(this.id, this.bids, this.asks);
  }
}

function expectEqual(book: LocalBook, truth: TrueBook): void {
  expect(book.lastUpdateId).toBe(truth.id);
  expect(book.bids()).toEqual(trimmed(ascending(truth.bids)).reverse());
  expect(book.asks()).toEqual(trimmed(ascending(truth.asks)));
}

const merged = (frames: readonly DepthFrame[]): DepthFrame =>
  frameOf(
    frames[0]?.U ?? 0,
    frames.at(-1)?.u ?? 0,
    frames.flatMap((frame) => frame.b as [string, string][]),
    frames.flatMap((frame) => frame.a as [string, string][]),
  );

describe('a local book', () => {
  it('buffers frames, drops those the snapshot contains and applies the rest', () => {
    const truth = new TrueBook();
    const book = new LocalBook();
    truth.update(true, 100, 1);
    expect(book.applyFrame(truth.update(false, 101, 2))).toBe('needsSnapshot');
    const snapshot = truth.snapshot();
    book.applyFrame(truth.update(true, 99, 3));
    expect(book.applySnapshot(snapshot)).toBe('synced');
    book.applyFrame(truth.update(true, 100, 0));
    expectEqual(book, truth);
    expect([book.bestBid(), book.bestAsk()]).toEqual([
      ['99', '3'],
      ['101', '2'],
    ]);
  });

  it('writes levels without trailing zeros, whoever brought them', () => {
    const book = new LocalBook();
    book.applySnapshot({ asks: [['100', '10']], bids: [['0.5', '1.50']], lastUpdateId: '1', timestamp: 0 });
    book.applyFrame(frameOf(2, 2, [['0.50', '20.0']], [['100.00', '0.00']]));
    expect([book.bids(), book.asks()]).toEqual([[['0.5', '20']], []]);
  });

  it('refuses a snapshot older than its first buffered frame', () => {
    const truth = new TrueBook();
    const book = new LocalBook();
    const old = truth.snapshot();
    truth.update(true, 100, 1);
    book.applyFrame(truth.update(true, 101, 1));
    expect(book.applySnapshot(old)).toBe('needsSnapshot');
    expect(book.applySnapshot(truth.snapshot())).toBe('synced');
    expectEqual(book, truth);
  });

  it('starts over on a gap and keeps the frame that showed it', () => {
    const truth = new TrueBook();
    const book = new LocalBook();
    book.applySnapshot(truth.snapshot());
    book.applyFrame(truth.update(true, 99, 1));
    truth.update(true, 100, 1);
    expect(book.applyFrame(truth.update(true, 101, 1))).toBe('needsSnapshot');
    expect(book.gaps).toBe(1);
    expect(book.applySnapshot(truth.snapshot())).toBe('synced');
    expectEqual(book, truth);
  });

  it('takes a merged frame that straddles the snapshot, but none that overlaps later', () => {
    const truth = new TrueBook();
    const book = new LocalBook();
    const first = truth.update(true, 100, 1);
    book.applySnapshot(truth.snapshot());
    const second = truth.update(true, 101, 1);
    expect(book.applyFrame(merged([first, second]))).toBe('synced');
    const third = truth.update(true, 102, 1);
    expect(book.applyFrame(merged([second, third]))).toBe('needsSnapshot');
  });

  it('ends equal to the exchange’s book whatever is merged, lost or late', () => {
    const step = fc.record({
      onBid: fc.boolean(),
      price: fc.integer({ min: 1, max: 12 }),
      quantity: fc.integer({ min: 0, max: 3 }),
      fate: fc.constantFrom('send', 'send', 'send', 'hold', 'lose', 'snapshot', 'break'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const truth = new TrueBook();
        const book = new LocalBook();
        let held: DepthFrame[] = [];
        let snapshot = truth.snapshot();
        for (const { onBid, price, quantity, fate } of steps) {
          held.push(truth.update(onBid, price, quantity));
          if (fate === 'snapshot') snapshot = truth.snapshot();
          if (fate === 'break') book.invalidate();
          if (fate === 'lose') held = [];
          if (fate === 'send') {
            book.applyFrame(merged(held));
            held = [];
            if (book.state === 'needsSnapshot') book.applySnapshot(snapshot);
          }
          if (book.state === 'synced') expect(book.lastUpdateId).toBeLessThanOrEqual(truth.id);
        }
        const last = truth.update(true, 1, 1);
        if (book.applyFrame(merged([...held, last])) === 'needsSnapshot') book.applySnapshot(truth.snapshot());
        expectEqual(book, truth);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a checksum', () => {
  const checksumOf = (truth: TrueBook): BookChecksumFrame => {
    const rows = (side: Side) => trimmed(ascending(side)) as [string, string][];
    const c = crc32(bookChecksumText(rows(truth.bids).reverse(), rows(truth.asks)));
    return { e: 'bookChecksum', E: 0, T: 0, s: 'A_B', u: truth.id, c };
  };

  it('agrees with a book that is the exchange’s, and with no other of the same update', () => {
    const step = fc.record({
      onBid: fc.boolean(),
      price: fc.integer({ min: 1, max: 40 }),
      quantity: fc.nat({ max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 80 }), step, (steps, other) => {
        const truth = new TrueBook();
        const book = new LocalBook();
        book.applySnapshot(truth.snapshot());
        for (const { onBid, price, quantity } of steps) book.applyFrame(truth.update(onBid, price, quantity));
        expect(book.agreesWith(checksumOf(truth))).toBe(true);
        const wrong = new LocalBook();
        wrong.applySnapshot(truth.snapshot());
        const { id } = truth;
        const row = truth.update(other.onBid, other.price, other.quantity + 10);
        wrong.applyFrame({ ...row, u: id + 1 });
        truth.id = id + 1;
        book.applyFrame(frameOf(id + 1, id + 1, [], []));
        if (Math.max(truth.bids.size, truth.asks.size) <= 25) expect(book.agreesWith(checksumOf(truth))).toBe(false);
        expect(wrong.agreesWith(checksumOf(truth))).toBe(true);
      }),
    );
  });

  it('of another update says nothing', () => {
    const truth = new TrueBook();
    const book = new LocalBook();
    book.applySnapshot(truth.snapshot());
    expect(book.agreesWith({ ...checksumOf(truth), u: 7, c: 1 })).toBe(true);
    expect(book.agreesWith({ ...checksumOf(truth), c: 1 })).toBe(false);
  });
});
