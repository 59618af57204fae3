// One account's interest in one pool: gathered in fractions of an atom, posted in whole ones.
import { type Exact, exact, type Numeric, ZERO } from '../exact.js';
import type { InterestIndexes } from './indexes.js';

/** Positive principal is lent and earns by the lend index; negative is borrowed and pays by the borrow index. */
export const interestOn = (principal: Numeric, from: InterestIndexes, to: InterestIndexes): Exact => {
  const atoms = exact(principal);
  const earned = atoms.isNegative() ? to.borrow.minus(from.borrow) : to.lend.minus(from.lend);
  return atoms.times(earned);
};

/** Whole atoms of a sum that was gathered: rounded down, so that earned atoms are floored and owed ones are ceiled. */
export const postable = (gathered: Exact): Exact => gathered.floor();

export class Accrual {
  #gathered = ZERO;
  #principal = ZERO;
  #from: InterestIndexes;

  constructor(from: InterestIndexes) {
    this.#from = from;
  }

  /** What has been gathered and not posted, at these indexes. */
  at(now: InterestIndexes): Exact {
    return this.#gathered.plus(interestOn(this.#principal, this.#from, now));
  }

  get principal(): Exact {
    return this.#principal;
  }

  setPrincipal(now: InterestIndexes, principal: Numeric): void {
    this.#gathered = this.at(now);
    this.#from = now;
    this.#principal = exact(principal);
  }

  /** Takes posted atoms off what was gathered. */
  post(atoms: Numeric): void {
    this.#gathered = this.#gathered.minus(atoms);
  }
}
