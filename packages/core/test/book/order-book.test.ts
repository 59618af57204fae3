import { describe, expect, it } from 'vitest';
import { FastBook } from '../../src/book/fast-book.js';
import { NaiveBook } from '../../src/book/naive-book.js';
import {
  ASK,
  BID,
  HIGHEST_TICKS,
  LOWEST_TICKS,
  type MatchVisitor,
  type OrderBook,
  REMOVE,
  type SideCode,
  STOP,
} from '../../src/book/order-book.js';
import { OrderPool } from '../../src/book/order-pool.js';
import { queueOf } from './book-pair.js';

const FAR = HIGHEST_TICKS;

function order(pool: OrderPool, side: SideCode, ticks: number, lots: number): number {
  const handle = pool.allocate();
  pool.setSide(handle, side);
  pool.setPriceTicks(handle, ticks);
  pool.setRemainingLots(handle, lots);
  return handle;
}

/** A visitor that gives each maker the next answer (`undefined`: all it can) and keeps what it heard. */
function visitor(pool: OrderPool, answers: readonly (number | undefined)[] = []): MatchVisitor & { heard: string[] } {
  const heard: string[] = [];
  let turn = 0;
  return {
    heard,
    offer: (_maker, _ticks, maxLots) => answers[turn++] ?? maxLots,
    filled: (maker, ticks, lots) =>
      void heard.push(`${maker}: ${lots} at ${ticks}, leaves ${pool.remainingLots(maker)}`),
    removed: (maker) => void heard.push(`${maker}: removed`),
  };
}

function restAfterRelease(pool: OrderPool, book: OrderBook): void {
  book.remove(1);
  pool.release(1);
  book.rest(1);
}

function removeTwice(_pool: OrderPool, book: OrderBook): void {
  book.remove(1);
  book.remove(1);
}

