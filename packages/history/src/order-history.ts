// Every order of every account with its last known state. An order that the bound has pushed out while it was open comes
// back as a new row when something happens to it.
import type { ExpiryReason, OrderView } from '@glasshouse/protocol';
import { ORDER_STATUS } from '@glasshouse/protocol';
import type { Atoms, Lots, Ticks, TimeUs } from '@glasshouse/units';
import { AccountLists, type ListBounds } from './account-lists.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import { pageOf } from './page.js';
import type { OrderQuery, OrderRow, Page } from './queries.js';
import { SlotColumns } from './slot-columns.js';

/** Codes are saved: never renumber. */
const EXPIRY_CODE: Readonly<Record<ExpiryReason, number>> = {
  FillOrKill: 1,
  ImmediateOrCancel: 2,
  InsufficientFunds: 3,
  InsufficientLiquidity: 4,
  PriceImpact: 5,
  SelfTradePrevention: 6,
  InvalidQuantity: 7,
  InsufficientBorrowableQuantity: 8,
  InsufficientMargin: 9,
  InvalidPrice: 10,
  NegativeEquity: 11,
  PositionLimit: 12,
  PriceOutOfBounds: 13,
  ReduceOnlyNotReduced: 14,
  StopWithoutPosition: 15,
};
const EXPIRY_REASON = new Map(Object.entries(EXPIRY_CODE).map(([reason, code]) => [code, reason as ExpiryReason]));

const POST_ONLY = 1;
const REDUCE_ONLY = 2;

const ORDER_ID = 0;
const MARKET_ID = 1;
const ACCOUNT_ID = 2;
const STATUS = 14;
const WIDTH = 18;

function columnsOf(order: OrderView, reason: ExpiryReason | undefined, updatedUs: TimeUs): number[] {
  return [
    order.orderId,
    order.marketId,
    order.accountId,
    order.clientId,
    order.side,
    order.orderType,
    order.timeInForce,
    order.selfTradePrevention,
    (order.postOnly ? POST_ONLY : 0) | (order.reduceOnly ? REDUCE_ONLY : 0),
    order.priceTicks,
    order.sizeLots,
    order.quoteSizeAtoms,
    order.filledLots,
    order.filledQuoteAtoms,
    order.status,
    order.createdUs,
    reason === undefined ? 0 : EXPIRY_CODE[reason],
    updatedUs,
  ];
}

function orderOf(value: (column: number) => number): OrderView {
  return {
    orderId: value(ORDER_ID),
    marketId: value(MARKET_ID),
    accountId: value(ACCOUNT_ID),
    clientId: value(3),
    side: value(4) as OrderView['side'],
    orderType: value(5) as OrderView['orderType'],
    timeInForce: value(6) as OrderView['timeInForce'],
    selfTradePrevention: value(7) as OrderView['selfTradePrevention'],
    postOnly: (value(8) & POST_ONLY) !== 0,
    reduceOnly: (value(8) & REDUCE_ONLY) !== 0,
    priceTicks: value(9) as Ticks,
    sizeLots: value(10) as Lots,
    quoteSizeAtoms: value(11) as Atoms,
    filledLots: value(12) as Lots,
    filledQuoteAtoms: value(13) as Atoms,
    status: value(STATUS) as OrderView['status'],
    createdUs: value(15) as TimeUs,
  };
}

function isOpenStatus(status: number): boolean {
  return status === ORDER_STATUS.new || status === ORDER_STATUS.partiallyFilled;
}

export class OrderHistory {
  private readonly lists: AccountLists;
  private readonly columns = new SlotColumns(WIDTH);
  /** Slots of orders that may still change. */
  private readonly open = new Map<number, number>();

  constructor(bounds: ListBounds) {
    this.lists = new AccountLists(bounds, (slot) => this.open.delete(this.columns.get(ORDER_ID, slot)));
  }

  record(order: OrderView, reason: ExpiryReason | undefined, updatedUs: TimeUs): void {
    const known = this.open.get(order.orderId);
    const slot = known ?? this.lists.append(order.accountId);
    this.columns.set(slot, columnsOf(order, reason, updatedUs));
    if (!isOpenStatus(order.status)) this.open.delete(order.orderId);
    else if (known === undefined) this.open.set(order.orderId, slot);
  }

  page(query: OrderQuery): Page<OrderRow> {
    const { columns, lists } = this;
    const slots = query.sort === 'ascending' ? lists.oldestFirst(query.accountId) : lists.newestFirst(query.accountId);
    const passes = (slot: number) =>
      (query.marketId === undefined || columns.get(MARKET_ID, slot) === query.marketId) &&
      (query.orderId === undefined || columns.get(ORDER_ID, slot) === query.orderId);
    return pageOf(slots, query, passes, (slot) => this.row(slot));
  }

  private row(slot: number): OrderRow {
    const value = (column: number) => this.columns.get(column, slot);
    return { order: orderOf(value), expiryReason: EXPIRY_REASON.get(value(16)), updatedUs: value(17) as TimeUs };
  }

  write(writer: ByteWriter): void {
    writer.integer(this.lists.size);
    for (const slot of this.lists.all()) {
      for (let column = 0; column < WIDTH; column += 1) writer.integer(this.columns.get(column, slot));
    }
  }

  read(reader: ByteReader): void {
    const values = new Array<number>(WIDTH).fill(0);
    for (let left = reader.count(); left > 0; left -= 1) {
      for (let column = 0; column < WIDTH; column += 1) values[column] = reader.integer();
      const slot = this.lists.append(values[ACCOUNT_ID] as number);
      this.columns.set(slot, values);
      if (isOpenStatus(values[STATUS] as number)) this.open.set(values[ORDER_ID] as number, slot);
    }
  }
}
