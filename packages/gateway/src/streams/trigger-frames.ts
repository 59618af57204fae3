// Frames of orders that wait for a price, as JSON text.
import type { OrderUpdateFrame } from '@glasshouse/api';
import { ORDER_TYPE, type TriggerOrderView } from '@glasshouse/protocol';
import { endReasonName } from '../answers/end-reasons.js';
import { SELF_TRADE_PREVENTION_NAME, SIDE_NAME, TIME_IN_FORCE_NAME, TRIGGER_BY_NAME } from '../answers/names.js';
import { TRIGGER_STATUS_NAME, triggerQuantity } from '../answers/trigger-answer.js';
import type { Listing } from '../exchange/listing.js';
import type { EndReason } from '../history-port.js';
import type { Times } from './frames.js';

export type TriggerChange = {
  readonly event: OrderUpdateFrame['e'];
  readonly order: TriggerOrderView;
  readonly reason?: EndReason | undefined;
};

/** Each exit has its trigger, its limit if it has one, and the kind of price that wakes it. */
function exitFields(listing: Listing, { takeProfit, stopLoss }: TriggerOrderView): Partial<OrderUpdateFrame> {
  const limit = (ticks: number | undefined) => (ticks ? listing.paddedPrice(ticks) : undefined);
  const [j, k] = [limit(takeProfit?.priceTicks), limit(stopLoss?.priceTicks)];
  return {
    ...(takeProfit === undefined ? {} : { a: listing.paddedPrice(takeProfit.triggerTicks) }),
    ...(stopLoss === undefined ? {} : { b: listing.paddedPrice(stopLoss.triggerTicks) }),
    ...(takeProfit === undefined ? {} : { d: TRIGGER_BY_NAME[takeProfit.triggerBy] }),
    ...(stopLoss === undefined ? {} : { g: TRIGGER_BY_NAME[stopLoss.triggerBy] }),
    ...(j === undefined ? {} : { j }),
    ...(k === undefined ? {} : { k }),
  };
}

function termFields(listing: Listing, order: TriggerOrderView): Partial<OrderUpdateFrame> {
  const limit = order.orderType === ORDER_TYPE.limit;
  return {
    B: TRIGGER_BY_NAME[order.triggerBy],
    P: listing.paddedPrice(order.triggerTicks),
    Y: triggerQuantity(listing, order.sizeLots, order.positionShare),
    ...(order.parentOrderId === 0 ? {} : { I: String(order.parentOrderId) }),
    ...(order.clientId < 0 ? {} : { c: order.clientId }),
    ...(limit ? { p: listing.paddedPrice(order.priceTicks), y: order.postOnly } : {}),
    ...(order.sizeLots === 0 ? {} : { q: listing.paddedQuantity(order.sizeLots) }),
    ...exitFields(listing, order),
  };
}

export function triggerFrame(listing: Listing, { event, order, reason }: TriggerChange, times: Times): string {
  const frame: OrderUpdateFrame = {
    E: times.emittedUs,
    O: 'USER',
    ...(reason === undefined ? {} : { R: endReasonName(reason) }),
    S: SIDE_NAME[order.side],
    T: times.engineUs,
    V: SELF_TRADE_PREVENTION_NAME[order.selfTradePrevention],
    X: TRIGGER_STATUS_NAME[order.status],
    Z: '0',
    e: event,
    f: TIME_IN_FORCE_NAME[order.timeInForce],
    i: String(order.orderId),
    o: order.orderType === ORDER_TYPE.limit ? 'LIMIT' : 'MARKET',
    r: order.reduceOnly,
    s: listing.market.symbol,
    t: null,
    z: '0',
    ...termFields(listing, order),
  };
  return JSON.stringify(frame);
}
