import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClientIdIndex, OrderIdIndex } from '../../src/book/handle-index.js';
import { OrderPool } from '../../src/book/order-pool.js';

const orderId = fc.oneof(
  fc.integer({ min: 1, max: 400 }),
  fc.maxSafeNat(),
  // The same low 32 bits, or the same high ones: neither half alone may decide.
  fc.integer({ min: 0, max: 50 }).map((high) => high * 0x1_0000_0000 + 7),
);

const MANY = 300_000;

/** A word without pattern for each n: no two alike (each step can be undone). */
function scattered(n: number): number {
  const once = Math.imul(n ^ 0x2545f491, 0x27d4eb2f);
  return Math.imul(once ^ (once >>> 15), 0x165667b1) >>> 0;
}

interface Order {
  readonly handle: number;
  readonly accountId: number;
  readonly clientId: number;
}

function place(pool: OrderPool, id: number): number {
  const handle = pool.allocate();
  pool.setOrderId(handle, id);
  return handle;
}

describe('OrderIdIndex', () => {
  it('answers like a map whatever ids come and go', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(orderId, orderId), { maxLength: 400, size: 'max' }), (steps) => {
        const pool = new OrderPool();
        const index = new OrderIdIndex(pool);
        const model = new Map<number, number>();
        for (const [id, probe] of steps) {
          const known = model.get(id);
          if (known === undefined) {
            model.set(id, place(pool, id));
            index.set(id, model.get(id)!);
          } else {
            expect(index.delete(id)).toBe(true);
            model.delete(id);
            pool.release(known);
          }
          expect(index.size).toBe(model.size);
          expect(index.get(probe)).toBe(model.get(probe) ?? 0);
          expect(index.get(id)).toBe(model.get(id) ?? 0);
        }
        expect([...model.keys()].map((id) => index.get(id))).toEqual([...model.values()]);
      }),
    );
  });

  it('finds each of a hundred thousand sequential ids after every third was deleted', () => {
    const pool = new OrderPool();
    const index = new OrderIdIndex(pool);
    for (let id = 1; id <= 100_000; id++) index.set(id, place(pool, id));
    for (let id = 3; id <= 100_000; id += 3) index.delete(id);
    const wrong: number[] = [];
    for (let id = 1; id <= 100_000; id++) if (index.get(id) !== (id % 3 === 0 ? 0 : id)) wrong.push(id);
    expect(wrong).toEqual([]);
    expect(index.size).toBe(66_667);
  });

  // Among so many keys several pairs share all 32 bits of their hash: the keys themselves must decide.
  it('keeps three hundred thousand scattered ids apart', () => {
    const pool = new OrderPool();
    const index = new OrderIdIndex(pool);
    const ids = Array.from({ length: MANY }, (_, n) => scattered(n) * 0x10_0000 + scattered(n + MANY) / 0x1000);
    ids.forEach((id, n) => {
      index.set(Math.floor(id), place(pool, Math.floor(id)));
      if (index.size !== n + 1) expect(index.size).toBe(n + 1);
    });
    expect(ids.filter((id, n) => index.get(Math.floor(id)) !== n + 1)).toEqual([]);
  });

  it('replaces the handle of an id that is set twice', () => {
    const pool = new OrderPool();
    const index = new OrderIdIndex(pool);
    index.set(5, place(pool, 5));
    index.set(5, place(pool, 5));
    expect([index.get(5), index.size]).toEqual([2, 1]);
  });

  it('says when there was nothing to delete', () => {
    expect(new OrderIdIndex(new OrderPool()).delete(1)).toBe(false);
  });
});

describe('ClientIdIndex', () => {
  const ids = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom(0, 1, 2, 0x7fffffff, 0x80000000, 0xffffffff));

  it.each([0, 0x12345678, -1])('keeps the same client id of different accounts apart, with salt %i', (salt) => {
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 200, size: 'max' }), (steps) => {
        const pool = new OrderPool();
        const index = new ClientIdIndex(pool, salt);
        const model = new Map<string, Order>();
        for (const [accountId, clientId] of steps) toggle(pool, index, model, accountId, clientId);
      }),
    );
  });

  it('keeps three hundred thousand scattered pairs apart', () => {
    const pool = new OrderPool();
    const index = new ClientIdIndex(pool);
    const pairs = Array.from({ length: MANY }, (_, n) => [n % 1_000, scattered(n)] as const);
    for (const [accountId, clientId] of pairs) add(pool, index, accountId, clientId);
    expect(pairs.filter(([accountId, clientId], n) => index.get(accountId, clientId) !== n + 1)).toEqual([]);
    expect(index.size).toBe(MANY);
  });

  it('finds each of many client ids of many accounts through growth', () => {
    const pool = new OrderPool();
    const index = new ClientIdIndex(pool);
    for (let n = 0; n < 40_000; n++) add(pool, index, n % 200, Math.floor(n / 200) * 0x10000);
    for (let n = 0; n < 40_000; n++) expect(index.get(n % 200, Math.floor(n / 200) * 0x10000)).toBe(n + 1);
    expect(index.get(200, 0)).toBe(0);
  });
});

function add(pool: OrderPool, index: ClientIdIndex, accountId: number, clientId: number): Order {
  const handle = pool.allocate();
  pool.setAccountId(handle, accountId);
  pool.setClientId(handle, clientId);
  index.set(accountId, clientId, handle);
  return { handle, accountId, clientId };
}

function toggle(
  pool: OrderPool,
  index: ClientIdIndex,
  model: Map<string, Order>,
  accountId: number,
  clientId: number,
): void {
  const name = `${accountId}/${clientId}`;
  const known = model.get(name);
  expect(index.get(accountId, clientId)).toBe(known?.handle ?? 0);
  expect(index.delete(accountId, clientId)).toBe(known !== undefined);
  if (known === undefined) model.set(name, add(pool, index, accountId, clientId));
  else {
    model.delete(name);
    pool.release(known.handle);
  }
  expect(index.size).toBe(model.size);
  const found = [...model.values()].map((order) => index.get(order.accountId, order.clientId));
  expect(found).toEqual([...model.values()].map((order) => order.handle));
}
