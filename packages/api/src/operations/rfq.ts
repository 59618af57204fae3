// Requests for quotes, their quotes, what both have come to, and the sale of dust.
import { Type } from 'typebox';
import type { ErrorName } from '../errors.js';
import {
  AccountConvertDustPayload,
  DustConversion,
  OrderStatus,
  Quote,
  QuoteAcceptPayload,
  QuoteFillHistorical,
  QuoteHistorical,
  QuotePayload,
  RequestForQuote,
  RequestForQuoteCancelPayload,
  RequestForQuoteFillHistorical,
  RequestForQuoteHistorical,
  RequestForQuotePayload,
  RequestForQuoteRefreshPayload,
  RfqFillType,
  RfqWithQuotes,
  Side,
} from '../schemas/index.js';
import { CustodyAsset, Int64, MarketSymbol, query, Uint16, Uint64 } from '../schemas/primitive.js';
import { signedCommand, signedQuery } from './operation.js';
import { SORTED_PAGE } from './sorted-page.js';

const TAG = 'RFQ';
const DEFERRED = { deferredSettlement: Type.Optional(Type.Boolean()) };

const HALTED: readonly ErrorName[] = ['marketClosed', 'marketCancelOnly', 'marketPostOnly'];
const MONEY: readonly ErrorName[] = [
  'insufficientFunds',
  'insufficientMargin',
  'priceUnknown',
  'insufficientBorrowableQuantity',
  'borrowLimit',
  'openBorrowLendLimit',
  'utilizationLimit',
];
const GRIDS: readonly ErrorName[] = [
  'priceNotOnTick',
  'priceBelowMinimum',
  'priceAboveMaximum',
  'quantityBelowMinimum',
  'quantityAboveMaximum',
];

const RFQ_COMMANDS = {
  submitRfq: signedCommand('rfqSubmit', 'trade', {
    method: 'POST',
    path: '/api/v1/rfq',
    tag: TAG,
    summary: 'Asks for quotes in a market of type RFQ; an immediate request takes the first that is good enough.',
    body: RequestForQuotePayload,
    response: RequestForQuote,
    errors: [
      'accountIsOperators',
      'accountIsVault',
      'marketUnknown',
      ...HALTED,
      'marketLimitOnly',
      'parameterConflict',
      'priceMissing',
      ...GRIDS,
      'quantityNotOnStep',
      'clientIdInUse',
      'rfqLimit',
      ...MONEY,
    ],
  }),
  acceptQuote: signedCommand('quoteAccept', 'trade', {
    method: 'POST',
    path: '/api/v1/rfq/accept',
    tag: TAG,
    summary: 'Takes a quote; both sides settle at once.',
    body: QuoteAcceptPayload,
    response: RequestForQuote,
    errors: ['rfqUnknown', 'quoteUnknown', ...HALTED, 'quoteWorseThanPrice', ...MONEY, 'quoteLost'],
  }),
  cancelRfq: signedCommand('rfqCancel', 'trade', {
    method: 'POST',
    path: '/api/v1/rfq/cancel',
    tag: TAG,
    summary: 'Cancels a request, by rfqId or clientId; its quotes end with it.',
    body: RequestForQuoteCancelPayload,
    response: RequestForQuote,
    errors: ['rfqUnknown'],
  }),
  submitQuote: signedCommand('quoteSubmit', 'trade', {
    method: 'POST',
    path: '/api/v1/rfq/quote',
    tag: TAG,
    summary: "Quotes both ways for somebody else's request; replaces the quote before.",
    body: QuotePayload,
    response: Quote,
    errors: [
      'accountIsOperators',
      'accountIsVault',
      'rfqUnknown',
      ...HALTED,
      'parameterConflict',
      ...GRIDS,
      'quoteToSelf',
      'quoteTooLate',
      'quoteLimit',
      ...MONEY,
    ],
  }),
  refreshRfq: signedCommand('rfqRefresh', 'trade', {
    method: 'POST',
    path: '/api/v1/rfq/refresh',
    tag: TAG,
    summary: "Begins a request's times anew; quotes that are there end when they would have ended.",
    body: RequestForQuoteRefreshPayload,
    response: RequestForQuote,
    errors: ['rfqUnknown', ...HALTED],
  }),
};

