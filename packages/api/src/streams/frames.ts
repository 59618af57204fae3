// What is pushed: `{"stream": name, "data": frame}`. E and T are microseconds; prices and quantities are padded decimal strings.
import { type Static, Type } from 'typebox';
import { Decimal, Int64, NaiveDateTime, nullable, responseObject, Uint32 } from '../schemas/primitive.js';
import {
  OrderExpiryReason,
  OrderStatus,
  SelfTradePrevention,
  Side,
  TimeInForce,
  TriggerBy,
} from '../schemas/vocabulary.js';
import type { OWN_STREAM_FRAMES } from './liquidation-frames.js';
import { RfqUpdateFrame } from './rfq-frames.js';

const Row = Type.Array(Decimal, { minItems: 2, maxItems: 2 });

/** Changed levels with their new totals, zero gone. Ids are consecutive: U = previous u + 1. */
export const DepthFrame = responseObject('DepthFrame', {
  e: Type.Literal('depth'),
  E: Int64,
  s: Type.String(),
  a: Type.Array(Row),
  b: Type.Array(Row),
  U: Int64,
  u: Int64,
  T: Int64,
});
export type DepthFrame = Static<typeof DepthFrame>;

/** Best ask `a` with quantity `A`, best bid `b` with quantity `B`. */
export const BookTickerFrame = responseObject('BookTickerFrame', {
  e: Type.Literal('bookTicker'),
  E: Int64,
  s: Type.String(),
  a: Decimal,
  A: Decimal,
  b: Decimal,
  B: Decimal,
  u: Int64,
  T: Int64,
});
export type BookTickerFrame = Static<typeof BookTickerFrame>;

/** `b` and `a`: buyer's and seller's order id; `m`: the buyer was the maker. */
export const TradeFrame = responseObject('TradeFrame', {
  e: Type.Literal('trade'),
  E: Int64,
  s: Type.String(),
  p: Decimal,
  q: Decimal,
  b: Type.String(),
  a: Type.String(),
  t: Int64,
  m: Type.Boolean(),
  T: Int64,
});
export type TradeFrame = Static<typeof TradeFrame>;

/** Rolling day: first, last, high, low, volume, quote volume, trades. */
export const TickerFrame = responseObject('TickerFrame', {
  e: Type.Literal('ticker'),
  E: Int64,
  s: Type.String(),
  o: Decimal,
  c: Decimal,
  h: Decimal,
  l: Decimal,
  v: Decimal,
  V: Decimal,
  n: Int64,
});
export type TickerFrame = Static<typeof TickerFrame>;

/** Prices are null when nothing traded. `X`: the candle is closed. */
export const KlineFrame = responseObject('KlineFrame', {
  e: Type.Literal('kline'),
  E: Int64,
  s: Type.String(),
  t: NaiveDateTime,
  T: NaiveDateTime,
  o: nullable(Decimal),
  c: nullable(Decimal),
  h: nullable(Decimal),
  l: nullable(Decimal),
  v: Decimal,
  n: Int64,
  X: Type.Boolean(),
});
export type KlineFrame = Static<typeof KlineFrame>;

/** Mark `p`, estimated funding rate `f`, index `i`, next funding `n` in milliseconds. */
export const MarkPriceFrame = responseObject('MarkPriceFrame', {
  e: Type.Literal('markPrice'),
  E: Int64,
  s: Type.String(),
  p: Decimal,
  f: Type.Optional(Decimal),
  i: Type.Optional(Decimal),
  n: Type.Optional(Int64),
  T: Int64,
});
export type MarkPriceFrame = Static<typeof MarkPriceFrame>;

/** `o` in units of the base asset. */
export const OpenInterestFrame = responseObject('OpenInterestFrame', {
  e: Type.Literal('openInterest'),
  E: Int64,
  s: Type.String(),
  o: Decimal,
});
export type OpenInterestFrame = Static<typeof OpenInterestFrame>;

const OrderEvent = Type.Enum([
  'orderAccepted',
  'orderCancelled',
  'orderExpired',
  'orderFill',
  'orderModified',
  'triggerPlaced',
  'triggerFailed',
] as const);

const OrderOrigin = Type.Enum([
  'USER',
  'LIQUIDATION_AUTOCLOSE',
  'ADL_AUTOCLOSE',
  'COLLATERAL_CONVERSION',
  'SETTLEMENT_AUTOCLOSE',
  'BACKSTOP_LIQUIDITY_PROVIDER',
] as const);

