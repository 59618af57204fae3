import type { Event } from '@glasshouse/protocol';

export type MakerFill = { readonly makerOrderId: number; readonly ticks: number; readonly lots: number };

/** What one signed request did. */
export type Execution = {
  /** Ids of the admitted orders, in the batch's order. */
  readonly orderIds: readonly number[];
  readonly fills: readonly MakerFill[];
  readonly rejected: number;
};

export function executionOf(events: readonly Event[]): Execution {
  const orderIds: number[] = [];
  const fills: MakerFill[] = [];
  let rejected = 0;
  for (const event of events) {
    if (event.kind === 'orderAccepted') orderIds.push(event.order.orderId);
    else if (event.kind === 'rejected') rejected += 1;
    else if (event.kind === 'traded') {
      const { makerOrderId, priceTicks, sizeLots } = event.trade;
      fills.push({ makerOrderId, ticks: priceTicks, lots: sizeLots });
    }
  }
  return { orderIds, fills, rejected };
}
