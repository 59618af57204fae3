// An order that waits for a price, as REST shows it: the reference lists it among the open orders.
import type { OrderExecutePayload, OrderType } from '@glasshouse/api';
import { type ExitView, ORDER_TYPE, type TriggerOrderView } from '@glasshouse/protocol';
import { formatDecimal, type Ticks } from '@glasshouse/units';
import type { Listing } from '../exchange/listing.js';
import type { TriggerTerms } from '../history-port.js';
import type { OrderExits } from '../ports.js';
import {
  SELF_TRADE_PREVENTION_NAME,
  SIDE_NAME,
  TIME_IN_FORCE_NAME,
  TRIGGER_BY_CODE,
  TRIGGER_BY_NAME,
} from './names.js';
import { milliseconds } from './times.js';

/** Hundredths of a percent. */
const SHARE_SCALE = 2;

/** `0.5` of the base asset, or `50%` of the position. */
export function triggerQuantity(listing: Listing, sizeLots: number, positionShare: number): string {
  return positionShare === 0 ? listing.quantity(sizeLots) : `${formatDecimal(positionShare, SHARE_SCALE, 0)}%`;
}

export function triggerFields(listing: Listing, sizeLots: number, terms: TriggerTerms) {
  return {
    triggerBy: TRIGGER_BY_NAME[terms.triggerBy],
    triggerPrice: listing.price(terms.triggerTicks),
    triggerQuantity: triggerQuantity(listing, sizeLots, terms.positionShare),
  };
}

const limitPrice = (listing: Listing, { priceTicks }: ExitView): string | null =>
  priceTicks === 0 ? null : listing.price(priceTicks);

type ExitRequest = {
  readonly triggerPrice: string | undefined;
  readonly limitPrice: string | undefined;
  readonly triggerBy: keyof typeof TRIGGER_BY_CODE | undefined;
};

function requestedExit(listing: Listing, { triggerPrice, limitPrice, triggerBy }: ExitRequest): ExitView | undefined {
  if (triggerPrice === undefined) return undefined;
  const ticks = (price: string | undefined) => (price === undefined ? 0 : (listing.ticks(price) ?? 0)) as Ticks;
  return {
    triggerTicks: ticks(triggerPrice),
    triggerBy: TRIGGER_BY_CODE[triggerBy ?? 'LastPrice'],
    priceTicks: ticks(limitPrice),
  };
}

/** The exits that an order was sent with. */
export function requestedExits(listing: Listing, order: OrderExecutePayload): OrderExits {
  return {
    takeProfit: requestedExit(listing, {
      triggerPrice: order.takeProfitTriggerPrice,
      limitPrice: order.takeProfitLimitPrice,
      triggerBy: order.takeProfitTriggerBy,
    }),
    stopLoss: requestedExit(listing, {
      triggerPrice: order.stopLossTriggerPrice,
      limitPrice: order.stopLossLimitPrice,
      triggerBy: order.stopLossTriggerBy,
    }),
  };
}

export function takeProfitFields(listing: Listing, exit: ExitView | undefined) {
  return {
    takeProfitLimitPrice: exit === undefined ? null : limitPrice(listing, exit),
    takeProfitTriggerBy: exit === undefined ? null : TRIGGER_BY_NAME[exit.triggerBy],
    takeProfitTriggerPrice: exit === undefined ? null : listing.price(exit.triggerTicks),
  };
}

export function stopLossFields(listing: Listing, exit: ExitView | undefined) {
  return {
    stopLossLimitPrice: exit === undefined ? null : limitPrice(listing, exit),
    stopLossTriggerBy: exit === undefined ? null : TRIGGER_BY_NAME[exit.triggerBy],
    stopLossTriggerPrice: exit === undefined ? null : listing.price(exit.triggerTicks),
  };
}

/** A triggered one is an order; until its own events say more it is new. */
export const TRIGGER_STATUS_NAME = {
  waiting: 'TriggerPending',
  triggered: 'New',
  cancelled: 'Cancelled',
  expired: 'TriggerFailed',
} as const satisfies Record<TriggerTerms['status'], OrderType['status']>;

function sharedFields(listing: Listing, order: TriggerOrderView) {
  return {
    clientId: order.clientId < 0 ? null : order.clientId,
    createdAt: milliseconds(order.createdUs),
    executedQuantity: '0',
    executedQuoteQuantity: '0',
    id: String(order.orderId),
    reduceOnly: listing.perp === undefined ? null : order.reduceOnly,
    relatedOrderId: order.parentOrderId === 0 ? null : String(order.parentOrderId),
    selfTradePrevention: SELF_TRADE_PREVENTION_NAME[order.selfTradePrevention],
    side: SIDE_NAME[order.side],
    status: TRIGGER_STATUS_NAME[order.status],
    ...stopLossFields(listing, order.stopLoss),
    strategyId: null,
    symbol: listing.market.symbol,
    ...takeProfitFields(listing, order.takeProfit),
    timeInForce: TIME_IN_FORCE_NAME[order.timeInForce],
    ...triggerFields(listing, order.sizeLots, order),
    triggeredAt: null,
  };
}

export function triggerOrderAnswer(listing: Listing, order: TriggerOrderView): OrderType {
  const shared = sharedFields(listing, order);
  if (order.orderType === ORDER_TYPE.limit) {
    const price = listing.price(order.priceTicks);
    const quantity = listing.quantity(order.sizeLots);
    return { ...shared, orderType: 'Limit', postOnly: order.postOnly, price, quantity };
  }
  const quantity = order.sizeLots === 0 ? null : listing.quantity(order.sizeLots);
  const none = { quoteQuantity: null, slippageTolerance: null, slippageToleranceType: null };
  return { ...shared, orderType: 'Market', quantity, ...none };
}
