// Every order of every account with its last known state, trigger orders included: one that fires goes on under its id. An order
// that the bound has pushed out while it was open comes back as a new row when something happens to it.
import { ORDER_STATUS, type OrderOrigin, type OrderView, type TriggerOrderView } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import { AccountLists, type ListBounds } from './account-lists.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import {
  type Ending,
  ORDER_COLUMN,
  ORDER_ROW_WIDTH,
  orderColumns,
  orderOf,
  orderOfTrigger,
  orderOriginOf,
  TRIGGER_STATUS,
  TRIGGERED,
  triggerColumns,
  triggerOf,
} from './order-columns.js';
import { inMarkets, pageOf } from './page.js';
import type { EndReason, OrderQuery, OrderRow, Page } from './queries.js';
import { SlotColumns } from './slot-columns.js';
import { TextCodes } from './text-codes.js';

/** What an event says of an order beside how it stands. */
export type OrderNews = {
  readonly reason: EndReason | undefined;
  readonly origin: OrderOrigin;
  readonly timeUs: TimeUs;
};

function isOpenStatus(status: number): boolean {
  return status === ORDER_STATUS.new || status === ORDER_STATUS.partiallyFilled;
}

export class OrderHistory {
  private readonly lists: AccountLists;
  private readonly columns = new SlotColumns(ORDER_ROW_WIDTH);
  private readonly reasons = new TextCodes<EndReason>();
  /** Slots of orders that may still change. */
  private readonly open = new Map<number, number>();

  constructor(bounds: ListBounds) {
    this.lists = new AccountLists(bounds, (slot) => this.open.delete(this.columns.get(ORDER_COLUMN.orderId, slot)));
  }

  record(order: OrderView, news: OrderNews): void {
    const slot = this.slotOf(order);
    this.columns.set(slot, orderColumns(order, this.endingOf(news)));
    if (this.columns.get(TRIGGER_STATUS, slot) !== 0) this.columns.put(TRIGGER_STATUS, slot, TRIGGERED);
  }

  recordTrigger(waiting: TriggerOrderView, news: OrderNews): void {
    const order = orderOfTrigger(waiting);
    this.columns.set(this.slotOf(order), [...orderColumns(order, this.endingOf(news)), ...triggerColumns(waiting)]);
  }

  private endingOf({ reason, origin, timeUs }: OrderNews): Ending {
    return { reasonCode: this.reasons.codeOf(reason), origin, updatedUs: timeUs };
  }

  /** A slot that was somebody else's must forget what that one waited for. */
  private slotOf(order: OrderView): number {
    const { orderId, accountId, status } = order;
    const known = this.open.get(orderId);
    const slot = known ?? this.lists.append(accountId);
    if (known === undefined && this.columns.get(TRIGGER_STATUS, slot) > 0) this.forgetTrigger(slot);
    if (!isOpenStatus(status)) this.open.delete(orderId);
    else if (known === undefined) this.open.set(orderId, slot);
    return slot;
  }

  private forgetTrigger(slot: number): void {
    for (let column = TRIGGER_STATUS; column < ORDER_ROW_WIDTH; column += 1) this.columns.put(column, slot, 0);
  }

  page(query: OrderQuery): Page<OrderRow> {
    const { columns, lists } = this;
    const slots = query.sort === 'ascending' ? lists.oldestFirst(query.accountId) : lists.newestFirst(query.accountId);
    const passes = (slot: number) =>
      inMarkets(columns.get(ORDER_COLUMN.marketId, slot), query) &&
      (query.orderId === undefined || columns.get(ORDER_COLUMN.orderId, slot) === query.orderId) &&
      (query.strategyId === undefined || columns.get(ORDER_COLUMN.strategyId, slot) === query.strategyId);
    return pageOf(slots, query, passes, (slot) => this.row(slot));
  }

  private row(slot: number): OrderRow {
    const value = (column: number) => this.columns.get(column, slot);
    return {
      order: orderOf(value),
      trigger: triggerOf(value),
      expiryReason: this.reasons.wordOf(value(ORDER_COLUMN.reason)),
      origin: orderOriginOf(value),
      updatedUs: value(ORDER_COLUMN.updatedUs) as TimeUs,
    };
  }

  write(writer: ByteWriter): void {
    this.reasons.write(writer);
    writer.integer(this.lists.size);
    for (const slot of this.lists.all()) {
      for (let column = 0; column < ORDER_ROW_WIDTH; column += 1) writer.integer(this.columns.get(column, slot));
    }
  }

  read(reader: ByteReader): void {
    this.reasons.read(reader);
    const values = new Array<number>(ORDER_ROW_WIDTH).fill(0);
    for (let left = reader.count(); left > 0; left -= 1) {
      for (let column = 0; column < ORDER_ROW_WIDTH; column += 1) values[column] = reader.integer();
      const slot = this.lists.append(values[ORDER_COLUMN.accountId] as number);
      this.columns.set(slot, values);
      const { orderId, status } = ORDER_COLUMN;
      if (isOpenStatus(values[status] as number)) this.open.set(values[orderId] as number, slot);
    }
  }
}
