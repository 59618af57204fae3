import { withRoom } from '../columns.js';

const NOTHING_TO_LOSE = Number.POSITIVE_INFINITY;
const SPENT = Number.NEGATIVE_INFINITY;

/**
 * How many atoms of the settlement asset each account may still lose before what is known of its margin is out of date, and
 * whose is: those are raised. Settlement takes from a position what it gives to a claim, so it raises nobody, and an hour's
 * funding or interest raises few.
 */
export class Slack {
  #atoms = new Float64Array(0);
  /** Is in the list of the raised already. */
  #isRaised = new Uint8Array(0);
  #raised = new Int32Array(0);
  #count = 0;

  /** So much more (negative: less). A loss that is made good before the next sample costs no more than a place in the list. */
  shift(accountId: number, atoms: number): void {
    this.#ensure(accountId);
    const left = (this.#atoms[accountId] as number) + atoms;
    this.#atoms[accountId] = left;
    if (left < 0 && this.#isRaised[accountId] === 0) this.#raise(accountId);
  }

  /** Nothing that is known of the account's margin holds any more. */
  disturb(accountId: number): void {
    this.#ensure(accountId);
    this.#atoms[accountId] = SPENT;
    if (this.#isRaised[accountId] === 0) this.#raise(accountId);
  }

  /** The account may lose so much from now on. */
  grant(accountId: number, atoms: number): void {
    this.#ensure(accountId);
    this.#atoms[accountId] = atoms;
  }

  /** Whatever moves in the account's money raises it, to its good or not. */
  watchClosely(accountId: number): void {
    this.grant(accountId, SPENT);
  }

  /** The account is looked at in any case, or never. */
  excuse(accountId: number): void {
    this.grant(accountId, NOTHING_TO_LOSE);
  }

  /** Calls back for each account that was raised and has not made good its loss, and forgets it. */
  takeRaised(look: (accountId: number) => void): void {
    for (let place = 0; place < this.#count; place += 1) {
      const accountId = this.#raised[place] as number;
      this.#isRaised[accountId] = 0;
      if ((this.#atoms[accountId] as number) < 0) look(accountId);
    }
    this.#count = 0;
  }

  /** The account is looked at with every sample, whatever happens to it. */
  isExcused(accountId: number): boolean {
    return this.#atoms[accountId] === NOTHING_TO_LOSE;
  }

  /** What is known of the account's margin is out of date. */
  isSpent(accountId: number): boolean {
    return this.#isRaised[accountId] === 1 && (this.#atoms[accountId] as number) < 0;
  }

  #raise(accountId: number): void {
    this.#isRaised[accountId] = 1;
    this.#raised = withRoom(this.#raised, this.#count);
    this.#raised[this.#count] = accountId;
    this.#count += 1;
  }

  #ensure(accountId: number): void {
    if (accountId < this.#atoms.length) return;
    this.#atoms = withRoom(this.#atoms, accountId);
    this.#isRaised = withRoom(this.#isRaised, accountId);
  }
}
