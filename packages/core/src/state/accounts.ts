import { withRoom } from './columns.js';

export const ACCOUNT_FLAG = { autoBorrowSettlements: 1, autoLend: 2, autoRepayBorrows: 4, autoRealizePnl: 8 } as const;
const DEFAULT_FLAGS =
  ACCOUNT_FLAG.autoBorrowSettlements |
  ACCOUNT_FLAG.autoLend |
  ACCOUNT_FLAG.autoRepayBorrows |
  ACCOUNT_FLAG.autoRealizePnl;

/** Accounts (subaccounts: the unit of margin), by id from 1, a column per field. */
export class AccountTable {
  count = 0;
  customerId = new Int32Array(0);
  createdUs = new Float64Array(0);
  flags = new Uint8Array(0);
  leverageLimitCenti = new Int32Array(0);
  /** Open orders, oldest first, linked through the order pool. */
  firstOrder = new Int32Array(0);
  lastOrder = new Int32Array(0);
  openOrders = new Int32Array(0);
  /** Positions by rising market id, linked through the position table. */
  firstPosition = new Int32Array(0);
  /** Assets in which the account owes. */
  loanCount = new Int32Array(0);
  /** Keys, oldest first, linked through the key table. */
  firstKey = new Int32Array(0);
  lastKey = new Int32Array(0);
  activeKeys = new Int32Array(0);
  /** Next account of the same customer, 0 at the end. */
  nextOfCustomer = new Int32Array(0);
  /** Names given by their owners; an account without one is not in it. */
  readonly names = new Map<number, string>();

  add(customerId: number, createdUs: number): number {
    this.count += 1;
    const id = this.count;
    this.customerId = withRoom(this.customerId, id);
    this.createdUs = withRoom(this.createdUs, id);
    this.flags = withRoom(this.flags, id);
    this.leverageLimitCenti = withRoom(this.leverageLimitCenti, id);
    this.firstOrder = withRoom(this.firstOrder, id);
    this.lastOrder = withRoom(this.lastOrder, id);
    this.openOrders = withRoom(this.openOrders, id);
    this.firstPosition = withRoom(this.firstPosition, id);
    this.loanCount = withRoom(this.loanCount, id);
    this.firstKey = withRoom(this.firstKey, id);
    this.lastKey = withRoom(this.lastKey, id);
    this.activeKeys = withRoom(this.activeKeys, id);
    this.nextOfCustomer = withRoom(this.nextOfCustomer, id);
    this.customerId[id] = customerId;
    this.createdUs[id] = createdUs;
    this.flags[id] = DEFAULT_FLAGS;
    return id;
  }

  has(accountId: number): boolean {
    return accountId >= 1 && accountId <= this.count;
  }
}
