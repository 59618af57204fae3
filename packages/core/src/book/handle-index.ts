import { HandleTable } from './handle-table.js';
import type { OrderPool } from './order-pool.js';

/** Exact on doubles: scales a safe integer down to its part above 32 bits. */
const HIGH_WORD = 1 / 0x1_0000_0000;

/** Spreads two 32-bit words over one (the finaliser of MurmurHash3). */
function mixed(first: number, second: number): number {
  let hash = Math.imul(first, 0x9e3779b1) ^ second;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Neighbours of one family: as many places of a HandleTable as one cache line holds. */
const FAMILY_BITS = 3;
const FAMILY_MASK = (1 << FAMILY_BITS) - 1;

/** The same, but for values of `second` that follow each other it gives places that do: what is used together lies together. */
export function mixedNearby(first: number, second: number): number {
  return (mixed(first, second >> FAMILY_BITS) << FAMILY_BITS) | (second & FAMILY_MASK);
}

/** Handles by order id. The ids themselves are read from the pool: written before `set`, kept until `delete`. */
export class OrderIdIndex {
  readonly #pool: OrderPool;
  readonly #table = new HandleTable();

  constructor(pool: OrderPool) {
    this.#pool = pool;
  }

  get size(): number {
    return this.#table.size;
  }

  /** 0 when there is none. */
  get(orderId: number): number {
    const place = this.#find(orderId, OrderIdIndex.#hash(orderId));
    return place === -1 ? 0 : this.#table.cells[place * 2]!;
  }

  /** The handle takes the place of one set before under the same id. */
  set(orderId: number, handle: number): void {
    const hash = OrderIdIndex.#hash(orderId);
    const place = this.#find(orderId, hash);
    if (place === -1) this.#table.add(hash, handle);
    else this.#table.cells[place * 2] = handle;
  }

  /** False when there was none. */
  delete(orderId: number): boolean {
    const place = this.#find(orderId, OrderIdIndex.#hash(orderId));
    if (place !== -1) this.#table.removeAt(place);
    return place !== -1;
  }

  #find(orderId: number, hash: number): number {
    const { cells, mask } = this.#table;
    const pool = this.#pool;
    for (let place = hash & mask; cells[place * 2] !== 0; place = (place + 1) & mask) {
      if (cells[place * 2 + 1] === hash && pool.orderId(cells[place * 2]!) === orderId) return place;
    }
    return -1;
  }

  static #hash(orderId: number): number {
    return mixedNearby((orderId * HIGH_WORD) | 0, orderId | 0);
  }
}

/**
 * Handles by account and client id. Both are read from the pool: written before `set`, kept until `delete`.
 * Callers choose client ids: a node that gives a salt of its own (no result depends on it) cannot be fed ids that
 * collide.
 */
export class ClientIdIndex {
  readonly #pool: OrderPool;
  readonly #salt: number;
  readonly #table = new HandleTable();

  constructor(pool: OrderPool, salt = 0) {
    this.#pool = pool;
    this.#salt = salt | 0;
  }

  get size(): number {
    return this.#table.size;
  }

  /** 0 when there is none. */
  get(accountId: number, clientId: number): number {
    const place = this.#find(accountId, clientId, this.#hash(accountId, clientId));
    return place === -1 ? 0 : this.#table.cells[place * 2]!;
  }

  /** The handle takes the place of one set before under the same ids. */
  set(accountId: number, clientId: number, handle: number): void {
    const hash = this.#hash(accountId, clientId);
    const place = this.#find(accountId, clientId, hash);
    if (place === -1) this.#table.add(hash, handle);
    else this.#table.cells[place * 2] = handle;
  }

  /** False when there was none. */
  delete(accountId: number, clientId: number): boolean {
    const place = this.#find(accountId, clientId, this.#hash(accountId, clientId));
    if (place !== -1) this.#table.removeAt(place);
    return place !== -1;
  }

  #find(accountId: number, clientId: number, hash: number): number {
    const { cells, mask } = this.#table;
    const pool = this.#pool;
    for (let place = hash & mask; cells[place * 2] !== 0; place = (place + 1) & mask) {
      if (cells[place * 2 + 1] !== hash) continue;
      const handle = cells[place * 2]!;
      if (pool.clientId(handle) === clientId && pool.accountId(handle) === accountId) return place;
    }
    return -1;
  }

  #hash(accountId: number, clientId: number): number {
    return mixed(mixed(accountId, this.#salt), clientId | 0);
  }
}
