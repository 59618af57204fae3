import type { Atoms, Lots, TimeUs } from '@glasshouse/units';

/**
 * A row is two cache lines. What orders and margin look at lies in its first 48 bytes: engines hand out memory that begins 16
 * bytes behind the start of a line as a rule, so that no more of a row's first 64 bytes are sure to share one.
 */
const ROW_DOUBLES = 16;
const ROW_INTEGERS = 32;
const ROW_BYTES = 128;

/** Cells of a row that are doubles, by their place among the row's doubles. */
export const POSITION_CELL = {
  sizeLots: 0,
  costAtoms: 1,
  openBidLots: 2,
  openAskLots: 3,
  fundingIndex: 6,
  entryCostAtoms: 8,
  realizedPnlAtoms: 9,
  fundingAtoms: 10,
  reduceBidLots: 11,
  reduceAskLots: 12,
  openedUs: 13,
  positionId: 14,
} as const;

export type PositionCell = (typeof POSITION_CELL)[keyof typeof POSITION_CELL];

/** Cells that are integers, by their place among the row's integers. */
const INTEGER_CELL = { marketId: 8, accountId: 9, next: 10, stakePlace: 11, touchedBy: 14 } as const;

/**
 * Positions of all accounts, and the open orders that could become positions: a row for each account and perpetual in which
 * either is not zero. Rows have handles from 1; an account's are linked by rising market id.
 */
export class PositionTable {
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
  }

  get size(): number {
    return this.#live;
  }

  /** A row of zeros that belongs to nobody yet. */
  allocate(): number {
    let handle = this.#firstFree;
    if (handle === 0) {
      handle = this.#firstUnused;
      if (handle === this.#capacity) this.#grow();
      this.#firstUnused = handle + 1;
    } else {
      this.#firstFree = this.next(handle);
    }
    this.#live += 1;
    this.#integers.fill(0, handle * ROW_INTEGERS, (handle + 1) * ROW_INTEGERS);
    return handle;
  }

  release(handle: number): void {
    this.setNext(handle, this.#firstFree);
    this.#firstFree = handle;
    this.#live -= 1;
  }

  /** Any field by its place: for what treats all fields alike. */
  cell(handle: number, cell: PositionCell): number {
    return this.#doubles[handle * ROW_DOUBLES + cell]!;
  }

  setCell(handle: number, cell: PositionCell, value: number): void {
    this.#doubles[handle * ROW_DOUBLES + cell] = value;
  }

  /** True the first time that the command touches the row. Not state: no position is announced twice for one command. */
  touch(handle: number, commandNumber: number): boolean {
    const cell = handle * ROW_INTEGERS + INTEGER_CELL.touchedBy;
    const stamp = commandNumber | 0;
    if (this.#integers[cell] === stamp) return false;
    this.#integers[cell] = stamp;
    return true;
  }

  /** Nothing is held and nothing is open. */
  isEmpty(handle: number): boolean {
    const row = handle * ROW_DOUBLES;
    const doubles = this.#doubles;
    return (
      doubles[row + POSITION_CELL.sizeLots] === 0 &&
      doubles[row + POSITION_CELL.openBidLots] === 0 &&
      doubles[row + POSITION_CELL.openAskLots] === 0 &&
      doubles[row + POSITION_CELL.reduceBidLots] === 0 &&
      doubles[row + POSITION_CELL.reduceAskLots] === 0
    );
  }

  /** Negative is short. */
  sizeLots(handle: number): Lots {
    return this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.sizeLots] as Lots;
  }

  setSizeLots(handle: number, sizeLots: number): void {
    this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.sizeLots] = sizeLots;
  }

  /** What the size cost at the settled price: uPnL = size × mark − this. */
  costAtoms(handle: number): Atoms {
    return this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.costAtoms] as Atoms;
  }

  setCostAtoms(handle: number, costAtoms: number): void {
    this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.costAtoms] = costAtoms;
  }

  /** What the size cost when it was opened. */
  entryCostAtoms(handle: number): Atoms {
    return this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.entryCostAtoms] as Atoms;
  }

  setEntryCostAtoms(handle: number, entryCostAtoms: number): void {
    this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.entryCostAtoms] = entryCostAtoms;
  }

  /** Since the position was opened, against its entry; fees and funding apart. */
  realizedPnlAtoms(handle: number): Atoms {
    return this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.realizedPnlAtoms] as Atoms;
  }

  setRealizedPnlAtoms(handle: number, realizedPnlAtoms: number): void {
    this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.realizedPnlAtoms] = realizedPnlAtoms;
  }

  /** Received minus paid since the position was opened. */
  fundingAtoms(handle: number): Atoms {
    return this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.fundingAtoms] as Atoms;
  }

  setFundingAtoms(handle: number, fundingAtoms: number): void {
    this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.fundingAtoms] = fundingAtoms;
  }

  /** Open orders that are not reduce-only. */
  openBidLots(handle: number): Lots {
    return this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.openBidLots] as Lots;
  }

  setOpenBidLots(handle: number, openBidLots: number): void {
    this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.openBidLots] = openBidLots;
  }

  openAskLots(handle: number): Lots {
    return this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.openAskLots] as Lots;
  }

  setOpenAskLots(handle: number, openAskLots: number): void {
    this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.openAskLots] = openAskLots;
  }

  /** Open reduce-only orders. */
  reduceBidLots(handle: number): Lots {
    return this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.reduceBidLots] as Lots;
  }

  setReduceBidLots(handle: number, reduceBidLots: number): void {
    this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.reduceBidLots] = reduceBidLots;
  }

  reduceAskLots(handle: number): Lots {
    return this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.reduceAskLots] as Lots;
  }

  setReduceAskLots(handle: number, reduceAskLots: number): void {
    this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.reduceAskLots] = reduceAskLots;
  }

  openedUs(handle: number): TimeUs {
    return this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.openedUs] as TimeUs;
  }

  setOpenedUs(handle: number, openedUs: number): void {
    this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.openedUs] = openedUs;
  }

  /** Of the one that is open, or was last open in the row; 0 for none. */
  positionId(handle: number): number {
    return this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.positionId]!;
  }

  setPositionId(handle: number, positionId: number): void {
    this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.positionId] = positionId;
  }

  /** The market's funding index up to which funding has been paid. */
  fundingIndex(handle: number): number {
    return this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.fundingIndex]!;
  }

  setFundingIndex(handle: number, fundingIndex: number): void {
    this.#doubles[handle * ROW_DOUBLES + POSITION_CELL.fundingIndex] = fundingIndex;
  }

  accountId(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + INTEGER_CELL.accountId]!;
  }

  setAccountId(handle: number, accountId: number): void {
    this.#integers[handle * ROW_INTEGERS + INTEGER_CELL.accountId] = accountId;
  }

  marketId(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + INTEGER_CELL.marketId]!;
  }

  setMarketId(handle: number, marketId: number): void {
    this.#integers[handle * ROW_INTEGERS + INTEGER_CELL.marketId] = marketId;
  }

  /** Next position of the account, by rising market id; in a free row, the next free one. */
  next(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + INTEGER_CELL.next]!;
  }

  setNext(handle: number, next: number): void {
    this.#integers[handle * ROW_INTEGERS + INTEGER_CELL.next] = next;
  }

  /** Place among the account's stakes. Not state. */
  stakePlace(handle: number): number {
    return this.#integers[handle * ROW_INTEGERS + INTEGER_CELL.stakePlace]!;
  }

  setStakePlace(handle: number, place: number): void {
    this.#integers[handle * ROW_INTEGERS + INTEGER_CELL.stakePlace] = place;
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
