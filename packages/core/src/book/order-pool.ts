import { assert } from '@glasshouse/units';

const NOT_RESTING = 0;
const FREE = -1;

type Column = Float64Array | Int32Array | Uint16Array | Uint8Array;

function widened<C extends Column>(column: C, capacity: number): C {
  const wider = new (column.constructor as new (length: number) => C)(capacity);
  wider.set(column);
  return wider;
}

/**
 * Orders of every book of the exchange, a column per field, addressed by handles from 1; 0 is none.
 * `allocate` may replace every column by a wider one: read columns through the pool, hold none across a call.
 * Only the links and `level` are reset on allocation: the owner writes the other columns of a new handle.
 */
export class OrderPool {
  orderId: Float64Array;
  accountId: Int32Array;
  marketId: Int32Array;
  side: Uint8Array;
  priceTicks: Int32Array;
  sizeLots: Float64Array;
  remainingLots: Float64Array;
  filledQuoteAtoms: Float64Array;
  lockedAtoms: Float64Array;
  /** Rate of the account when the order came: it holds for the order's life. Negative is a rebate. */
  makerFeePpm: Int32Array;
  /** Quote atoms filled while resting, on which the maker fee is counted. */
  makerQuoteAtoms: Float64Array;
  /** Unsigned 32 bits, -1 for none. */
  clientId: Float64Array;
  flags: Uint16Array;
  createdUs: Float64Array;
  /** Queue of the price level, written by the book alone; in a free handle, the next free one. */
  next: Int32Array;
  previous: Int32Array;
  /** The book's own mark of where the order rests; 0 when it does not rest. */
  level: Int32Array;
  /** Open orders of the account, linked by the account's keeper. */
  accountNext: Int32Array;
  accountPrevious: Int32Array;

  #capacity: number;
  #live = 0;
  #firstFree = 0;
  #firstUnused = 1;

  constructor(initialCapacity = 1024) {
    const capacity = Math.max(2, initialCapacity + 1);
    this.#capacity = capacity;
    this.orderId = new Float64Array(capacity);
    this.accountId = new Int32Array(capacity);
    this.marketId = new Int32Array(capacity);
    this.side = new Uint8Array(capacity);
    this.priceTicks = new Int32Array(capacity);
    this.sizeLots = new Float64Array(capacity);
    this.remainingLots = new Float64Array(capacity);
    this.filledQuoteAtoms = new Float64Array(capacity);
    this.lockedAtoms = new Float64Array(capacity);
    this.makerFeePpm = new Int32Array(capacity);
    this.makerQuoteAtoms = new Float64Array(capacity);
    this.clientId = new Float64Array(capacity);
    this.flags = new Uint16Array(capacity);
    this.createdUs = new Float64Array(capacity);
    this.next = new Int32Array(capacity);
    this.previous = new Int32Array(capacity);
    this.level = new Int32Array(capacity);
    this.accountNext = new Int32Array(capacity);
    this.accountPrevious = new Int32Array(capacity);
    this.level[0] = FREE;
  }

  /** Live orders. */
  get size(): number {
    return this.#live;
  }

  allocate(): number {
    let handle = this.#firstFree;
    if (handle === 0) {
      handle = this.#firstUnused;
      if (handle === this.#capacity) this.#grow();
      this.#firstUnused = handle + 1;
    } else {
      this.#firstFree = this.next[handle] as number;
    }
    this.#live++;
    this.next[handle] = 0;
    this.previous[handle] = 0;
    this.level[handle] = NOT_RESTING;
    this.accountNext[handle] = 0;
    this.accountPrevious[handle] = 0;
    return handle;
  }

  /** Gives the handle back for reuse, last released first. The order must be out of its book. */
  release(handle: number): void {
    if (this.level[handle] !== NOT_RESTING || handle >= this.#firstUnused) this.#refuse(handle);
    this.level[handle] = FREE;
    this.next[handle] = this.#firstFree;
    this.#firstFree = handle;
    this.#live--;
  }

  #refuse(handle: number): never {
    assert(false, 'only an allocated order that rests nowhere is released', { handle, level: this.level[handle] });
  }

  #grow(): void {
    const capacity = this.#capacity * 2;
    this.orderId = widened(this.orderId, capacity);
    this.accountId = widened(this.accountId, capacity);
    this.marketId = widened(this.marketId, capacity);
    this.side = widened(this.side, capacity);
    this.priceTicks = widened(this.priceTicks, capacity);
    this.sizeLots = widened(this.sizeLots, capacity);
    this.remainingLots = widened(this.remainingLots, capacity);
    this.filledQuoteAtoms = widened(this.filledQuoteAtoms, capacity);
    this.lockedAtoms = widened(this.lockedAtoms, capacity);
    this.makerFeePpm = widened(this.makerFeePpm, capacity);
    this.makerQuoteAtoms = widened(this.makerQuoteAtoms, capacity);
    this.clientId = widened(this.clientId, capacity);
    this.flags = widened(this.flags, capacity);
    this.createdUs = widened(this.createdUs, capacity);
    this.next = widened(this.next, capacity);
    this.previous = widened(this.previous, capacity);
    this.level = widened(this.level, capacity);
    this.accountNext = widened(this.accountNext, capacity);
    this.accountPrevious = widened(this.accountPrevious, capacity);
    this.#capacity = capacity;
  }
}
