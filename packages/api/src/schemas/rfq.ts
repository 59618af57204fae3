// Requests for quotes, quotes, and the sale of dust.
import { type Static, Type } from 'typebox';
import {
  CustodyAsset,
  Decimal,
  Int64,
  MarketSymbol,
  NaiveDateTime,
  nullable,
  requestObject,
  responseObject,
  Uint32,
  Uint64,
  UnsignedDecimal,
} from './primitive.js';
import { OrderStatus, RfqExecutionMode, Side, SystemOrderType } from './vocabulary.js';

const LENDING_WISHES = {
  autoLend: Type.Optional(Type.Boolean()),
  autoLendRedeem: Type.Optional(Type.Boolean()),
  autoBorrow: Type.Optional(Type.Boolean()),
  autoBorrowRepay: Type.Optional(Type.Boolean()),
};

/** Either `quantity` or `quoteQuantity`; `price` is the worst at which it may be filled. */
export const RequestForQuotePayload = requestObject('RequestForQuotePayload', {
  clientId: Type.Optional(Uint32),
  quantity: Type.Optional(UnsignedDecimal),
  quoteQuantity: Type.Optional(UnsignedDecimal),
  price: Type.Optional(UnsignedDecimal),
  symbol: MarketSymbol,
  side: Side,
  executionMode: Type.Optional(RfqExecutionMode),
  ...LENDING_WISHES,
});

/** `rfqId` or `clientId`. */
export const RequestForQuoteCancelPayload = requestObject('RequestForQuoteCancelPayload', {
  rfqId: Type.Optional(Type.String()),
  clientId: Type.Optional(Uint32),
});

export const RequestForQuoteRefreshPayload = requestObject('RequestForQuoteRefreshPayload', { rfqId: Type.String() });

/** `rfqId` or `clientId`, and the quote. */
export const QuoteAcceptPayload = requestObject('QuoteAcceptPayload', {
  rfqId: Type.Optional(Type.String()),
  clientId: Type.Optional(Uint32),
  quoteId: Type.String(),
});

/** Who quotes buys at `bidPrice` and sells at `askPrice`. */
export const QuotePayload = requestObject('QuotePayload', {
  rfqId: Type.String(),
  clientId: Type.Optional(Uint32),
  bidPrice: UnsignedDecimal,
  askPrice: UnsignedDecimal,
  ...LENDING_WISHES,
});

/** Times in milliseconds: until `submissionTime` it may be quoted, until `expiryTime` a quote may be accepted. */
export const RequestForQuote = responseObject('RequestForQuote', {
  rfqId: Type.String(),
  clientId: nullable(Uint32),
  symbol: Type.String(),
  side: Side,
  price: nullable(Decimal),
  quantity: nullable(Decimal),
  quoteQuantity: nullable(Decimal),
  submissionTime: Int64,
  systemOrderType: nullable(SystemOrderType),
  expiryTime: Int64,
  status: OrderStatus,
  executionMode: RfqExecutionMode,
  createdAt: Int64,
});
export type RequestForQuote = Static<typeof RequestForQuote>;

export const Quote = responseObject('Quote', {
  rfqId: Type.String(),
  quoteId: Type.String(),
  clientId: nullable(Uint32),
  bidPrice: Decimal,
  askPrice: Decimal,
  status: OrderStatus,
  createdAt: Int64,
});
export type Quote = Static<typeof Quote>;

export const RfqWithQuotes = responseObject('RfqWithQuotes', { rfq: RequestForQuote, quotes: Type.Array(Quote) });
export type RfqWithQuotes = Static<typeof RfqWithQuotes>;

export const RequestForQuoteHistorical = responseObject('RequestForQuoteHistorical', {
  rfqId: Type.String(),
  clientId: nullable(Uint32),
  symbol: Type.String(),
  side: Side,
  price: nullable(Decimal),
  quantity: nullable(Decimal),
  quoteQuantity: nullable(Decimal),
  submissionTime: NaiveDateTime,
  expiryTime: NaiveDateTime,
  status: OrderStatus,
  executionMode: RfqExecutionMode,
  createdAt: NaiveDateTime,
  deferredSettlementQuoteId: nullable(Type.String()),
});
export type RequestForQuoteHistorical = Static<typeof RequestForQuoteHistorical>;

export const QuoteHistorical = responseObject('QuoteHistorical', {
  rfqId: Type.String(),
  quoteId: Type.String(),
  clientId: nullable(Uint32),
  bidPrice: Decimal,
  askPrice: Decimal,
  status: OrderStatus,
  createdAt: NaiveDateTime,
  deferredSettlement: Type.Boolean(),
});
export type QuoteHistorical = Static<typeof QuoteHistorical>;

export const RequestForQuoteFillHistorical = responseObject('RequestForQuoteFillHistorical', {
  rfqId: Type.String(),
  clientId: nullable(Uint32),
  quoteId: Type.String(),
  symbol: Type.String(),
  side: Side,
  quantity: nullable(Decimal),
  quoteQuantity: nullable(Decimal),
  fillPrice: Decimal,
  createdAt: NaiveDateTime,
  filledAt: NaiveDateTime,
  systemOrderType: nullable(SystemOrderType),
});
export type RequestForQuoteFillHistorical = Static<typeof RequestForQuoteFillHistorical>;

/** `side` is the quoter's own. */
export const QuoteFillHistorical = responseObject('QuoteFillHistorical', {
  clientId: nullable(Uint32),
  quoteId: Type.String(),
  rfqId: Type.String(),
  symbol: Type.String(),
  side: Side,
  quantity: Decimal,
  fillPrice: Decimal,
  fee: Decimal,
  feeSymbol: Type.String(),
  createdAt: NaiveDateTime,
  filledAt: NaiveDateTime,
});
export type QuoteFillHistorical = Static<typeof QuoteFillHistorical>;

export const AccountConvertDustPayload = requestObject('AccountConvertDustPayload', {
  symbol: Type.Optional(CustodyAsset),
});

export const DustConversion = responseObject('DustConversion', {
  id: Uint64,
  quantity: Decimal,
  symbol: Type.String(),
  usdcReceived: Decimal,
  timestamp: NaiveDateTime,
});
export type DustConversion = Static<typeof DustConversion>;
