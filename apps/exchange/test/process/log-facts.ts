// What a log says when it is executed once more from its beginning: the facts that everything else must agree with.
import { apply, createState, openOrderView } from '@glasshouse/core';
import { readBatches } from '@glasshouse/journal';
import { decodeRequests, type Event, ORDER_STATUS, type OrderView } from '@glasshouse/protocol';
import type { Seq } from '@glasshouse/units';
import { stateHashOf } from '../../src/state/node-state.js';

export type LogFacts = {
  readonly seq: number;
  readonly stateHash: string;
  /** The last picture of every order that was ever accepted. */
  readonly orders: ReadonlyMap<number, OrderView>;
  readonly open: ReadonlySet<number>;
  /** Client ids that were accepted more than once for one account, as `account:client`. */
  readonly duplicates: readonly string[];
};

class OrderBookkeeping {
  readonly orders = new Map<number, OrderView>();
  readonly duplicates: string[] = [];
  private readonly clientIds = new Set<string>();

  observe(event: Event): void {
    if (event.kind === 'orderAccepted') this.accept(event.order);
    else if ('order' in event && 'filledLots' in event.order) this.orders.set(event.order.orderId, event.order);
  }

  private accept(order: OrderView): void {
    const clientId = `${order.accountId}:${order.clientId}`;
    if (order.clientId >= 0 && this.clientIds.has(clientId)) this.duplicates.push(clientId);
    this.clientIds.add(clientId);
    this.orders.set(order.orderId, order);
  }
}

/** An independent replay: not through the code that boots a node. */
export async function factsOf(directory: string): Promise<LogFacts> {
  const state = createState();
  const bookkeeping = new OrderBookkeeping();
  for await (const { body, count, firstSeq, timeUs } of readBatches(directory)) {
    for (const [index, request] of decodeRequests(body, count).entries()) {
      apply(state, { seq: (firstSeq + index) as Seq, timeUs, request }, (event) => bookkeeping.observe(event));
    }
  }
  const { orders, duplicates } = bookkeeping;
  const open = [...orders.keys()].filter((orderId) => openOrderView(state, orderId) !== undefined);
  return { seq: state.nextSeq, stateHash: stateHashOf(state), orders, open: new Set(open), duplicates };
}

export const isOver = ({ status }: OrderView): boolean =>
  status === ORDER_STATUS.filled || status === ORDER_STATUS.cancelled || status === ORDER_STATUS.expired;
