import { withRoom } from './columns.js';
import { IdSet } from './id-set.js';

/** How many levels of warning hold for each account: its owner is told of each only once while it does. */
export class WarnedAccounts {
  readonly #accounts = new IdSet();
  #levels = new Uint8Array(0);

  get size(): number {
    return this.#accounts.size;
  }

  levelOf(accountId: number): number {
    return this.#levels[accountId] ?? 0;
  }

  set(accountId: number, level: number): void {
    this.#levels = withRoom(this.#levels, accountId);
    this.#levels[accountId] = level;
    if (level > 0) this.#accounts.add(accountId);
    else this.#accounts.delete(accountId);
  }

  /** By rising account id. */
  *inOrder(): Generator<number> {
    for (let id = this.#accounts.firstFrom(1); id !== -1; id = this.#accounts.firstFrom(id + 1)) yield id;
  }
}
