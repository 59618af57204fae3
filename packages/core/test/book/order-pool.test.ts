import { describe, expect, it } from 'vitest';
import { ORDER_CELL, OrderPool } from '../../src/book/order-pool.js';

function releasedAlready(pool: OrderPool): number {
  pool.release(1);
  return 1;
}

function restingStill(pool: OrderPool): number {
  pool.setLevel(2, 8);
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

  it('keeps every cell of every order when it grows', () => {
    const pool = new OrderPool(1);
    for (let n = 1; n <= 1_000; n++) write(pool, pool.allocate(), n);
    for (let n = 1; n <= 1_000; n++) expect(read(pool, n)).toEqual(row(n));
  });

  it('reads by name what was written by place, and the other way round', () => {
    const pool = new OrderPool();
    const handle = pool.allocate();
    write(pool, handle, 7);
    expect([pool.orderId(handle), pool.priceTicks(handle)]).toEqual([
      224 + ORDER_CELL.orderId,
      224 + ORDER_CELL.priceTicks,
    ]);
    pool.setLockedAtoms(handle, 5);
    pool.setFlags(handle, 6);
    expect([pool.cell(handle, ORDER_CELL.lockedAtoms), pool.cell(handle, ORDER_CELL.flags)]).toEqual([5, 6]);
  });

  it('gives out a reused handle with no links of its former life', () => {
    const pool = new OrderPool();
    const handle = pool.allocate();
    pool.setAccountNext(handle, 9);
    pool.setAccountPrevious(handle, 9);
    pool.setPrevious(handle, 9);
    pool.release(handle);
    expect(pool.allocate()).toBe(handle);
    const { next, previous, level, accountNext, accountPrevious } = ORDER_CELL;
    const links = [next, previous, level, accountNext, accountPrevious];
    expect(links.map((cell) => pool.cell(handle, cell))).toEqual([0, 0, 0, 0, 0]);
  });

  it.each([
    ['none', () => 0],
    ['never allocated', () => 3],
    ['beyond the rows', () => 1_000_000],
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

const CELLS = Object.values(ORDER_CELL);

function write(pool: OrderPool, handle: number, n: number): void {
  for (const cell of CELLS) pool.setCell(handle, cell, n * 32 + cell);
}

const read = (pool: OrderPool, handle: number): number[] => CELLS.map((cell) => pool.cell(handle, cell));

const row = (n: number): number[] => CELLS.map((cell) => n * 32 + cell);
