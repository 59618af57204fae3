import { withRoom } from './columns.js';

/** An account's cells: one cache line, as far as 48 bytes are sure to lie in one (see positions). */
const ACCOUNT_CELLS = 8;
const CELL = {
  /** Price version at which money was valued; 0 when it has moved since. */
  money: 0,
  collateralUsd: 1,
  liabilityUsd: 2,
  /** Price version at which all stakes were valued; 0 when the account's list of positions has changed since. */
  stakes: 3,
} as const;
/** Among the same cells read as integers. */
const ACCOUNT_INTEGERS = 2 * ACCOUNT_CELLS;
const INTEGER_CELL = { start: 8, count: 9 } as const;

const SMALLEST_BLOCK = 4;
/** Profit and loss of a stake, then its margin. */
const STAKE_CELLS = 2;

/** Valid until the next account is looked at. */
type StakeSums = { pnlUsd: number; marginUsd: number };

/**
 * What accounts had when they were last looked at, and at which prices: their money, and each of their stakes — a position with
 * the open orders around it. An account's stakes lie side by side by rising market id, so that an order or a fill values its own
 * market alone and reads the others'. Scratch, not state: every figure equals what valuing again would give, to the last bit.
 */
export class MarginCache {
  #accounts = new Float64Array(0);
  #integers = new Int32Array(this.#accounts.buffer);
  #stakesUsd = new Float64Array(64);
  #usedPlaces = 0;
  readonly #sums: StakeSums = { pnlUsd: 0, marginUsd: 0 };
  /** Blocks of places given back, by the binary logarithm of their size. */
  readonly #spare: number[][] = [];

  /** The account's money has moved. */
  forgetMoney(accountId: number): void {
    const cell = accountId * ACCOUNT_CELLS;
    if (cell < this.#accounts.length) this.#accounts[cell] = 0;
  }

  hasMoney(accountId: number, priceVersion: number): boolean {
    return this.#isAt(accountId * ACCOUNT_CELLS, priceVersion);
  }

  keepMoney(accountId: number, priceVersion: number, collateralUsd: number, liabilityUsd: number): void {
    const cell = this.#cellOf(accountId);
    this.#accounts[cell] = priceVersion;
    this.#accounts[cell + CELL.collateralUsd] = collateralUsd;
    this.#accounts[cell + CELL.liabilityUsd] = liabilityUsd;
  }

  collateralUsd(accountId: number): number {
    return this.#accounts[accountId * ACCOUNT_CELLS + CELL.collateralUsd] as number;
  }

  liabilityUsd(accountId: number): number {
    return this.#accounts[accountId * ACCOUNT_CELLS + CELL.liabilityUsd] as number;
  }

  /** The account's positions are others than before, or all stakes are to be valued anew. */
  forgetStakes(accountId: number): void {
    const cell = accountId * ACCOUNT_CELLS + CELL.stakes;
    if (cell < this.#accounts.length) this.#accounts[cell] = 0;
  }

  /** True when all stakes are as they were at these prices; who changes one keeps it so. */
  hasStakes(accountId: number, priceVersion: number): boolean {
    return this.#isAt(accountId * ACCOUNT_CELLS + CELL.stakes, priceVersion);
  }

  /** Makes room for the account's stakes, which are then put at the places from 0 on. */
  beginStakes(accountId: number, priceVersion: number, count: number): void {
    this.#accounts[this.#cellOf(accountId) + CELL.stakes] = priceVersion;
    const cell = accountId * ACCOUNT_INTEGERS;
    const integers = this.#integers;
    const before = integers[cell + INTEGER_CELL.count] as number;
    if (sizeClass(before) !== sizeClass(count)) {
      if (before > 0) this.#giveBack(integers[cell + INTEGER_CELL.start] as number, before);
      integers[cell + INTEGER_CELL.start] = count > 0 ? this.#take(count) : 0;
    }
    integers[cell + INTEGER_CELL.count] = count;
  }

  putStake(accountId: number, place: number, pnlUsd: number, marginUsd: number): void {
    const index = this.#startOf(accountId) + place;
    this.#stakesUsd[index * STAKE_CELLS] = pnlUsd;
    this.#stakesUsd[index * STAKE_CELLS + 1] = marginUsd;
  }

  putStakeMargin(accountId: number, place: number, marginUsd: number): void {
    this.#stakesUsd[(this.#startOf(accountId) + place) * STAKE_CELLS + 1] = marginUsd;
  }

  stakeMarginUsd(accountId: number, place: number): number {
    return this.#stakesUsd[(this.#startOf(accountId) + place) * STAKE_CELLS + 1] as number;
  }

  /** Σ over the stakes, their margin on top of what the account's loans need; in one pass, because each line is fetched once. */
  sumStakes(accountId: number, loansUsd: number): Readonly<StakeSums> {
    const stakesUsd = this.#stakesUsd;
    const first = this.#startOf(accountId) * STAKE_CELLS;
    const count = this.#integers[accountId * ACCOUNT_INTEGERS + INTEGER_CELL.count] as number;
    let pnlUsd = 0;
    let marginUsd = loansUsd;
    for (let cell = first; cell < first + count * STAKE_CELLS; cell += STAKE_CELLS) {
      pnlUsd += stakesUsd[cell] as number;
      marginUsd += stakesUsd[cell + 1] as number;
    }
    this.#sums.pnlUsd = pnlUsd;
    this.#sums.marginUsd = marginUsd;
    return this.#sums;
  }

  /** Does not look where there is no cell: an engine compares what may be no number by a call. */
  #isAt(cell: number, priceVersion: number): boolean {
    return cell < this.#accounts.length && this.#accounts[cell] === priceVersion;
  }

  #startOf(accountId: number): number {
    return this.#integers[accountId * ACCOUNT_INTEGERS + INTEGER_CELL.start] as number;
  }

  #cellOf(accountId: number): number {
    const cell = accountId * ACCOUNT_CELLS;
    if (cell >= this.#accounts.length) {
      this.#accounts = withRoom(this.#accounts, cell + ACCOUNT_CELLS - 1);
      this.#integers = new Int32Array(this.#accounts.buffer);
    }
    return cell;
  }

  #take(count: number): number {
    const block = sizeClass(count);
    const start = this.#spare[block]?.pop();
    if (start !== undefined) return start;
    const fresh = this.#usedPlaces;
    this.#usedPlaces += 1 << block;
    this.#stakesUsd = withRoom(this.#stakesUsd, this.#usedPlaces * STAKE_CELLS);
    return fresh;
  }

  #giveBack(start: number, count: number): void {
    const block = sizeClass(count);
    this.#spare[block] ??= [];
    this.#spare[block].push(start);
  }
}

/** Binary logarithm of the block that holds so many stakes; −1 for none. */
function sizeClass(count: number): number {
  return count === 0 ? -1 : 32 - Math.clz32(Math.max(SMALLEST_BLOCK, count) - 1);
}