const ORDER_TERMS = {
  i: Type.String(),
  c: Type.Optional(Uint32),
  S: Side,
  o: Type.Enum(['LIMIT', 'MARKET'] as const),
  f: TimeInForce,
  q: Type.Optional(Decimal),
  Q: Type.Optional(Decimal),
  p: Type.Optional(Decimal),
  V: SelfTradePrevention,
  r: Type.Boolean(),
  y: Type.Optional(Type.Boolean()),
};

const ORDER_TRIGGERS = {
  P: Type.Optional(Decimal),
  B: Type.Optional(TriggerBy),
  Y: Type.Optional(Type.String()),
  a: Type.Optional(Decimal),
  b: Type.Optional(Decimal),
  j: Type.Optional(Decimal),
  k: Type.Optional(Decimal),
  d: Type.Optional(Type.String()),
  g: Type.Optional(Type.String()),
};

/** Present on `orderFill` only, except `t`, which is null everywhere else. */
const ORDER_FILL = {
  t: nullable(Int64),
  l: Type.Optional(Decimal),
  L: Type.Optional(Decimal),
  m: Type.Optional(Type.Boolean()),
  n: Type.Optional(Decimal),
  N: Type.Optional(Type.String()),
};

export const OrderUpdateFrame = responseObject('OrderUpdateFrame', {
  e: OrderEvent,
  E: Int64,
  s: Type.String(),
  ...ORDER_TERMS,
  ...ORDER_TRIGGERS,
  X: OrderStatus,
  R: Type.Optional(OrderExpiryReason),
  ...ORDER_FILL,
  z: Decimal,
  Z: Decimal,
  O: OrderOrigin,
  I: Type.Optional(Type.String()),
  H: Type.Optional(Int64),
  T: Int64,
});
export type OrderUpdateFrame = Static<typeof OrderUpdateFrame>;

/** Asset `a`: available `A`, locked `L`, staked `S`. */
export const BalanceUpdateFrame = responseObject('BalanceUpdateFrame', {
  e: Type.Literal('balanceUpdate'),
  E: Int64,
  a: Type.String(),
  A: Decimal,
  L: Decimal,
  S: Decimal,
  T: Int64,
});
export type BalanceUpdateFrame = Static<typeof BalanceUpdateFrame>;

const PositionEvent = Type.Enum(['positionOpened', 'positionAdjusted', 'positionClosed'] as const);

/**
 * Net quantity `q`, at worst with open orders `Q` and its notional `n`; entry `B`, break-even `b`, mark `M`; margin fractions
 * `f` (initial) and `m` (maintenance); profit and loss `p` realised, `P` unrealised. Without `e`: as it stood when the
 * subscription began.
 */
export const PositionUpdateFrame = responseObject('PositionUpdateFrame', {
  e: Type.Optional(PositionEvent),
  E: Int64,
  s: Type.String(),
  b: Decimal,
  B: Decimal,
  f: Decimal,
  m: Decimal,
  M: Decimal,
  q: Decimal,
  Q: Decimal,
  n: Decimal,
  i: Int64,
  p: Decimal,
  P: Decimal,
  l: Type.Optional(Decimal),
  T: Int64,
});
export type PositionUpdateFrame = Static<typeof PositionUpdateFrame>;

/** A part of a position or loan that was liquidated, at whatever stage: side `S` of the liquidated account, mean price `p`. */
export const LiquidationFrame = responseObject('LiquidationFrame', {
  e: Type.Literal('liquidation'),
  E: Int64,
  s: Type.String(),
  S: Side,
  p: Decimal,
  q: Decimal,
  T: Int64,
});
export type LiquidationFrame = Static<typeof LiquidationFrame>;

/** The frame of each kind of stream that the reference has. */
export const STREAM_FRAMES = {
  depth: DepthFrame,
  bookTicker: BookTickerFrame,
  trade: TradeFrame,
  ticker: TickerFrame,
  kline: KlineFrame,
  markPrice: MarkPriceFrame,
  openInterest: OpenInterestFrame,
  orderUpdate: OrderUpdateFrame,
  positionUpdate: PositionUpdateFrame,
  balanceUpdate: BalanceUpdateFrame,
  liquidation: LiquidationFrame,
  rfqUpdate: RfqUpdateFrame,
} as const;

type Frames = typeof STREAM_FRAMES & typeof OWN_STREAM_FRAMES;
export type FrameOf<Kind extends keyof Frames> = Static<Frames[Kind]>;
