// Strategies as they are created, answered and listed.
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
  Uint64,
  UnsignedDecimal,
} from './primitive.js';
import { SelfTradePrevention, Side, SlippageToleranceType, TimeInForce } from './vocabulary.js';

export const StrategyTypeEnum = Type.Enum(['Scheduled'] as const);
export const StrategyStatus = Type.Enum(['Running', 'Completed', 'Cancelled', 'Terminated'] as const);
export type StrategyStatus = Static<typeof StrategyStatus>;

export const StrategyCrankCancelReason = Type.Enum([
  'Expired',
  'FillOrKill',
  'InsufficientBorrowableQuantity',
  'InsufficientFunds',
  'InsufficientLiquidity',
  'InvalidPrice',
  'InvalidQuantity',
  'InsufficientMargin',
  'Liquidation',
  'PriceOutOfBounds',
  'ReduceOnlyNotReduced',
  'SelfTradePrevention',
  'Unknown',
  'UserPermissions',
] as const);

/** A strategy now. Times in milliseconds. */
export const ScheduledStrategy = responseObject('ScheduledStrategy', {
  strategyType: Type.Literal('Scheduled'),
  id: Type.String(),
  clientStrategyId: nullable(Uint32),
  createdAt: Int64,
  executedQuantity: Decimal,
  executedQuoteQuantity: Decimal,
  quantity: Decimal,
  reduceOnly: nullable(Type.Boolean()),
  selfTradePrevention: SelfTradePrevention,
  status: StrategyStatus,
  side: Side,
  symbol: Type.String(),
  timeInForce: TimeInForce,
  duration: Uint64,
  interval: Uint64,
  randomizedIntervalQuantity: nullable(Type.Boolean()),
  slippageTolerance: nullable(Decimal),
  slippageToleranceType: nullable(SlippageToleranceType),
});
export type ScheduledStrategy = Static<typeof ScheduledStrategy>;

/** One kind so far. */
export const StrategyType = Type.Union([ScheduledStrategy], { title: 'StrategyType' });
export type StrategyType = Static<typeof StrategyType>;

/** A strategy in the account's history, finished or not. */
export const Strategy = responseObject('Strategy', {
  id: Type.String(),
  createdAt: NaiveDateTime,
  executedQuantity: nullable(Decimal),
  executedQuoteQuantity: nullable(Decimal),
  cancelReason: nullable(StrategyCrankCancelReason),
  strategyType: StrategyTypeEnum,
  quantity: nullable(Decimal),
  selfTradePrevention: SelfTradePrevention,
  status: StrategyStatus,
  side: Side,
  symbol: Type.String(),
  timeInForce: TimeInForce,
  clientStrategyId: nullable(Uint32),
  duration: Uint64,
  interval: Uint64,
  randomizedIntervalQuantity: Type.Boolean(),
  slippageTolerance: nullable(Decimal),
  slippageToleranceType: nullable(SlippageToleranceType),
});
export type Strategy = Static<typeof Strategy>;

export const StrategyCreatePayload = requestObject('StrategyCreatePayload', {
  autoLend: Type.Optional(Type.Boolean()),
  autoLendRedeem: Type.Optional(Type.Boolean()),
  autoBorrow: Type.Optional(Type.Boolean()),
  autoBorrowRepay: Type.Optional(Type.Boolean()),
  brokerId: Type.Optional(Uint16),
  clientStrategyId: Type.Optional(Uint32),
  strategyType: StrategyTypeEnum,
  quantity: Type.Optional(UnsignedDecimal),
  price: Type.Optional(UnsignedDecimal),
  postOnly: Type.Optional(Type.Boolean()),
  reduceOnly: Type.Optional(Type.Boolean()),
  selfTradePrevention: Type.Optional(SelfTradePrevention),
  side: Side,
  symbol: MarketSymbol,
  timeInForce: Type.Optional(TimeInForce),
  duration: Type.Optional(Uint64),
  interval: Type.Optional(Uint64),
  randomizedIntervalQuantity: Type.Optional(Type.Boolean()),
  slippageTolerance: Type.Optional(UnsignedDecimal),
  slippageToleranceType: Type.Optional(SlippageToleranceType),
});

/** Exactly one of `strategyId` and `clientStrategyId`. */
export const StrategyCancelPayload = requestObject('StrategyCancelPayload', {
  symbol: MarketSymbol,
  strategyId: Type.Optional(Type.String()),
  clientStrategyId: Type.Optional(Uint32),
});

export const StrategyCancelAllPayload = requestObject('StrategyCancelAllPayload', {
  symbol: MarketSymbol,
  strategyType: Type.Optional(StrategyTypeEnum),
});