describe.each([
  ['FastBook', (pool: OrderPool) => new FastBook(pool)],
  ['NaiveBook', (pool: OrderPool) => new NaiveBook(pool)],
])('%s', (_name, create) => {
  function setUp(...orders: readonly (readonly [side: SideCode, ticks: number, lots: number])[]) {
    const pool = new OrderPool(2);
    const book = create(pool);
    const handles = orders.map((columns) => order(pool, ...columns));
    for (const handle of handles) book.rest(handle);
    return { pool, book };
  }

  it.each([BID, ASK] as const)('has nothing to show when side %i is empty', (side) => {
    const { pool, book } = setUp();
    expect(book.orderCount).toBe(0);
    for (const ticks of [1, 1_000, FAR]) {
      const shown = [book.bestTicks(side), book.worseTicks(side, ticks), book.head(side, ticks)];
      expect([...shown, book.levelLots(side, ticks), book.levelOrders(side, ticks)]).toEqual([0, 0, 0, 0, 0]);
    }
    expect(book.match(side, side === BID ? FAR : 1, 5, visitor(pool))).toBe(5);
  });

  it('queues orders of a price by arrival and adds up their lots', () => {
    const { pool, book } = setUp([BID, 50, 3], [BID, 50, 4], [ASK, 50, 9], [BID, 49, 1], [BID, 50, 5]);
    expect(queueOf(pool, book.head(BID, 50))).toEqual([
      [1, 3],
      [2, 4],
      [5, 5],
    ]);
    expect([book.levelLots(BID, 50), book.levelOrders(BID, 50), book.orderCount]).toEqual([12, 3, 5]);
  });

  it.each([1, 2, 3])('closes the queue around order %i of three', (gone) => {
    const { pool, book } = setUp([ASK, 7, 10], [ASK, 7, 20], [ASK, 7, 30]);
    book.remove(gone);
    expect(queueOf(pool, book.head(ASK, 7)).map(([handle]) => handle)).toEqual(
      [1, 2, 3].filter((each) => each !== gone),
    );
    expect([book.levelLots(ASK, 7), book.levelOrders(ASK, 7)]).toEqual([60 - gone * 10, 2]);
  });

  it('forgets a level with its last order and names the next as best', () => {
    const { book } = setUp([BID, 10, 1], [BID, 30, 1], [BID, 20, 1], [ASK, 70, 1], [ASK, 50, 1]);
    expect([book.bestTicks(BID), book.bestTicks(ASK)]).toEqual([30, 50]);
    book.remove(2);
    book.remove(5);
    expect([book.bestTicks(BID), book.bestTicks(ASK)]).toEqual([20, 70]);
    expect([book.levelLots(BID, 30), book.levelOrders(BID, 30), book.head(BID, 30)]).toEqual([0, 0, 0]);
  });

  it('walks away from the touch from any price, level or not', () => {
    const { book } = setUp([BID, 100, 1], [BID, 5_000, 1], [ASK, 6_000, 1], [ASK, 2_000_000, 1]);
    const bids = [FAR, 5_001, 5_000, 4_999, 101, 100, 99, 1].map((ticks) => book.worseTicks(BID, ticks));
    const asks = [1, 5_999, 6_000, 6_001, 1_999_999, 2_000_000, FAR].map((ticks) => book.worseTicks(ASK, ticks));
    expect(bids).toEqual([5_000, 5_000, 100, 100, 100, 0, 0, 0]);
    expect(asks).toEqual([6_000, 6_000, 2_000_000, 2_000_000, 2_000_000, 0, 0]);
  });

  it('holds orders at the lowest and highest price on both sides', () => {
    const { pool, book } = setUp([BID, 1, 2], [BID, FAR, 3], [ASK, 1, 5], [ASK, FAR, 7]);
    expect([book.bestTicks(BID), book.worseTicks(BID, FAR)]).toEqual([FAR, 1]);
    expect([book.bestTicks(ASK), book.worseTicks(ASK, 1)]).toEqual([1, FAR]);
    expect(book.match(ASK, LOWEST_TICKS, 9, visitor(pool))).toBe(4);
    expect(book.match(BID, HIGHEST_TICKS, 9, visitor(pool))).toBe(0);
    expect([book.bestTicks(BID), book.bestTicks(ASK), book.levelLots(ASK, FAR)]).toEqual([0, FAR, 3]);
  });

  it('keeps the place in the queue of an order that is reduced', () => {
    const { pool, book } = setUp([BID, 8, 10], [BID, 8, 10]);
    book.reduce(1, 9);
    expect(queueOf(pool, book.head(BID, 8))).toEqual([
      [1, 1],
      [2, 10],
    ]);
    expect(book.levelLots(BID, 8)).toBe(11);
  });

  it('matches best price first, then first come, down to the limit and no further', () => {
    const { pool, book } = setUp([ASK, 102, 4], [ASK, 101, 1], [ASK, 101, 2], [ASK, 103, 9]);
    const witness = visitor(pool);
    expect(book.match(BID, 102, 10, witness)).toBe(3);
    expect(witness.heard).toEqual(['2: 1 at 101, leaves 0', '3: 2 at 101, leaves 0', '1: 4 at 102, leaves 0']);
    expect([book.orderCount, book.bestTicks(ASK)]).toEqual([1, 103]);
  });

  it('leaves a maker that is filled in part at the head of its queue', () => {
    const { pool, book } = setUp([BID, 9, 5], [BID, 9, 5]);
    expect(book.match(ASK, 9, 3, visitor(pool))).toBe(0);
    expect(queueOf(pool, book.head(BID, 9))).toEqual([
      [1, 2],
      [2, 5],
    ]);
    expect(book.levelLots(BID, 9)).toBe(7);
  });

  it('stops before a maker when told to', () => {
    const { pool, book } = setUp([BID, 9, 5], [BID, 8, 5]);
    const witness = visitor(pool, [undefined, STOP]);
    expect(book.match(ASK, 1, 20, witness)).toBe(15);
    expect(witness.heard).toEqual(['1: 5 at 9, leaves 0']);
    expect(book.levelLots(BID, 8)).toBe(5);
  });

  it('takes a maker out unfilled when told to and goes on with the next', () => {
    const { pool, book } = setUp([BID, 9, 5], [BID, 9, 6], [BID, 8, 7]);
    const witness = visitor(pool, [REMOVE]);
    expect(book.match(ASK, 8, 10, witness)).toBe(0);
    expect(witness.heard).toEqual(['1: removed', '2: 6 at 9, leaves 0', '3: 4 at 8, leaves 3']);
    expect(pool.remainingLots(1)).toBe(5);
  });

  it('goes on with the same maker when the visitor fills less than it could', () => {
    const { pool, book } = setUp([ASK, 4, 10]);
    const witness = visitor(pool, [3, 2, STOP]);
    expect(book.match(BID, 4, 8, witness)).toBe(3);
    expect(witness.heard).toEqual(['1: 3 at 4, leaves 7', '1: 2 at 4, leaves 5']);
  });

  it('lets an owner release and reuse a filled maker at once', () => {
    const { pool, book } = setUp([ASK, 4, 1], [ASK, 5, 1]);
    const reusing: MatchVisitor = {
      offer: (_maker, _ticks, maxLots) => maxLots,
      filled: (maker) => {
        pool.release(maker);
        if (maker === 1) book.rest(order(pool, BID, 3, 2));
      },
      removed: () => undefined,
    };
    expect(book.match(BID, 10, 2, reusing)).toBe(0);
    expect([book.orderCount, book.head(BID, 3), book.bestTicks(ASK)]).toEqual([1, 1, 0]);
  });

  it('lets an order that was taken out rest again, at the back', () => {
    const { pool, book } = setUp([BID, 5, 1], [BID, 5, 2], [BID, 6, 3]);
    book.remove(1);
    book.rest(1);
    expect(queueOf(pool, book.head(BID, 5))).toEqual([
      [2, 2],
      [1, 1],
    ]);
    expect([book.levelLots(BID, 5), book.orderCount]).toEqual([3, 3]);
  });

  it('stays whole while pool and levels grow and shrink again', () => {
    const { pool, book } = setUp();
    const handles = Array.from({ length: 5_000 }, (_, n) =>
      order(pool, n % 2 === 0 ? BID : ASK, 1 + ((n * 7_919) % 9_001), 1 + n),
    );
    for (const handle of handles) book.rest(handle);
    expect(book.orderCount).toBe(5_000);
    for (const handle of handles) book.remove(handle);
    expect([book.orderCount, book.bestTicks(BID), book.bestTicks(ASK)]).toEqual([0, 0, 0]);
  });

  it.each<[string, (pool: OrderPool, book: OrderBook) => void]>([
    ['an order that rests already', (_pool, book) => book.rest(1)],
    ['an order without lots', (pool, book) => book.rest(order(pool, BID, 5, 0))],
    ['an order without price', (pool, book) => book.rest(order(pool, BID, 0, 5))],
    ['a released order', restAfterRelease],
    ['taking out an order that is not in', (pool, book) => book.remove(order(pool, BID, 5, 5))],
    ['taking out an order twice', removeTwice],
    ['taking out no order', (_pool, book) => book.remove(0)],
    ['reducing an order to nothing', (_pool, book) => book.reduce(1, 10)],
    ['reducing an order by nothing', (_pool, book) => book.reduce(1, 0)],
    ['reducing an order that is not in', (pool, book) => book.reduce(order(pool, BID, 5, 5), 1)],
    ['a fill beyond the offer', (pool, book) => book.match(ASK, 1, 4, visitor(pool, [5]))],
    ['an answer that means nothing', (pool, book) => book.match(ASK, 1, 4, visitor(pool, [-2]))],
    ['an answer that is no number', (pool, book) => book.match(ASK, 1, 4, visitor(pool, [Number.NaN]))],
  ])('refuses %s and stays as it was', (_case, act) => {
    const { pool, book } = setUp([BID, 5, 10]);
    expect(() => act(pool, book)).toThrow('invariant broken');
    expect(book.bestTicks(BID) === 0 ? 0 : book.levelLots(BID, 5)).toBe(book.orderCount * 10);
  });
});

