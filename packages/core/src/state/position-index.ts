import { HandleTable, mixedNearby } from '../book/index.js';
import type { PositionTable } from './positions.js';

/** A power of two. */
const RECENT = 8;
/** Account, market, row. */
const RECENT_CELLS = 3;

/** Rows of the position table by account and market. Both are read from the row: written before `add`, kept until `remove`. */
export class PositionIndex {
  readonly #table = new HandleTable();
  /** What was found last, by account: a command asks for one or two again and again. */
  readonly #recent = new Int32Array(RECENT * RECENT_CELLS);

  constructor(private readonly positions: PositionTable) {}

  /** 0 when there is none. */
  get(accountId: number, marketId: number): number {
    const recent = this.#recent;
    const cell = (accountId & (RECENT - 1)) * RECENT_CELLS;
    if (recent[cell] === accountId && recent[cell + 1] === marketId) return recent[cell + 2]!;
    const place = this.#find(accountId, marketId, mixedNearby(accountId, marketId));
    if (place === -1) return 0;
    const row = this.#table.cells[place * 2]!;
    recent[cell] = accountId;
    recent[cell + 1] = marketId;
    recent[cell + 2] = row;
    return row;
  }

  /** The row is not in it yet. */
  add(row: number): void {
    const { positions } = this;
    this.#table.add(mixedNearby(positions.accountId(row), positions.marketId(row)), row);
  }

  remove(row: number): void {
    const { positions } = this;
    const accountId = positions.accountId(row);
    const marketId = positions.marketId(row);
    this.#recent[(accountId & (RECENT - 1)) * RECENT_CELLS] = 0;
    const place = this.#find(accountId, marketId, mixedNearby(accountId, marketId));
    if (place !== -1) this.#table.removeAt(place);
  }

  #find(accountId: number, marketId: number, hash: number): number {
    const { cells, mask } = this.#table;
    const { positions } = this;
    for (let place = hash & mask; cells[place * 2] !== 0; place = (place + 1) & mask) {
      if (cells[place * 2 + 1] !== hash) continue;
      const row = cells[place * 2]!;
      if (positions.accountId(row) === accountId && positions.marketId(row) === marketId) return place;
    }
    return -1;
  }
}
