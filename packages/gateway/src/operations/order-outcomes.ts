// What became of each element of a batch of orders.
import type { Event, OrderView, Rejected } from '@glasshouse/protocol';

export type OrderOutcome =
  | { readonly kind: 'order'; readonly order: OrderView }
  | { readonly kind: 'rejected'; readonly rejected: Rejected };

function lastStates(events: readonly Event[]): ReadonlyMap<number, OrderView> {
  const states = new Map<number, OrderView>();
  for (const event of events) {
    if (event.kind === 'orderFilled' || event.kind === 'orderExpired' || event.kind === 'orderCancelled') {
      states.set(event.order.orderId, event.order);
    }
  }
  return states;
}

/** By place in the batch; an element is missing when the command was refused before any order was looked at. */
export function orderOutcomes(events: readonly Event[]): ReadonlyMap<number, OrderOutcome> {
  const states = lastStates(events);
  const outcomes = new Map<number, OrderOutcome>();
  for (const event of events) {
    if (event.kind === 'rejected') outcomes.set(event.index, { kind: 'rejected', rejected: event });
    if (event.kind !== 'orderAccepted') continue;
    outcomes.set(event.index, { kind: 'order', order: states.get(event.order.orderId) ?? event.order });
  }
  return outcomes;
}
