import { withRoom } from './columns.js';
import type { PositionTable } from './positions.js';

/** An account's cells: one cache line. */
const ACCOUNT_CELLS = 8;
const CELL = {
  /** Price version at which money was valued; 0 when it has moved since. */
  money: 0,
  collateralUsd: 1,
  liabilityUsd: 2,
  /** Price version at which all stakes were valued; 0 when the account's list of positions has changed since. */
  stakes: 3,
  start: 4,
  count: 5,
  changed: 6,
} as const;

/** Bits of a set of places; an account with more positions is valued anew as a whole. */
const PLACES = 31;
const SMALLEST_BLOCK = 4;
/** Profit and loss of a stake, then its margin. */
const STAKE_CELLS = 2;

/**
 * What accounts had when they were last looked at, and at which prices: their money, and each of their stakes — a position with
 * the open orders around it. An account's stakes lie side by side by rising market id, so that an order or a fill values its own
 * market alone and reads the others'. Scratch, not state: every figure equals what valuing again would give, to the last bit.
 */
export class MarginCache {
  #accounts = new Float64Array(0);
  #stakesUsd = new Float64Array(64);
  #rows = new Int32Array(32);
  #usedPlaces = 0;
  /** Blocks of places given back, by the binary logarithm of their size. */
  readonly #spare: number[][] = [];

  /** The account's money has moved. */
  forgetMoney(accountId: number): void {
    const cell = accountId * ACCOUNT_CELLS;
    if (cell < this.#accounts.length) this.#accounts[cell] = 0;
  }

  hasMoney(accountId: number, priceVersion: number): boolean {
    return this.#accounts[accountId * ACCOUNT_CELLS] === priceVersion;
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

  /** One stake is to be valued anew. */
  touchStake(accountId: number, place: number): void {
    const cell = accountId * ACCOUNT_CELLS;
    const accounts = this.#accounts;
    if (cell >= accounts.length || accounts[cell + CELL.stakes] === 0) return;
    if (place >= PLACES) accounts[cell + CELL.stakes] = 0;
    else accounts[cell + CELL.changed] = (accounts[cell + CELL.changed] as number) | (1 << place);
  }

  /** True when all stakes were valued at these prices; those touched since are told by `takeChanged`. */
  hasStakes(accountId: number, priceVersion: number): boolean {
    return this.#accounts[accountId * ACCOUNT_CELLS + CELL.stakes] === priceVersion;
  }

  /** Makes room for the account's stakes, which are then put at the places from 0 on. */
  beginStakes(accountId: number, priceVersion: number, count: number): void {
    const cell = this.#cellOf(accountId);
    const accounts = this.#accounts;
    const before = accounts[cell + CELL.count] as number;
    if (sizeClass(before) !== sizeClass(count)) {
      if (before > 0) this.#giveBack(accounts[cell + CELL.start] as number, before);
      accounts[cell + CELL.start] = count > 0 ? this.#take(count) : 0;
    }
    accounts[cell + CELL.stakes] = priceVersion;
    accounts[cell + CELL.count] = count;
    accounts[cell + CELL.changed] = 0;
  }

  putStake(accountId: number, place: number, row: number, pnlUsd: number, marginUsd: number): void {
    const index = this.#startOf(accountId) + place;
    this.#rows[index] = row;
    this.#stakesUsd[index * STAKE_CELLS] = pnlUsd;
    this.#stakesUsd[index * STAKE_CELLS + 1] = marginUsd;
  }

  rowAt(accountId: number, place: number): number {
    return this.#rows[this.#startOf(accountId) + place] as number;
  }

  /** Bits of the places of stakes to be valued anew; afterwards none is. */
  takeChanged(accountId: number): number {
    const cell = accountId * ACCOUNT_CELLS + CELL.changed;
    const changed = this.#accounts[cell] as number;
    if (changed !== 0) this.#accounts[cell] = 0;
    return changed;
  }

  /** Σ over the stakes. */
  pnlUsd(accountId: number): number {
    return this.#sum(accountId, 0, 0);
  }

  /** Σ over the stakes, on top of what the account's loans need. */
  marginUsd(accountId: number, loansUsd: number): number {
    return this.#sum(accountId, 1, loansUsd);
  }

  #sum(accountId: number, offset: number, from: number): number {
    const stakesUsd = this.#stakesUsd;
    const start = this.#startOf(accountId);
    const end = start + (this.#accounts[accountId * ACCOUNT_CELLS + CELL.count] as number);
    let sum = from;
    for (let place = start; place < end; place += 1) sum += stakesUsd[place * STAKE_CELLS + offset] as number;
    return sum;
  }

  #startOf(accountId: number): number {
    return this.#accounts[accountId * ACCOUNT_CELLS + CELL.start] as number;
  }

  #cellOf(accountId: number): number {
    const cell = accountId * ACCOUNT_CELLS;
    this.#accounts = withRoom(this.#accounts, cell + ACCOUNT_CELLS - 1);
    return cell;
  }

  #take(count: number): number {
    const block = sizeClass(count);
    const start = this.#spare[block]?.pop();
    if (start !== undefined) return start;
    const fresh = this.#usedPlaces;
    this.#usedPlaces += 1 << block;
    this.#stakesUsd = withRoom(this.#stakesUsd, this.#usedPlaces * STAKE_CELLS);
    this.#rows = withRoom(this.#rows, this.#usedPlaces);
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

/** To be called after whatever changes a position's size, its cost or the orders that are open around it. */
export function touchStake(
  { margins }: { readonly margins: MarginCache },
  positions: PositionTable,
  row: number,
): void {
  margins.touchStake(positions.accountId(row), positions.stakePlace(row));
}
