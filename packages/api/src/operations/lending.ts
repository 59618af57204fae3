// Lending pools, and the account's loans.
import { Type } from 'typebox';
import {
  ApyRates,
  BorrowLendEventType,
  BorrowLendExecutePayload,
  BorrowLendHistory,
  BorrowLendMarket,
  BorrowLendMarketHistoryInterval,
  BorrowLendMovement,
  BorrowLendPositionRow,
  BorrowLendPositionState,
  BorrowLendPositionWithMargin,
  BorrowLendSide,
  InterestPayment,
  InterestPaymentSource,
  PositionEstimatedLiquidationPrice,
} from '../schemas/index.js';
import { CustodyAsset, Int32, MarketSymbol, query, Uint16 } from '../schemas/primitive.js';
import { publicQuery, signedCommand, signedQuery } from './operation.js';
import { SORTED_PAGE } from './sorted-page.js';

const POOL_OPERATIONS = {
  borrowLendMarkets: publicQuery({
    method: 'GET',
    path: '/api/v1/borrowLend/markets',
    tag: 'Borrow Lend Markets',
    summary: 'State and yearly rates of every lending pool.',
    response: Type.Array(BorrowLendMarket),
  }),
  borrowLendMarketHistory: publicQuery({
    method: 'GET',
    path: '/api/v1/borrowLend/markets/history',
    tag: 'Borrow Lend Markets',
    summary:
      'Rates and utilisation of one pool over time, oldest first; without a symbol of all pools, one after another.',
    query: query({ interval: BorrowLendMarketHistoryInterval, symbol: Type.Optional(CustodyAsset) }),
    response: Type.Array(BorrowLendHistory),
    rateClass: 'historical',
    errors: ['assetUnknown'],
  }),
  apy: publicQuery({
    method: 'GET',
    path: '/api/v1/borrowLend/apy',
    tag: 'Borrow Lend Markets',
    summary: 'Yearly borrow and lend rates.',
    query: query({ tierId: Type.Optional(Int32) }),
    response: ApyRates,
  }),
};

const LOAN_OPERATIONS = {
  borrowLend: signedCommand('borrowLendExecute', 'trade', {
    method: 'POST',
    path: '/api/v1/borrowLend',
    tag: 'Borrow Lend',
    summary: 'Lends or borrows; repays a debt first, redeems a lend first. Answers with an empty body.',
    body: BorrowLendExecutePayload,
    response: null,
    errors: [
      'assetUnknown',
      'quantityNotOnStep',
      'quantityBelowMinimum',
      'notLendable',
      'insufficientFunds',
      'insufficientMargin',
      'priceUnknown',
      'insufficientBorrowableQuantity',
      'borrowLimit',
      'openBorrowLendLimit',
      'utilizationLimit',
    ],
  }),
  borrowLendPositions: signedQuery('borrowLendPositionQuery', {
    method: 'GET',
    path: '/api/v1/borrowLend/positions',
    tag: 'Borrow Lend',
    summary: 'What the account has lent and borrowed.',
    response: Type.Array(BorrowLendPositionWithMargin),
  }),
  borrowLendLiquidationPrice: signedQuery('glassBorrowLendLiquidationPriceQuery', {
    method: 'GET',
    path: '/api/v1/borrowLend/position/liquidationPrice',
    tag: 'Borrow Lend',
    summary:
      'At which index price of the asset the account would be liquidated after a loan, 0 when at none; `borrow` is base64 of the body of POST /api/v1/borrowLend.',
    query: query({ subaccountId: Type.Optional(Uint16), borrow: Type.String() }),
    response: PositionEstimatedLiquidationPrice,
    errors: [
      'assetUnknown',
      'quantityNotOnStep',
      'quantityBelowMinimum',
      'notLendable',
      'insufficientFunds',
      'priceUnknown',
    ],
  }),
};

const LOAN_HISTORY_OPERATIONS = {
  borrowLendHistory: signedQuery('borrowHistoryQueryAll', {
    method: 'GET',
    path: '/wapi/v1/history/borrowLend',
    tag: 'Borrow Lend',
    summary: 'Every lend, redemption, loan and repayment, newest first; `sources` is a list with commas.',
    query: query({
      type: Type.Optional(BorrowLendEventType),
      sources: Type.Optional(Type.String()),
      positionId: Type.Optional(Type.String()),
      symbol: Type.Optional(CustodyAsset),
      ...SORTED_PAGE,
    }),
    response: Type.Array(BorrowLendMovement),
    paged: true,
    errors: ['assetUnknown'],
  }),
  borrowLendPositionHistory: signedQuery('borrowPositionHistoryQueryAll', {
    method: 'GET',
    path: '/wapi/v1/history/borrowLend/positions',
    tag: 'Borrow Lend',
    summary: 'Lends and debts from their beginning to their end, newest first.',
    query: query({
      symbol: Type.Optional(CustodyAsset),
      side: Type.Optional(BorrowLendSide),
      state: Type.Optional(BorrowLendPositionState),
      ...SORTED_PAGE,
    }),
    response: Type.Array(BorrowLendPositionRow),
    paged: true,
    errors: ['assetUnknown'],
  }),
  interestHistory: signedQuery('interestHistoryQueryAll', {
    method: 'GET',
    path: '/wapi/v1/history/interest',
    tag: 'Borrow Lend',
    summary: 'Interest earned, or negative: charged; newest first.',
    query: query({
      asset: Type.Optional(CustodyAsset),
      symbol: Type.Optional(MarketSymbol),
      positionId: Type.Optional(Type.String()),
      source: Type.Optional(InterestPaymentSource),
      ...SORTED_PAGE,
    }),
    response: Type.Array(InterestPayment),
    paged: true,
    errors: ['assetUnknown'],
  }),
};

export const LENDING_OPERATIONS = { ...POOL_OPERATIONS, ...LOAN_OPERATIONS, ...LOAN_HISTORY_OPERATIONS };
