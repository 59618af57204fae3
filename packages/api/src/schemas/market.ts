// Assets, markets and what they publish.
import { type Static, Type } from 'typebox';
import {
  CandleTime,
  CustodyAsset,
  Decimal,
  Int64,
  NaiveDateTime,
  nullable,
  responseObject,
  Uint8,
  Uint64,
} from './primitive.js';
import { Blockchain, MarketType, OrderBookState } from './vocabulary.js';

export const Token = responseObject('Token', {
  displayName: Type.String(),
  blockchain: Blockchain,
  contractAddress: nullable(Type.String()),
  depositEnabled: Type.Boolean(),
  minimumDeposit: Decimal,
  withdrawEnabled: Type.Boolean(),
  minimumWithdrawal: Decimal,
  maximumWithdrawal: nullable(Decimal),
  withdrawalFee: Decimal,
  nativeDecimals: nullable(Uint8),
});

export const MarketAsset = responseObject('MarketAsset', {
  symbol: CustodyAsset,
  displayName: Type.String(),
  coingeckoId: nullable(Type.String()),
  tokens: Type.Array(Token),
});
export type MarketAsset = Static<typeof MarketAsset>;

const PriceBandMarkPrice = responseObject('PriceBandMarkPrice', { maxMultiplier: Decimal, minMultiplier: Decimal });
const PriceBandMeanPremium = responseObject('PriceBandMeanPremium', { tolerancePct: Decimal });

const PriceFilter = responseObject('PriceFilter', {
  minPrice: Decimal,
  maxPrice: nullable(Decimal),
  tickSize: Decimal,
  maxMultiplier: nullable(Decimal),
  minMultiplier: nullable(Decimal),
  maxImpactMultiplier: nullable(Decimal),
  minImpactMultiplier: nullable(Decimal),
  meanMarkPriceBand: nullable(PriceBandMarkPrice),
  meanPremiumBand: nullable(PriceBandMeanPremium),
  borrowEntryFeeMaxMultiplier: nullable(Decimal),
  borrowEntryFeeMinMultiplier: nullable(Decimal),
  maxPriceUpdateMultiplier: nullable(Decimal),
  minPriceUpdateMultiplier: nullable(Decimal),
});

const QuantityFilter = responseObject('QuantityFilter', {
  minQuantity: Decimal,
  maxQuantity: nullable(Decimal),
  stepSize: Decimal,
});

const OrderBookFilters = responseObject('OrderBookFilters', { price: PriceFilter, quantity: QuantityFilter });

/** Margin fraction that grows with the square root of the exposure: the larger of base and factor × √(notional in USD). */
export const PositionImfFunction = responseObject('PositionImfFunction', {
  type: Type.Literal('sqrt'),
  base: Decimal,
  factor: Decimal,
});
export type PositionImfFunction = Static<typeof PositionImfFunction>;

export const Market = responseObject('Market', {
  symbol: Type.String(),
  baseSymbol: Type.String(),
  quoteSymbol: Type.String(),
  marketType: MarketType,
  filters: OrderBookFilters,
  imfFunction: nullable(PositionImfFunction),
  mmfFunction: nullable(PositionImfFunction),
  fundingInterval: nullable(Uint64),
  fundingRateUpperBound: nullable(Decimal),
  fundingRateLowerBound: nullable(Decimal),
  openInterestLimit: nullable(Decimal),
  orderBookState: OrderBookState,
  createdAt: NaiveDateTime,
  visible: Type.Boolean(),
  positionLimitWeight: nullable(Decimal),
});
export type Market = Static<typeof Market>;

/** A tuple would be exact too, but clients generated from OpenAPI 3.0 tools cannot read one. */
const DepthRow = Type.Array(Decimal, { minItems: 2, maxItems: 2 });

/** Both sides ascend by price: the best bid is the last row. Timestamp in microseconds. */
export const Depth = responseObject('Depth', {
  asks: Type.Array(DepthRow),
  bids: Type.Array(DepthRow),
  lastUpdateId: Type.String({ pattern: '^\\d+$' }),
  timestamp: Int64,
});
export type Depth = Static<typeof Depth>;

export const Ticker = responseObject('Ticker', {
  symbol: Type.String(),
  firstPrice: Decimal,
  lastPrice: Decimal,
  priceChange: Decimal,
  priceChangePercent: Decimal,
  high: Decimal,
  low: Decimal,
  volume: Decimal,
  quoteVolume: Decimal,
  trades: Type.String({ pattern: '^\\d+$' }),
});
export type Ticker = Static<typeof Ticker>;

export const Trade = responseObject('Trade', {
  id: nullable(Int64),
  price: Decimal,
  quantity: Decimal,
  quoteQuantity: Decimal,
  timestamp: Int64,
  isBuyerMaker: Type.Boolean(),
});
export type Trade = Static<typeof Trade>;

/** Prices are null when nothing traded in the interval. */
export const Kline = responseObject('Kline', {
  start: CandleTime,
  end: CandleTime,
  open: nullable(Type.String()),
  high: nullable(Type.String()),
  low: nullable(Type.String()),
  close: nullable(Type.String()),
  volume: Type.String(),
  quoteVolume: Type.String(),
  trades: Type.String({ pattern: '^\\d+$' }),
});
export type Kline = Static<typeof Kline>;
