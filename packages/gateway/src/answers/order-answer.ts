// Orders as REST shows them: live (POST, GET, DELETE of orders) and in the account's history. Fields in alphabetical order
// and absent ones as null, as recorded from the reference venue.
import type { Order, OrderType } from '@glasshouse/api';
import { ORDER_TYPE, type OrderView } from '@glasshouse/protocol';
import type { Listing } from '../exchange/listing.js';
import type { OrderRow } from '../history-port.js';
import type { OrderExits } from '../ports.js';
import { endReasonName } from './end-reasons.js';
import {
  ORDER_STATUS_NAME,
  ORDER_TYPE_NAME,
  SELF_TRADE_PREVENTION_NAME,
  SIDE_NAME,
  SYSTEM_ORDER_TYPE,
  TIME_IN_FORCE_NAME,
} from './names.js';
import { milliseconds, naiveDateTime } from './times.js';
import { stopLossFields, TRIGGER_STATUS_NAME, takeProfitFields, triggerFields } from './trigger-answer.js';

const NO_STOP_LOSS = { stopLossLimitPrice: null, stopLossTriggerBy: null, stopLossTriggerPrice: null } as const;
const NO_TAKE_PROFIT = { takeProfitLimitPrice: null, takeProfitTriggerBy: null, takeProfitTriggerPrice: null } as const;
const NO_TRIGGER = { triggerBy: null, triggerPrice: null, triggerQuantity: null } as const;
const NO_SLIPPAGE = { slippageTolerance: null, slippageToleranceType: null } as const;

function clientIdOf(order: OrderView): number | null {
  return order.clientId < 0 ? null : order.clientId;
}

function strategyIdOf({ strategyId }: OrderView): string | null {
  return strategyId === undefined ? null : String(strategyId);
}

/** Only a position can be reduced. */
function reduceOnlyOf(listing: Listing, order: OrderView): boolean | null {
  return listing.perp === undefined ? null : order.reduceOnly;
}

function quantityOrNull(listing: Listing, order: OrderView): string | null {
  return order.sizeLots === 0 ? null : listing.quantity(order.sizeLots);
}

function limitOrder(listing: Listing, order: OrderView, exits: OrderExits): OrderType {
  return {
    clientId: clientIdOf(order),
    createdAt: milliseconds(order.createdUs),
    executedQuantity: listing.quantity(order.filledLots),
    executedQuoteQuantity: listing.quoteQuantity(order.filledQuoteAtoms),
    id: String(order.orderId),
    orderType: 'Limit',
    postOnly: order.postOnly,
    price: listing.price(order.priceTicks),
    quantity: listing.quantity(order.sizeLots),
    reduceOnly: reduceOnlyOf(listing, order),
    relatedOrderId: null,
    selfTradePrevention: SELF_TRADE_PREVENTION_NAME[order.selfTradePrevention],
    side: SIDE_NAME[order.side],
    status: ORDER_STATUS_NAME[order.status],
    ...stopLossFields(listing, exits.stopLoss),
    strategyId: strategyIdOf(order),
    symbol: listing.market.symbol,
    ...takeProfitFields(listing, exits.takeProfit),
    timeInForce: TIME_IN_FORCE_NAME[order.timeInForce],
    ...NO_TRIGGER,
    triggeredAt: null,
  };
}

function marketOrder(listing: Listing, order: OrderView, exits: OrderExits): OrderType {
  return {
    clientId: clientIdOf(order),
    createdAt: milliseconds(order.createdUs),
    executedQuantity: listing.quantity(order.filledLots),
    executedQuoteQuantity: listing.quoteQuantity(order.filledQuoteAtoms),
    id: String(order.orderId),
    orderType: 'Market',
    quantity: quantityOrNull(listing, order),
    quoteQuantity: order.quoteSizeAtoms === 0 ? null : listing.quoteQuantity(order.quoteSizeAtoms),
    reduceOnly: reduceOnlyOf(listing, order),
    relatedOrderId: null,
    selfTradePrevention: SELF_TRADE_PREVENTION_NAME[order.selfTradePrevention],
    side: SIDE_NAME[order.side],
    ...NO_SLIPPAGE,
    status: ORDER_STATUS_NAME[order.status],
    ...stopLossFields(listing, exits.stopLoss),
    strategyId: strategyIdOf(order),
    symbol: listing.market.symbol,
    ...takeProfitFields(listing, exits.takeProfit),
    timeInForce: TIME_IN_FORCE_NAME[order.timeInForce],
    ...NO_TRIGGER,
    triggeredAt: null,
  };
}

const NO_EXITS: OrderExits = { takeProfit: undefined, stopLoss: undefined };

export function orderAnswer(listing: Listing, order: OrderView, exits: OrderExits = NO_EXITS): OrderType {
  return order.orderType === ORDER_TYPE.limit ? limitOrder(listing, order, exits) : marketOrder(listing, order, exits);
}

/** A limit order's quote quantity is its whole notional, filled or not. */
function historicalQuoteQuantity(listing: Listing, order: OrderView): string | null {
  if (order.orderType === ORDER_TYPE.limit) {
    return listing.quoteQuantity(listing.notionalAtoms(order.priceTicks, order.sizeLots));
  }
  return listing.quoteQuantity(order.quoteSizeAtoms === 0 ? order.filledQuoteAtoms : order.quoteSizeAtoms);
}

/** One that fired is an order like any other. */
function historicalStatus({ order, trigger }: OrderRow): Order['status'] {
  if (trigger === undefined || trigger.status === 'triggered') return ORDER_STATUS_NAME[order.status];
  return TRIGGER_STATUS_NAME[trigger.status];
}

export function historicalOrder(listing: Listing, row: OrderRow): Order {
  const { order, trigger, expiryReason } = row;
  const limit = order.orderType === ORDER_TYPE.limit;
  return {
    clientId: clientIdOf(order),
    createdAt: naiveDateTime(order.createdUs),
    executedQuantity: listing.quantity(order.filledLots),
    executedQuoteQuantity: listing.quoteQuantity(order.filledQuoteAtoms),
    expiryReason: expiryReason === undefined ? null : endReasonName(expiryReason),
    id: String(order.orderId),
    orderType: ORDER_TYPE_NAME[order.orderType],
    postOnly: limit ? order.postOnly : null,
    price: limit ? listing.price(order.priceTicks) : null,
    quantity: quantityOrNull(listing, order),
    quoteQuantity: historicalQuoteQuantity(listing, order),
    selfTradePrevention: SELF_TRADE_PREVENTION_NAME[order.selfTradePrevention],
    side: SIDE_NAME[order.side],
    ...NO_SLIPPAGE,
    status: historicalStatus(row),
    ...NO_STOP_LOSS,
    strategyId: strategyIdOf(order),
    symbol: listing.market.symbol,
    systemOrderType: SYSTEM_ORDER_TYPE[row.origin],
    ...NO_TAKE_PROFIT,
    timeInForce: TIME_IN_FORCE_NAME[order.timeInForce],
    ...(trigger === undefined ? NO_TRIGGER : triggerFields(listing, order.sizeLots, trigger)),
  };
}
