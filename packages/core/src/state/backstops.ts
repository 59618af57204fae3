import type { TimeUs } from '@glasshouse/units';
import { IdSet } from './id-set.js';

/** What an account offers to take over in one market. */
export type BackstopOffer = {
  readonly marketId: number;
  readonly capacityLots: number;
  readonly hourlyLots: number;
};

export type BackstopTerms = {
  readonly minimumEquityUsd: number;
  /** By rising market id; none for an account that has left. */
  readonly offers: readonly BackstopOffer[];
};

/** What an account has taken over in one market in the hour that began then. */
export type BackstopTaken = { readonly marketId: number; lots: number; hourStartUs: number };

export type Backstop = {
  readonly accountId: number;
  readonly terms: BackstopTerms;
  /** Terms that were more than those it has now, and to which it is held until its notice has run. */
  readonly bound: (BackstopTerms & { readonly untilUs: TimeUs }) | undefined;
  /** By rising market id. Terms come and go: the hour goes on. */
  readonly taken: BackstopTaken[];
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