describe('memory of FastBook', () => {
  function spread(count: number, distance: number): FastBook {
    const pool = new OrderPool(count);
    const book = new FastBook(pool);
    for (let n = 0; n < count; n++) book.rest(order(pool, BID, 1 + n * distance, 1));
    return book;
  }

  it('is a few kilobytes for a lone order at either end of the range', () => {
    const pool = new OrderPool();
    const book = new FastBook(pool);
    for (const [side, ticks] of [
      [BID, 1],
      [BID, FAR],
      [ASK, 1],
      [ASK, FAR],
    ] as const)
      book.rest(order(pool, side, ticks, 1));
    expect(book.bytes).toBeLessThan(8_192);
  });

  it.each([1, 32, 1_024, 32_768])('stays below a kilobyte a level when levels are %i ticks apart', (distance) => {
    expect(spread(20_000, distance).bytes / 20_000).toBeLessThan(1_024);
  });

  it('does not grow when orders come and go at ever new prices', () => {
    const pool = new OrderPool();
    const book = new FastBook(pool);
    const atFirst = book.bytes;
    for (let ticks = 1; ticks < FAR - 50_000; ticks += 50_000) {
      const handle = order(pool, ticks % 3 === 0 ? BID : ASK, ticks, 1);
      book.rest(handle);
      book.remove(handle);
      pool.release(handle);
    }
    expect(book.bytes).toBe(atFirst);
  });
});
