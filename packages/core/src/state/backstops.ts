import type { TimeUs } from '@glasshouse/units';
import { IdSet } from './id-set.js';

/** What an account offers to take over in one market. */
export type BackstopOffer = {
  readonly marketId: number;
  readonly capacityLots: number;
  readonly hourlyLots: number;
};

/** The same of loans of one asset. */
export type LoanOffer = {
  readonly assetId: number;
  readonly capacityAtoms: number;
  readonly hourlyAtoms: number;
};

/** Without any offer: of an account that has left. */
export type BackstopTerms = {
  readonly minimumEquityUsd: number;
  /** By rising market id. */
  readonly offers: readonly BackstopOffer[];
  /** By rising asset id. */
  readonly loans: readonly LoanOffer[];
};

/** What an account has taken over in one market in the hour that began then. */
export type BackstopTaken = { readonly marketId: number; lots: number; hourStartUs: number };
export type LoansTaken = { readonly assetId: number; atoms: number; hourStartUs: number };

export type Backstop = {
  readonly accountId: number;
  readonly terms: BackstopTerms;
  /** Terms that were more than those it has now, and to which it is held until its notice has run. */
  readonly bound: (BackstopTerms & { readonly untilUs: TimeUs }) | undefined;
  /** By rising market id. Terms come and go: the hour goes on. */
  readonly taken: BackstopTaken[];
  /** By rising asset id. */
  readonly loansTaken: LoansTaken[];
};

export const offersNothing = ({ offers, loans }: BackstopTerms): boolean => offers.length + loans.length === 0;

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
