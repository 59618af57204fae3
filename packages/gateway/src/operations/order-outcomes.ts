// What became of each element of a batch of orders.
import type { Event, OrderView, Rejected, TriggerOrderView } from '@glasshouse/protocol';

export type OrderOutcome =
  | { readonly kind: 'order'; readonly order: OrderView }
  | { readonly kind: 'trigger'; readonly order: TriggerOrderView }
  | { readonly kind: 'rejected'; readonly rejected: Rejected };

type Known = Exclude<OrderOutcome, { readonly kind: 'rejected' }>;

/** A trigger order that fires goes on as an order under the same id. */
function stateIn(event: Event): Known | undefined {
  switch (event.kind) {
    case 'orderAccepted':
    case 'orderFilled':
    case 'orderExpired':
    case 'orderCancelled':
      return { kind: 'order', order: event.order };
    case 'triggerOrderAccepted':
    case 'triggerOrderChanged':
      return { kind: 'trigger', order: event.order };
    default:
      return undefined;
  }
}

function lastStates(events: readonly Event[]): ReadonlyMap<number, Known> {
  const states = new Map<number, Known>();
  for (const event of events) {
    const state = stateIn(event);
    if (state !== undefined) states.set(state.order.orderId, state);
  }
  return states;
}

/** Orders that something else than the command placed for its account have no place in the batch. */
const BY_THE_EXCHANGE = -1;

/** By place in the batch; an element is missing when the command was refused before any order was looked at. */
export function orderOutcomes(events: readonly Event[]): ReadonlyMap<number, OrderOutcome> {
  const states = lastStates(events);
  const outcomes = new Map<number, OrderOutcome>();
  for (const event of events) {
    if (event.kind === 'rejected') outcomes.set(event.index, { kind: 'rejected', rejected: event });
    if (event.kind !== 'orderAccepted' && event.kind !== 'triggerOrderAccepted') continue;
    const state = states.get(event.order.orderId);
    if (event.index !== BY_THE_EXCHANGE && state !== undefined) outcomes.set(event.index, state);
  }
  return outcomes;
}
