import { withRoom } from './columns.js';

/** Profit and loss of accounts that is no cash yet, in atoms of the settlement asset; columns over accounts. */
export class UnsettledTable {
  /** Positive is owed to the account, negative by it. The ledger folder is the only writer. */
  atoms = new Float64Array(0);
  /** The pool's index up to which interest on it is in `accruedAtoms`. */
  indexAt = new Float64Array(0);
  /** Interest not posted yet; positive is earned. */
  accruedAtoms = new Float64Array(0);

  ensure(accountId: number): void {
    this.atoms = withRoom(this.atoms, accountId);
    this.indexAt = withRoom(this.indexAt, accountId);
    this.accruedAtoms = withRoom(this.accruedAtoms, accountId);
  }
}
