import { HandleTable, mixedNearby } from '../book/index.js';
import type { PositionTable } from './positions.js';

/** Rows of the position table by account and market. Both are read from the row: written before `add`, kept until `remove`. */
export class PositionIndex {
  readonly #table = new HandleTable();

  constructor(private readonly positions: PositionTable) {}

  /** 0 when there is none. */
  get(accountId: number, marketId: number): number {
    const place = this.#find(accountId, marketId, mixedNearby(accountId, marketId));
    return place === -1 ? 0 : this.#table.cells[place * 2]!;
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
