// Collateral, margin, limits and settlement of the account.
import { Type } from 'typebox';
import {
  CollateralSummary,
  MarginAccountSummary,
  MarginExplanation,
  MaxBorrowQuantity,
  MaxOrderQuantity,
  MaxWithdrawalQuantity,
  Settlement,
  SettlementSourceFilter,
  Side,
  SortDirection,
} from '../schemas/index.js';
import { CustodyAsset, MarketSymbol, PAGE, query, Uint16, UnsignedDecimal } from '../schemas/primitive.js';
import { publicQuery, signedQuery } from './operation.js';

export const MARGIN_OPERATIONS = {
  collateralParameters: publicQuery({
    method: 'GET',
    path: '/api/v1/collateral',
    tag: 'Assets',
    summary: 'How each asset counts as collateral and as debt.',
    response: Type.Array(CollateralSummary),
  }),
  collateral: signedQuery('collateralQuery', {
    method: 'GET',
    path: '/api/v1/capital/collateral',
    tag: 'Capital',
    summary: "The account's margin and the collateral behind it.",
    query: query({ subaccountId: Type.Optional(Uint16) }),
    response: MarginAccountSummary,
  }),
  margin: signedQuery('glassMarginQuery', {
    method: 'GET',
    path: '/glass/v1/margin',
    tag: 'Account',
    summary: 'Every term of the account’s margin, and the exact prices at which it would be liquidated.',
    response: MarginExplanation,
  }),
  maxBorrowQuantity: signedQuery('maxBorrowQuantity', {
    method: 'GET',
    path: '/api/v1/account/limits/borrow',
    tag: 'Account',
    summary: 'Most that the account could borrow of an asset now.',
    query: query({ symbol: CustodyAsset }),
    response: MaxBorrowQuantity,
    errors: ['assetUnknown'],
  }),
  maxOrderQuantity: signedQuery('maxOrderQuantity', {
    method: 'GET',
    path: '/api/v1/account/limits/order',
    tag: 'Account',
    summary: 'Largest order of a side that the account could send now; without a price, at the market.',
    query: query({
      symbol: MarketSymbol,
      side: Side,
      price: Type.Optional(UnsignedDecimal),
      reduceOnly: Type.Optional(Type.Boolean()),
      autoBorrow: Type.Optional(Type.Boolean()),
      autoBorrowRepay: Type.Optional(Type.Boolean()),
      autoLendRedeem: Type.Optional(Type.Boolean()),
    }),
    response: MaxOrderQuantity,
    errors: ['marketUnknown', 'priceNotOnTick'],
  }),
  maxWithdrawalQuantity: signedQuery('maxWithdrawalQuantity', {
    method: 'GET',
    path: '/api/v1/account/limits/withdrawal',
    tag: 'Account',
    summary: 'Most that the account could withdraw of an asset now.',
    query: query({
      symbol: CustodyAsset,
      autoBorrow: Type.Optional(Type.Boolean()),
      autoLendRedeem: Type.Optional(Type.Boolean()),
    }),
    response: MaxWithdrawalQuantity,
    errors: ['assetUnknown'],
  }),
  settlementHistory: signedQuery('settlementHistoryQueryAll', {
    method: 'GET',
    path: '/wapi/v1/history/settlement',
    tag: 'Capital',
    summary: 'USDC received or paid by settlement, funding and fees of futures, newest first.',
    query: query({
      ...PAGE,
      source: Type.Optional(SettlementSourceFilter),
      sortDirection: Type.Optional(SortDirection),
    }),
    response: Type.Array(Settlement),
    paged: true,
  }),
};