const RFQ_QUERIES = {
  rfqs: signedQuery('rfqQuery', {
    method: 'GET',
    path: '/api/v1/rfqs',
    tag: TAG,
    summary: 'Own open requests with the quotes for them, oldest first.',
    query: query({
      symbol: Type.Optional(MarketSymbol),
      rfqId: Type.Optional(Uint64),
      ...DEFERRED,
      subaccountId: Type.Optional(Uint16),
    }),
    response: Type.Array(RfqWithQuotes),
    errors: ['marketUnknown'],
  }),
  quoteHistory: signedQuery('quoteHistoryQueryAll', {
    method: 'GET',
    path: '/wapi/v1/history/quote',
    tag: TAG,
    summary: 'Own quotes, newest first.',
    query: query({
      quoteId: Type.Optional(Type.String()),
      symbol: Type.Optional(MarketSymbol),
      status: Type.Optional(OrderStatus),
      ...SORTED_PAGE,
      ...DEFERRED,
    }),
    response: Type.Array(QuoteHistorical),
    paged: true,
    errors: ['marketUnknown'],
  }),
  quoteFillHistory: signedQuery('quoteFillHistoryQueryAll', {
    method: 'GET',
    path: '/wapi/v1/history/quote/fill',
    tag: TAG,
    summary: 'Fills of own quotes, newest first.',
    query: query({
      quoteId: Type.Optional(Type.String()),
      symbol: Type.Optional(MarketSymbol),
      side: Type.Optional(Side),
      ...SORTED_PAGE,
    }),
    response: Type.Array(QuoteFillHistorical),
    paged: true,
    errors: ['marketUnknown'],
  }),
  rfqHistory: signedQuery('rfqHistoryQueryAll', {
    method: 'GET',
    path: '/wapi/v1/history/rfq',
    tag: TAG,
    summary: 'Own requests, newest first.',
    query: query({
      rfqId: Type.Optional(Type.String()),
      symbol: Type.Optional(MarketSymbol),
      status: Type.Optional(OrderStatus),
      side: Type.Optional(Side),
      ...SORTED_PAGE,
      ...DEFERRED,
    }),
    response: Type.Array(RequestForQuoteHistorical),
    paged: true,
    errors: ['marketUnknown'],
  }),
  rfqFillHistory: signedQuery('rfqFillHistoryQueryAll', {
    method: 'GET',
    path: '/wapi/v1/history/rfq/fill',
    tag: TAG,
    summary: 'Fills of own requests, newest first.',
    query: query({
      quoteId: Type.Optional(Type.String()),
      symbol: Type.Optional(MarketSymbol),
      side: Type.Optional(Side),
      fillType: Type.Optional(RfqFillType),
      ...DEFERRED,
      ...SORTED_PAGE,
    }),
    response: Type.Array(RequestForQuoteFillHistorical),
    paged: true,
    errors: ['marketUnknown'],
  }),
};

const DUST_OPERATIONS = {
  convertDust: signedCommand('convertDust', 'trade', {
    method: 'POST',
    path: '/api/v1/account/convertDust',
    tag: 'Capital',
    summary: 'Sells what is too little for an order, of one asset or of all; answers with an empty body.',
    body: AccountConvertDustPayload,
    response: null,
    errors: [
      'assetUnknown',
      'parameterConflict',
      'notConvertible',
      'insufficientMargin',
      'priceUnknown',
      'feesTooSmall',
    ],
  }),
  dustHistory: signedQuery('dustHistoryQueryAll', {
    method: 'GET',
    path: '/wapi/v1/history/dust',
    tag: 'Capital',
    summary: 'Dust that was sold, newest first.',
    query: query({ id: Type.Optional(Int64), symbol: Type.Optional(CustodyAsset), ...SORTED_PAGE }),
    response: Type.Array(DustConversion),
    paged: true,
    errors: ['assetUnknown'],
  }),
};

export const RFQ_OPERATIONS = { ...RFQ_COMMANDS, ...RFQ_QUERIES, ...DUST_OPERATIONS };
