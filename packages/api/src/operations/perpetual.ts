// What perpetuals publish, and what funding has paid.
import { Type } from 'typebox';
import {
  FundingIntervalRate,
  FundingPayment,
  FuturePositionWithMargin,
  MarketType,
  MarkPrice,
  OpenInterest,
  PositionHistoryRow,
  PositionState,
  SortDirection,
} from '../schemas/index.js';
import { MarketSymbol, PAGE, query, Uint16 } from '../schemas/primitive.js';
import { publicQuery, signedQuery } from './operation.js';

const MAX_FUNDING_RATES = 10_000;

export const PERPETUAL_OPERATIONS = {
  markPrices: publicQuery({
    method: 'GET',
    path: '/api/v1/markPrices',
    tag: 'Markets',
    summary: 'Mark, index, funding rate and next funding; always a list, of perpetuals unless asked otherwise.',
    query: query({ symbol: Type.Optional(MarketSymbol), marketType: Type.Optional(MarketType) }),
    response: Type.Array(MarkPrice),
    errors: ['marketUnknown'],
  }),
  openInterest: publicQuery({
    method: 'GET',
    path: '/api/v1/openInterest',
    tag: 'Markets',
    summary: 'Open interest of one or of all perpetuals; always a list.',
    query: query({ symbol: Type.Optional(MarketSymbol) }),
    response: Type.Array(OpenInterest),
    errors: ['marketUnknown'],
  }),
  fundingRates: publicQuery({
    method: 'GET',
    path: '/api/v1/fundingRates',
    tag: 'Markets',
    summary: 'Past funding rates of a perpetual, newest first.',
    query: query({
      symbol: MarketSymbol,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_FUNDING_RATES, default: 100 })),
      offset: PAGE.offset,
    }),
    response: Type.Array(FundingIntervalRate),
    rateClass: 'historical',
    paged: true,
    errors: ['marketUnknown'],
  }),
  positions: signedQuery('positionQuery', {
    method: 'GET',
    path: '/api/v1/position',
    tag: 'Position',
    summary: 'Open futures positions with their margin.',
    query: query({ symbol: Type.Optional(MarketSymbol), marketType: Type.Optional(MarketType) }),
    response: Type.Array(FuturePositionWithMargin),
    errors: ['marketUnknown'],
  }),
  positionHistory: signedQuery('positionHistoryQueryAll', {
    method: 'GET',
    path: '/wapi/v1/history/position',
    tag: 'Position',
    summary:
      'Positions past and present, each from its opening to its closing, by when they were opened; newest first.',
    query: query({
      symbol: Type.Optional(MarketSymbol),
      state: Type.Optional(PositionState),
      marketType: Type.Optional(Type.Array(MarketType)),
      ...PAGE,
      sortDirection: Type.Optional(SortDirection),
    }),
    response: Type.Array(PositionHistoryRow),
    errors: ['marketUnknown'],
  }),
  fundingHistory: signedQuery('fundingHistoryQueryAll', {
    method: 'GET',
    path: '/wapi/v1/history/funding',
    tag: 'Position',
    summary: 'Funding received, or negative: paid; newest first.',
    query: query({
      subaccountId: Type.Optional(Uint16),
      symbol: Type.Optional(MarketSymbol),
      ...PAGE,
      sortDirection: Type.Optional(SortDirection),
    }),
    response: Type.Array(FundingPayment),
    paged: true,
    errors: ['marketUnknown'],
  }),
};
