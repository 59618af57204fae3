// Liquidation: reports, statistics, who would give way, who offers to take over, and what was left unpaid.
import { Type } from 'typebox';
import {
  AcceptedNegativeBalance,
  AcceptNegativeBalanceRequest,
  BackstopCapacity,
  BackstopOffer,
  DeleverageIndicator,
  DeleverageQueue,
  EnrolBackstopRequest,
  LeaveBackstopRequest,
  LiquidationReport,
  LiquidationStatistics,
  NegativeBalance,
  OwnLiquidationReport,
  SortDirection,
} from '../schemas/index.js';
import { PAGE, query } from '../schemas/primitive.js';
import { publicQuery, signedCommand, signedQuery } from './operation.js';

const TAG = 'Liquidation';
const REPORTS = query({ ...PAGE, sortDirection: Type.Optional(SortDirection) });

const REPORT_OPERATIONS = {
  liquidations: publicQuery({
    method: 'GET',
    path: '/glass/v1/liquidations',
    tag: TAG,
    summary: 'Liquidations step by step, without saying whose, newest first.',
    query: REPORTS,
    response: Type.Array(LiquidationReport),
    paged: true,
    rateClass: 'historical',
  }),
  liquidationStatistics: publicQuery({
    method: 'GET',
    path: '/glass/v1/liquidations/statistics',
    tag: TAG,
    summary: 'How much of it each stage did, the fund, and deficits: since genesis and by day.',
    response: LiquidationStatistics,
  }),
  ownLiquidations: signedQuery('glassLiquidationQueryAll', {
    method: 'GET',
    path: '/glass/v1/account/liquidations',
    tag: TAG,
    summary: 'Liquidations of the signing account step by step, newest first.',
    query: REPORTS,
    response: Type.Array(OwnLiquidationReport),
    paged: true,
  }),
};

const DELEVERAGE_OPERATIONS = {
  deleverageQueues: publicQuery({
    method: 'GET',
    path: '/glass/v1/deleverage',
    tag: TAG,
    summary: 'Who would have to give way first in each perpetual: the policy, and the scores at which lights go on.',
    response: Type.Array(DeleverageQueue),
  }),
  deleverageIndicators: signedQuery('glassDeleverageQueryAll', {
    method: 'GET',
    path: '/glass/v1/account/deleverage',
    tag: TAG,
    summary: 'How near each position of the signing account is to giving way, in one to five lights.',
    response: Type.Array(DeleverageIndicator),
  }),
};

const BACKSTOP_OPERATIONS = {
  backstop: publicQuery({
    method: 'GET',
    path: '/glass/v1/backstop',
    tag: TAG,
    summary: 'What providers together offer to take over in each perpetual.',
    response: Type.Array(BackstopCapacity),
  }),
  ownBackstop: signedQuery('glassBackstopQuery', {
    method: 'GET',
    path: '/glass/v1/account/backstop',
    tag: TAG,
    summary: 'What the signing account offers to take over.',
    response: BackstopOffer,
    mayBeEmpty: true,
  }),
  enrolBackstop: signedCommand('glassBackstopEnrol', 'trade', {
    method: 'POST',
    path: '/glass/v1/account/backstop',
    tag: TAG,
    summary:
      'Offers to take over what is liquidated, at the mark and for a fee; replaces the offer before, of which what is more holds until its notice has run.',
    body: EnrolBackstopRequest,
    response: BackstopOffer,
    errors: [
      'accountIsOperators',
      'marketUnknown',
      'parameterConflict',
      'quantityNotOnStep',
      'quantityBelowMinimum',
      'quantityAboveMaximum',
      'backstopBound',
    ],
  }),
  leaveBackstop: signedCommand('glassBackstopLeave', 'trade', {
    method: 'DELETE',
    path: '/glass/v1/account/backstop',
    tag: TAG,
    summary: 'Withdraws the offer after its notice; what was taken over stays an ordinary position.',
    body: LeaveBackstopRequest,
    response: null,
    errors: ['backstopUnknown', 'backstopBound'],
  }),
};

const NEGATIVE_BALANCE_OPERATIONS = {
  negativeBalances: publicQuery({
    method: 'GET',
    path: '/glass/v1/negativeBalances',
    tag: TAG,
    summary: 'Every debt that nobody has paid, without saying whose.',
    response: Type.Array(NegativeBalance),
  }),
  ownNegativeBalances: signedQuery('glassNegativeBalanceQueryAll', {
    method: 'GET',
    path: '/glass/v1/account/negativeBalances',
    tag: TAG,
    summary: 'Debts of the signing account that are on record.',
    response: Type.Array(NegativeBalance),
  }),
  acceptNegativeBalance: signedCommand('glassNegativeBalanceAccept', 'withdraw', {
    method: 'POST',
    path: '/glass/v1/account/negativeBalances',
    tag: TAG,
    summary: 'Pays on a debt that is on record. Nothing is ever taken for it unasked.',
    body: AcceptNegativeBalanceRequest,
    response: AcceptedNegativeBalance,
    errors: ['assetUnknown', 'negativeBalanceUnknown', 'quantityNotOnStep', 'insufficientFunds', 'insufficientMargin'],
  }),
};

export const LIQUIDATION_OPERATIONS = {
  ...REPORT_OPERATIONS,
  ...DELEVERAGE_OPERATIONS,
  ...BACKSTOP_OPERATIONS,
  ...NEGATIVE_BALANCE_OPERATIONS,
};
