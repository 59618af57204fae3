import { IdSet } from './id-set.js';

/** What an account offers to take over in one market, and what it has in the running hour. */
export type BackstopOffer = {
  readonly marketId: number;
  readonly capacityLots: number;
  readonly hourlyLots: number;
  takenLots: number;
  hourStartUs: number;
};

export type Backstop = {
  readonly accountId: number;
  readonly minimumEquityUsd: number;
  /** By rising market id. */
  readonly offers: readonly BackstopOffer[];
};

/** Standing offers to take over what is liquidated, one an account. */
export class BackstopTable {
  readonly #accounts = new IdSet();
  readonly #backstops = new Map<number, Backstop>();

  get size(): number {
    return this.#backstops.size;
  }

  get(accountId: number): Backstop | undefined {
    return this.#backstops.get(accountId);
  }

  set(backstop: Backstop): void {
    this.#accounts.add(backstop.accountId);
    this.#backstops.set(backstop.accountId, backstop);
  }

  delete(accountId: number): void {
    this.#accounts.delete(accountId);
    this.#backstops.delete(accountId);
  }

  /** By rising account id. */
  *inOrder(): Generator<Backstop> {
    for (let id = this.#accounts.firstFrom(1); id !== -1; id = this.#accounts.firstFrom(id + 1)) {
      yield this.#backstops.get(id) as Backstop;
    }
  }
}
