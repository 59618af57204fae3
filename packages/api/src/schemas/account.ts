// The account, its balances, deposits and withdrawals.
import { type Static, Type } from 'typebox';
import { EqualsMoneyWithdrawalState, FiatAsset } from './fiat.js';
import {
  CustodyAsset,
  Decimal,
  Int32,
  NaiveDateTime,
  nullable,
  requestObject,
  responseObject,
  Uint16,
  Uint64,
  UnsignedDecimal,
} from './primitive.js';
import { Blockchain, DepositSource, DepositStatus, WithdrawalStatus } from './vocabulary.js';

/** Fees in basis points; negative is a rebate. */
export const AccountSummary = responseObject('AccountSummary', {
  autoBorrowSettlements: Type.Boolean(),
  autoLend: Type.Boolean(),
  autoRealizePnl: Type.Boolean(),
  autoRepayBorrows: Type.Boolean(),
  borrowLimit: Decimal,
  futuresMakerFee: Decimal,
  futuresTakerFee: Decimal,
  leverageLimit: Decimal,
  limitOrders: Uint64,
  liquidating: Type.Boolean(),
  positionLimit: Decimal,
  spotMakerFee: Decimal,
  spotTakerFee: Decimal,
  triggerOrders: Uint64,
});
export type AccountSummary = Static<typeof AccountSummary>;

/** `autoRealizePnl` is this exchange's addition: the reference shows the switch but has no public way to turn it. */
export const UpdateAccountSettingsRequest = requestObject('UpdateAccountSettingsRequest', {
  autoBorrowSettlements: Type.Optional(Type.Boolean()),
  autoLend: Type.Optional(Type.Boolean()),
  autoRealizePnl: Type.Optional(Type.Boolean()),
  autoRepayBorrows: Type.Optional(Type.Boolean()),
  leverageLimit: Type.Optional(UnsignedDecimal),
});

export const Balance = responseObject('Balance', { available: Decimal, locked: Decimal, staked: Decimal });
export type Balance = Static<typeof Balance>;

/** Keyed by asset symbol; assets that are not held are left out. */
export const Balances = Type.Record(Type.String(), Balance);
export type Balances = Static<typeof Balances>;

export const DepositAddress = responseObject('DepositAddress', { address: Type.String() });
export type DepositAddress = Static<typeof DepositAddress>;

export const Deposit = responseObject('Deposit', {
  id: Int32,
  toAddress: nullable(Type.String()),
  fromAddress: nullable(Type.String()),
  source: DepositSource,
  status: DepositStatus,
  transactionHash: nullable(Type.String()),
  symbol: CustodyAsset,
  quantity: Decimal,
  createdAt: NaiveDateTime,
  fiatAmount: nullable(Type.Number({ format: 'double' })),
  fiatCurrency: nullable(FiatAsset),
  institutionBic: nullable(Type.String()),
  platformMemo: nullable(Type.String()),
});
export type Deposit = Static<typeof Deposit>;

export const Withdrawal = responseObject('Withdrawal', {
  id: Int32,
  blockchain: Blockchain,
  clientId: nullable(Type.String()),
  identifier: nullable(Type.String()),
  quantity: Decimal,
  fee: Decimal,
  fiatFee: nullable(Decimal),
  fiatState: nullable(EqualsMoneyWithdrawalState),
  fiatSymbol: nullable(FiatAsset),
  providerId: nullable(Type.String()),
  symbol: CustodyAsset,
  status: WithdrawalStatus,
  subaccountId: nullable(Uint16),
  toAddress: Type.String(),
  transactionHash: nullable(Type.String()),
  createdAt: NaiveDateTime,
  isInternal: Type.Boolean(),
  bankName: nullable(Type.String()),
  bankIdentifier: nullable(Type.String()),
  accountIdentifier: nullable(Type.String()),
  triggerAt: nullable(NaiveDateTime),
});
export type Withdrawal = Static<typeof Withdrawal>;

const WithdrawalRecipientInformation = requestObject('WithdrawalRecipientInformation', {
  withdrawal_address_id: Int32,
  withdrawal_purpose: Type.Optional(Type.String()),
  sanctions_representation: Type.Optional(Type.Boolean()),
});

export const AccountWithdrawalPayload = requestObject('AccountWithdrawalPayload', {
  address: Type.String({ minLength: 1, maxLength: 256 }),
  blockchain: Blockchain,
  quantity: UnsignedDecimal,
  symbol: CustodyAsset,
  clientId: Type.Optional(Type.String({ maxLength: 255 })),
  twoFactorToken: Type.Optional(Type.String()),
  autoBorrow: Type.Optional(Type.Boolean()),
  autoLendRedeem: Type.Optional(Type.Boolean()),
  recipientInformation: Type.Optional(WithdrawalRecipientInformation),
});
