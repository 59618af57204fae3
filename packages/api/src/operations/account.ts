// The account, its balances, deposits and withdrawals.
import { Type } from 'typebox';
import {
  AccountSummary,
  AccountWithdrawalPayload,
  Balances,
  Blockchain,
  Deposit,
  DepositAddress,
  UpdateAccountSettingsRequest,
  Withdrawal,
} from '../schemas/index.js';
import { Int32, Int64, PAGE, query } from '../schemas/primitive.js';
import { SECOND_FACTOR_ERRORS, signedCommand, signedQuery } from './operation.js';

const PERIOD = { from: Type.Optional(Int64), to: Type.Optional(Int64) };

export const ACCOUNT_OPERATIONS = {
  account: signedQuery('accountQuery', {
    method: 'GET',
    path: '/api/v1/account',
    tag: 'Account',
    summary: 'Switches, limits and fee rates of the account; fees in basis points.',
    response: AccountSummary,
  }),
  updateAccount: signedCommand('accountUpdate', 'trade', {
    method: 'PATCH',
    path: '/api/v1/account',
    tag: 'Account',
    summary: 'Changes switches and the leverage limit; answers with an empty body.',
    body: UpdateAccountSettingsRequest,
    response: null,
    errors: ['parameterConflict', 'insufficientMargin'],
  }),
  balances: signedQuery('balanceQuery', {
    method: 'GET',
    path: '/api/v1/capital',
    tag: 'Capital',
    summary: 'Balances by asset; assets that are not held are left out.',
    response: Balances,
  }),
  deposits: signedQuery('depositQueryAll', {
    method: 'GET',
    path: '/wapi/v1/capital/deposits',
    tag: 'Capital',
    summary: 'Deposits, newest first.',
    query: query({ ...PERIOD, ...PAGE, excludePlatform: Type.Optional(Type.Boolean()) }),
    response: Type.Array(Deposit),
  }),
  depositAddress: signedQuery('depositAddressQuery', {
    method: 'GET',
    path: '/wapi/v1/capital/deposit/address',
    tag: 'Capital',
    summary: "The account's deposit address on a chain.",
    query: query({ blockchain: Blockchain }),
    response: DepositAddress,
    errors: ['blockchainUnknown'],
  }),
  withdrawals: signedQuery('withdrawalQueryAll', {
    method: 'GET',
    path: '/wapi/v1/capital/withdrawals',
    tag: 'Capital',
    summary: 'Withdrawals, newest first.',
    query: query({
      id: Type.Optional(Int32),
      clientId: Type.Optional(Type.String()),
      ...PERIOD,
      ...PAGE,
    }),
    response: Type.Array(Withdrawal),
  }),
  withdraw: signedCommand('withdraw', 'withdraw', {
    method: 'POST',
    path: '/wapi/v1/capital/withdrawals',
    tag: 'Capital',
    summary: 'Asks for a withdrawal and returns its record.',
    body: AccountWithdrawalPayload,
    response: Withdrawal,
    errors: [
      'assetUnknown',
      'blockchainUnknown',
      'withdrawalDisabled',
      'withdrawalBelowMinimum',
      'addressInvalid',
      'addressNotSaved',
      'addressNotUsable',
      ...SECOND_FACTOR_ERRORS,
      'quantityNotOnStep',
      'insufficientFunds',
      'insufficientMargin',
      'utilizationLimit',
    ],
  }),
};
