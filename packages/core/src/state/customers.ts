import { withRoom } from './columns.js';

/** Verified persons or institutions, by id from 1: what all their accounts share. */
export class CustomerTable {
  count = 0;
  mainAccountId = new Int32Array(0);
  feeTier = new Uint8Array(0);
  /** What operators have granted: the tier is never below it. */
  grantedTier = new Uint8Array(0);
  /** Account that brought the customer and shares in its fees; 0 for none. */
  referrerAccountId = new Int32Array(0);
  /** 1: belongs to the operator, whose accounts may not place orders. */
  isOperators = new Uint8Array(0);
  accountCount = new Int32Array(0);
  lastAccountId = new Int32Array(0);

  add(): number {
    this.count += 1;
    const id = this.count;
    this.mainAccountId = withRoom(this.mainAccountId, id);
    this.feeTier = withRoom(this.feeTier, id);
    this.grantedTier = withRoom(this.grantedTier, id);
    this.referrerAccountId = withRoom(this.referrerAccountId, id);
    this.isOperators = withRoom(this.isOperators, id);
    this.accountCount = withRoom(this.accountCount, id);
    this.lastAccountId = withRoom(this.lastAccountId, id);
    return id;
  }

  has(customerId: number): boolean {
    return customerId >= 1 && customerId <= this.count;
  }
}
