// Orders as they are sent, answered and listed.
import { type Static, Type } from 'typebox';
import {
  Decimal,
  Int64,
  MarketSymbol,
  NaiveDateTime,
  nullable,
  requestObject,
  responseObject,
  Uint16,
  Uint32,
  UnsignedDecimal,
} from './primitive.js';
import { ApiErrorCodeSchema, ErrorDetailsSchema } from './system.js';
import {
  CancelOrderTypeEnum,
  OrderExpiryReason,
  OrderStatus,
  OrderTypeEnum,
  SelfTradePrevention,
  Side,
  SlippageToleranceType,
  SystemOrderType,
  TimeInForce,
  TriggerBy,
} from './vocabulary.js';

const TRIGGERS = {
  stopLossTriggerPrice: nullable(Type.String()),
  stopLossLimitPrice: nullable(Decimal),
  stopLossTriggerBy: nullable(TriggerBy),
  takeProfitTriggerPrice: nullable(Type.String()),
  takeProfitLimitPrice: nullable(Decimal),
  takeProfitTriggerBy: nullable(TriggerBy),
  triggerBy: nullable(TriggerBy),
  triggerPrice: nullable(Type.String()),
  triggerQuantity: nullable(Type.String()),
};

const LIVE_ORDER = {
  id: Type.String(),
  clientId: nullable(Uint32),
  createdAt: Int64,
  executedQuantity: Decimal,
  executedQuoteQuantity: Decimal,
  reduceOnly: nullable(Type.Boolean()),
  selfTradePrevention: SelfTradePrevention,
  status: OrderStatus,
  side: Side,
  symbol: Type.String(),
  timeInForce: TimeInForce,
  ...TRIGGERS,
  triggeredAt: nullable(Int64),
  relatedOrderId: nullable(Type.String()),
  strategyId: nullable(Type.String()),
};

const LIMIT_ORDER = {
  orderType: Type.Literal('Limit'),
  ...LIVE_ORDER,
  postOnly: Type.Boolean(),
  price: Decimal,
  quantity: Decimal,
};

const MARKET_ORDER = {
  orderType: Type.Literal('Market'),
  ...LIVE_ORDER,
  quantity: nullable(Decimal),
  quoteQuantity: nullable(Decimal),
  slippageTolerance: nullable(Decimal),
  slippageToleranceType: nullable(SlippageToleranceType),
};

export const LimitOrder = responseObject('LimitOrder', LIMIT_ORDER);
export type LimitOrder = Static<typeof LimitOrder>;
export const MarketOrder = responseObject('MarketOrder', MARKET_ORDER);
export type MarketOrder = Static<typeof MarketOrder>;

/** A resting or just executed order. Times in milliseconds. */
export const OrderType = Type.Union([MarketOrder, LimitOrder], { title: 'OrderType' });
export type OrderType = Static<typeof OrderType>;

const OK = { operation: Type.Literal('Ok') };

/** One element of a batch reply. */
export const BatchCommandOrderResult = Type.Union(
  [
    responseObject('BatchLimitOrder', { ...OK, ...LIMIT_ORDER }),
    responseObject('BatchMarketOrder', { ...OK, ...MARKET_ORDER }),
    responseObject('BatchError', {
      operation: Type.Literal('Err'),
      code: ApiErrorCodeSchema,
      message: Type.String(),
      details: Type.Optional(ErrorDetailsSchema),
    }),
  ],
  { title: 'BatchCommandOrderResult' },
);
export type BatchCommandOrderResult = Static<typeof BatchCommandOrderResult>;

/** An order in the account's history, finished or not. */
export const Order = responseObject('Order', {
  id: Type.String(),
  createdAt: NaiveDateTime,
  executedQuantity: nullable(Decimal),
  executedQuoteQuantity: nullable(Decimal),
  expiryReason: nullable(OrderExpiryReason),
  orderType: OrderTypeEnum,
  postOnly: nullable(Type.Boolean()),
  price: nullable(Decimal),
  quantity: nullable(Decimal),
  quoteQuantity: nullable(Decimal),
  selfTradePrevention: SelfTradePrevention,
  status: OrderStatus,
  side: Side,
  symbol: Type.String(),
  timeInForce: TimeInForce,
  ...TRIGGERS,
  clientId: nullable(Uint32),
  systemOrderType: nullable(SystemOrderType),
  strategyId: nullable(Type.String()),
  slippageTolerance: nullable(Decimal),
  slippageToleranceType: nullable(SlippageToleranceType),
});
export type Order = Static<typeof Order>;

export const OrderFill = responseObject('OrderFill', {
  clientId: nullable(Type.String()),
  fee: Decimal,
  feeSymbol: Type.String(),
  isMaker: Type.Boolean(),
  orderId: Type.String(),
  price: Decimal,
  quantity: Decimal,
  side: Side,
  symbol: Type.String(),
  systemOrderType: nullable(SystemOrderType),
  timestamp: NaiveDateTime,
  tradeId: nullable(Int64),
});
export type OrderFill = Static<typeof OrderFill>;

export const OrderExecutePayload = requestObject('OrderExecutePayload', {
  symbol: MarketSymbol,
  side: Side,
  orderType: OrderTypeEnum,
  price: Type.Optional(UnsignedDecimal),
  quantity: Type.Optional(UnsignedDecimal),
  quoteQuantity: Type.Optional(UnsignedDecimal),
  timeInForce: Type.Optional(TimeInForce),
  postOnly: Type.Optional(Type.Boolean()),
  selfTradePrevention: Type.Optional(SelfTradePrevention),
  clientId: Type.Optional(Uint32),
  reduceOnly: Type.Optional(Type.Boolean()),
  autoLend: Type.Optional(Type.Boolean()),
  autoLendRedeem: Type.Optional(Type.Boolean()),
  autoBorrow: Type.Optional(Type.Boolean()),
  autoBorrowRepay: Type.Optional(Type.Boolean()),
  brokerId: Type.Optional(Uint16),
  stopLossLimitPrice: Type.Optional(UnsignedDecimal),
  stopLossTriggerBy: Type.Optional(TriggerBy),
  stopLossTriggerPrice: Type.Optional(Type.String()),
  takeProfitLimitPrice: Type.Optional(UnsignedDecimal),
  takeProfitTriggerBy: Type.Optional(TriggerBy),
  takeProfitTriggerPrice: Type.Optional(Type.String()),
  triggerBy: Type.Optional(TriggerBy),
  triggerPrice: Type.Optional(Type.String()),
  triggerQuantity: Type.Optional(Type.String()),
  slippageTolerance: Type.Optional(UnsignedDecimal),
  slippageToleranceType: Type.Optional(SlippageToleranceType),
});
export type OrderExecutePayload = Static<typeof OrderExecutePayload>;

export const MAX_BATCH_ORDERS = 50;
export const OrderBatch = Type.Array(OrderExecutePayload, { minItems: 1, maxItems: MAX_BATCH_ORDERS });

/** Exactly one of `orderId` and `clientId`. */
export const OrderCancelPayload = requestObject('OrderCancelPayload', {
  symbol: MarketSymbol,
  orderId: Type.Optional(Type.String()),
  clientId: Type.Optional(Uint32),
});

export const OrderCancelAllPayload = requestObject('OrderCancelAllPayload', {
  symbol: MarketSymbol,
  orderType: Type.Optional(CancelOrderTypeEnum),
});
