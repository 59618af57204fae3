import { type Atoms, assert, type FeePpm, type Lots, type Ticks, type TimeUs } from '@glasshouse/units';
import type { SideCode } from './order-book.js';

const NOT_RESTING = 0;
const FREE = -1;

/** A row is two cache lines: eight doubles, then sixteen integers. */
const ROW_DOUBLES = 16;
const ROW_INTEGERS = 32;
const ROW_BYTES = 128;
const INTEGERS_FROM = 16;

/** Cells of a row: doubles by their place among the row's doubles, integers by their place among its integers. */
export const ORDER_CELL = {
  orderId: 0,
  sizeLots: 1,
  remainingLots: 2,
  filledQuoteAtoms: 3,
  makerQuoteAtoms: 4,
  lockedAtoms: 5,
  clientId: 6,
  createdUs: 7,
  level: 16,
  next: 17,
  previous: 18,
  accountNext: 19,
  accountPrevious: 20,
  accountId: 21,
  marketId: 22,
  side: 23,
  priceTicks: 24,
  makerFeePpm: 25,
  flags: 26,
  positionRow: 27,
} as const;

export type OrderCell = (typeof ORDER_CELL)[keyof typeof ORDER_CELL];

/**
 * Orders of every book of the exchange, a row each, addressed by handles from 1; 0 is none. An order's fields lie together,
 * because a command touches most fields of one or two orders somewhere in memory.
 * Only the links, `level` and `positionRow` are reset on allocation: the owner writes the other fields of a new handle.
 */
export class OrderPool {
  #doubles: Float64Array;
  #integers: Int32Array;
  #capacity: number;
  #live = 0;
  #firstFree = 0;
  #firstUnused = 1;

  constructor(initialCapacity = 1024) {
    this.#capacity = Math.max(2, initialCapacity + 1);
    const rows = new ArrayBuffer(this.#capacity * ROW_BYTES);
    this.#doubles = new Float64Array(rows);
    this.#integers = new Int32Array(rows);
    this.setLevel(0, FREE);
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
      this.#firstFree = this.next(handle);
    }
    this.#live++;
    this.setNext(handle, 0);
    this.setPrevious(handle, 0);
    this.setLevel(handle, NOT_RESTING);
    this.setAccountNext(handle, 0);
    this.setAccountPrevious(handle, 0);
    this.setPositionRow(handle, 0);
    return handle;
  }

  /** Gives the handle back for reuse, last released first. The order must be out of its book. */
  release(handle: number): void {
    if (this.level(handle) !== NOT_RESTING || handle >= this.#firstUnused) this.#refuse(handle);
    this.setLevel(handle, FREE);
    this.setNext(handle, this.#firstFree);
    this.#firstFree = handle;
    this.#live--;
  }

  /** Any field by its place: for what treats all fields alike. */
  cell(handle: number, cell: OrderCell): number {
    return cell < INTEGERS_FROM
      ? this.#doubles[handle * ROW_DOUBLES + cell]!
      : this.#integers[handle * ROW_INTEGERS + cell]!;
  }

  setCell(handle: number, cell: OrderCell, value: number): void {
    if (cell < INTEGERS_FROM) this.#doubles[handle * ROW_DOUBLES + cell] = value;
    else this.#integers[handle * ROW_INTEGERS + cell] = value;
  }

  orderId(handle: number): number {
    return this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.orderId]!;
  }

  setOrderId(handle: number, orderId: number): void {
    this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.orderId] = orderId;
  }

