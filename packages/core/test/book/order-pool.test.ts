import { describe, expect, it } from 'vitest';
import { OrderPool } from '../../src/book/order-pool.js';

function releasedAlready(pool: OrderPool): number {
  pool.release(1);
  return 1;
}

function restingStill(pool: OrderPool): number {
  pool.level[2] = 8;
  return 2;
}

describe('OrderPool', () => {
  it('hands out handles from 1 and counts the live ones', () => {
    const pool = new OrderPool(4);
    expect([pool.allocate(), pool.allocate(), pool.allocate()]).toEqual([1, 2, 3]);
    expect(pool.size).toBe(3);
    pool.release(2);
    expect(pool.size).toBe(2);
  });

  it('reuses the handle released last first, then goes on with unused ones', () => {
    const pool = new OrderPool(8);
    for (let n = 0; n < 5; n++) pool.allocate();
    for (const handle of [2, 5, 3]) pool.release(handle);
    expect([pool.allocate(), pool.allocate(), pool.allocate(), pool.allocate()]).toEqual([3, 5, 2, 6]);
  });

  it('keeps every column of every order when it grows', () => {
    const pool = new OrderPool(1);
    for (let n = 1; n <= 1_000; n++) write(pool, pool.allocate(), n);
    for (let n = 1; n <= 1_000; n++) expect(read(pool, n)).toEqual(row(pool, n));
    expect(columnsOf(pool).length).toBeGreaterThan(15);
  });

  it('gives out a reused handle with no links of its former life', () => {
    const pool = new OrderPool();
    const handle = pool.allocate();
    pool.accountNext[handle] = 9;
    pool.accountPrevious[handle] = 9;
    pool.previous[handle] = 9;
    pool.release(handle);
    expect(pool.allocate()).toBe(handle);
    const links = [pool.next, pool.previous, pool.level, pool.accountNext, pool.accountPrevious];
    expect(links.map((column) => column[handle])).toEqual([0, 0, 0, 0, 0]);
  });

  it.each([
    ['none', () => 0],
    ['never allocated', () => 3],
    ['beyond the columns', () => 1_000_000],
    ['released already', releasedAlready],
    ['resting still', restingStill],
  ])('refuses to release a handle that is %s', (_case, handle) => {
    const pool = new OrderPool();
    pool.allocate();
    pool.allocate();
    const bad = handle(pool);
    expect(() => pool.release(bad)).toThrow('only an allocated order that rests nowhere is released');
  });
});

type Column = Float64Array | Int32Array | Uint16Array | Uint8Array;

function columnsOf(pool: OrderPool): Column[] {
  return Object.values(pool).filter((value): value is Column => ArrayBuffer.isView(value));
}

function write(pool: OrderPool, handle: number, n: number): void {
  columnsOf(pool).forEach((column, place) => {
    column[handle] = n * 32 + place;
  });
}

function read(pool: OrderPool, handle: number): number[] {
  return columnsOf(pool).map((column) => column[handle]!);
}

/** What the columns hold of the values written: the narrow ones drop high bits. */
function row(pool: OrderPool, n: number): number[] {
  return columnsOf(pool).map((column, place) => {
    const probe = column.slice(0, 1);
    probe[0] = n * 32 + place;
    return probe[0]!;
  });
}