  sizeLots(handle: number): Lots {
    return this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.sizeLots] as Lots;
  }

  setSizeLots(handle: number, sizeLots: number): void {
    this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.sizeLots] = sizeLots;
  }

  remainingLots(handle: number): Lots {
    return this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.remainingLots] as Lots;
  }

  setRemainingLots(handle: number, remainingLots: number): void {
    this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.remainingLots] = remainingLots;
  }

  /** Of this order, as maker and as taker. */
  filledQuoteAtoms(handle: number): Atoms {
    return this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.filledQuoteAtoms] as Atoms;
  }

  setFilledQuoteAtoms(handle: number, filledQuoteAtoms: number): void {
    this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.filledQuoteAtoms] = filledQuoteAtoms;
  }

  /** Quote atoms filled while resting, on which the maker fee is counted. */
  makerQuoteAtoms(handle: number): Atoms {
    return this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.makerQuoteAtoms] as Atoms;
  }

  setMakerQuoteAtoms(handle: number, makerQuoteAtoms: number): void {
    this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.makerQuoteAtoms] = makerQuoteAtoms;
  }

  lockedAtoms(handle: number): Atoms {
    return this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.lockedAtoms] as Atoms;
  }

  setLockedAtoms(handle: number, lockedAtoms: number): void {
    this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.lockedAtoms] = lockedAtoms;
  }

  /** Unsigned 32 bits, -1 for none. */
  clientId(handle: number): number {
    return this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.clientId]!;
  }

  setClientId(handle: number, clientId: number): void {
    this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.clientId] = clientId;
  }

  createdUs(handle: number): TimeUs {
    return this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.createdUs] as TimeUs;
  }

  setCreatedUs(handle: number, createdUs: number): void {
    this.#doubles[handle * ROW_DOUBLES + ORDER_CELL.createdUs] = createdUs;
  }

  /** The book's own mark of where the order rests; 0 when it does not rest. */
  level(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + ORDER_CELL.level]!;
  }

  setLevel(handle: number, level: number): void {
    this.#integers[handle * ROW_INTEGERS + ORDER_CELL.level] = level;
  }

  /** Queue of the price level, written by the book alone; in a free handle, the next free one. */
  next(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + ORDER_CELL.next]!;
  }

  setNext(handle: number, next: number): void {
    this.#integers[handle * ROW_INTEGERS + ORDER_CELL.next] = next;
  }

  previous(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + ORDER_CELL.previous]!;
  }

  setPrevious(handle: number, previous: number): void {
    this.#integers[handle * ROW_INTEGERS + ORDER_CELL.previous] = previous;
  }

  /** Open orders of the account, linked by the account's keeper. */
  accountNext(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + ORDER_CELL.accountNext]!;
  }

  setAccountNext(handle: number, accountNext: number): void {
    this.#integers[handle * ROW_INTEGERS + ORDER_CELL.accountNext] = accountNext;
  }

  accountPrevious(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + ORDER_CELL.accountPrevious]!;
  }

  setAccountPrevious(handle: number, accountPrevious: number): void {
    this.#integers[handle * ROW_INTEGERS + ORDER_CELL.accountPrevious] = accountPrevious;
  }

  accountId(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + ORDER_CELL.accountId]!;
  }

  setAccountId(handle: number, accountId: number): void {
    this.#integers[handle * ROW_INTEGERS + ORDER_CELL.accountId] = accountId;
  }

  marketId(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + ORDER_CELL.marketId]!;
  }

  setMarketId(handle: number, marketId: number): void {
    this.#integers[handle * ROW_INTEGERS + ORDER_CELL.marketId] = marketId;
  }

  side(handle: number): SideCode {
    return this.#integers[handle * ROW_INTEGERS + ORDER_CELL.side] as SideCode;
  }

  setSide(handle: number, side: number): void {
    this.#integers[handle * ROW_INTEGERS + ORDER_CELL.side] = side;
  }

  priceTicks(handle: number): Ticks {
    return this.#integers[handle * ROW_INTEGERS + ORDER_CELL.priceTicks] as Ticks;
  }

  setPriceTicks(handle: number, priceTicks: number): void {
    this.#integers[handle * ROW_INTEGERS + ORDER_CELL.priceTicks] = priceTicks;
  }

  /** Rate of the account when the order came: it holds for the order's life. Negative is a rebate. */
  makerFeePpm(handle: number): FeePpm {
    return this.#integers[handle * ROW_INTEGERS + ORDER_CELL.makerFeePpm] as FeePpm;
  }

  setMakerFeePpm(handle: number, makerFeePpm: number): void {
    this.#integers[handle * ROW_INTEGERS + ORDER_CELL.makerFeePpm] = makerFeePpm;
  }

  flags(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + ORDER_CELL.flags]!;
  }

  setFlags(handle: number, flags: number): void {
    this.#integers[handle * ROW_INTEGERS + ORDER_CELL.flags] = flags;
  }

  /** Where the owner counts it as open, so that it is found without a search; 0 when nowhere. Not state. */
  positionRow(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + ORDER_CELL.positionRow]!;
  }

  setPositionRow(handle: number, row: number): void {
    this.#integers[handle * ROW_INTEGERS + ORDER_CELL.positionRow] = row;
  }

  #refuse(handle: number): never {
    assert(false, 'only an allocated order that rests nowhere is released', { handle, level: this.level(handle) });
  }

  #grow(): void {
    this.#capacity *= 2;
    const rows = new ArrayBuffer(this.#capacity * ROW_BYTES);
    const doubles = new Float64Array(rows);
    doubles.set(this.#doubles);
    this.#doubles = doubles;
    this.#integers = new Int32Array(rows);
  }
}
