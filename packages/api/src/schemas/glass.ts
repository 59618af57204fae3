// What the reference venue has no public operation for: registration, subaccounts, keys, the venue's own state and rules.
import { type Static, Type } from 'typebox';
import { LiquidationTrigger } from './liquidation.js';
import {
  CustodyAsset,
  Decimal,
  Int64,
  MarketSymbol,
  NaiveDateTime,
  nullable,
  PublicKey,
  requestObject,
  responseObject,
  Sha256,
  Uint64,
  UnsignedDecimal,
} from './primitive.js';
import { Blockchain, WithdrawalStatus } from './vocabulary.js';

export const Permission = Type.Enum(['read', 'trade', 'withdraw'] as const, { title: 'Permission' });
export type Permission = Static<typeof Permission>;

/** Permissions in a request: names joined by commas, because lists have no settled place in the signed text. */
const PermissionList = Type.String({ pattern: '^(read|trade|withdraw)(,(read|trade|withdraw)){0,2}$' });

const ACCOUNT = {
  accountId: Uint64,
  customerId: Uint64,
  mainAccountId: Uint64,
  name: Type.String(),
  createdAt: NaiveDateTime,
};

export const Account = responseObject('Account', ACCOUNT);
export type Account = Static<typeof Account>;

/** An account with the first key that may sign for it. */
export const NewAccount = responseObject('NewAccount', {
  ...ACCOUNT,
  publicKey: PublicKey,
  permissions: Type.Array(Permission),
});
export type NewAccount = Static<typeof NewAccount>;

export const CreateAccountRequest = requestObject('CreateAccountRequest', {
  publicKey: PublicKey,
  /** Account that brought the customer: it shares in the fees. */
  referrerAccountId: Type.Optional(Type.Integer({ minimum: 1 })),
});

export const CreateSubaccountRequest = requestObject('CreateSubaccountRequest', {
  publicKey: PublicKey,
  name: Type.Optional(Type.String({ maxLength: 64 })),
});

/** Exactly one of `accountId` and `publicKey`. */
export const FaucetRequest = requestObject('FaucetRequest', {
  accountId: Type.Optional(Uint64),
  publicKey: Type.Optional(PublicKey),
  symbol: CustodyAsset,
  quantity: UnsignedDecimal,
});

export const CreditedDeposit = responseObject('CreditedDeposit', {
  depositId: Uint64,
  accountId: Uint64,
  symbol: CustodyAsset,
  quantity: Decimal,
  blockchain: Blockchain,
  reference: Type.String(),
});
export type CreditedDeposit = Static<typeof CreditedDeposit>;

/** A deposit seen on a chain; `reference` is unique per chain, so that no deposit counts twice. */
export const CreditDepositRequest = requestObject('CreditDepositRequest', {
  accountId: Uint64,
  symbol: CustodyAsset,
  quantity: UnsignedDecimal,
  blockchain: Blockchain,
  reference: Type.String({ minLength: 1, maxLength: 256 }),
});

export const ConfirmWithdrawalRequest = requestObject('ConfirmWithdrawalRequest', {
  withdrawalId: Uint64,
  transactionHash: Type.String({ minLength: 1, maxLength: 256 }),
});

export const ConfirmedWithdrawal = responseObject('ConfirmedWithdrawal', {
  withdrawalId: Uint64,
  status: WithdrawalStatus,
  transactionHash: Type.String(),
});

export const TransferRequest = requestObject('TransferRequest', {
  toAccountId: Uint64,
  symbol: CustodyAsset,
  quantity: UnsignedDecimal,
});

export const Transfer = responseObject('Transfer', {
  fromAccountId: Uint64,
  toAccountId: Uint64,
  symbol: CustodyAsset,
  quantity: Decimal,
});
export type Transfer = Static<typeof Transfer>;

export const ApiKey = responseObject('ApiKey', {
  publicKey: PublicKey,
  accountId: Uint64,
  permissions: Type.Array(Permission),
  active: Type.Boolean(),
});
export type ApiKey = Static<typeof ApiKey>;

export const AddKeyRequest = requestObject('AddKeyRequest', {
  publicKey: PublicKey,
  permissions: Type.Optional(PermissionList),
});

export const RevokeKeyRequest = requestObject('RevokeKeyRequest', { publicKey: PublicKey });

/** Takes `quantity` off a resting order, which keeps its place in the queue. */
export const OrderReduceRequest = requestObject('OrderReduceRequest', {
  symbol: MarketSymbol,
  orderId: Type.String(),
  quantity: UnsignedDecimal,
});

/** An order that would be refused is answered as placing it would be. */
export const OrderTestResult = responseObject('OrderTestResult', { accepted: Type.Literal(true) });

/** Rates in millionths: 100 is one basis point. `minVolume` is 30-day volume in whole quote units. */
const FeeTier = responseObject('FeeTier', {
  name: Type.String(),
  minVolume: Type.Number(),
  makerPpm: Type.Integer(),
  takerPpm: Type.Integer(),
  /** Of perpetuals; the same as spot when absent. */
  perpMakerPpm: Type.Optional(Type.Integer()),
  perpTakerPpm: Type.Optional(Type.Integer()),
});

/** How accounts are liquidated; fractions of 1. */
const LiquidationParameters = responseObject('LiquidationParameters', {
  trigger: LiquidationTrigger,
  stepFraction: Type.Number(),
  stepIntervalMs: Uint64,
  maxFee: Type.Number(),
  autoCloseDivisor: Type.Number(),
  autoCloseOffset: Type.Number(),
  providerFee: Type.Number(),
  fundFee: Type.Number(),
  equityShare: Type.Number(),
  bookPatience: Uint64,
  gradual: Type.Boolean(),
  providerNoticeMs: Uint64,
});

/** What holds for all accounts and markets together. Those of one asset or market are in its own terms. */
const RiskParameters = responseObject('RiskParameters', {
  sampleIntervalMs: Uint64,
  settlementIntervalMs: Uint64,
  fundingIntervalMs: Uint64,
  sourceStaleMs: Uint64,
  sourceOutlier: Type.Number(),
  /** Unsettled profit or loss above these, in whole USDC, is settled in cash. */
  virtualLimitPerAccount: Type.Number(),
  virtualLimitInAll: Type.Number(),
  referralShare: Type.Number(),
  liquidation: LiquidationParameters,
});

const StrategyLimits = responseObject('StrategyLimits', {
  maxPerAccount: Uint64,
  minIntervalMs: Uint64,
  maxDurationMs: Uint64,
});

const WithdrawalLimits = responseObject('WithdrawalLimits', {
  maxDelayHours: Uint64,
  addressDelayHours: Uint64,
  maxAddresses: Uint64,
});

const Settings = responseObject('Settings', {
  openRegistration: Type.Boolean(),
  maxSubaccountsPerCustomer: Uint64,
  maxOpenOrdersPerAccount: Uint64,
  maxKeysPerAccount: Uint64,
  futureToleranceMs: Uint64,
  proposalLifetimeMs: Uint64,
  strategies: StrategyLimits,
  withdrawals: WithdrawalLimits,
});

const RequestLimits = responseObject('RequestLimits', {
  standardPerMinute: Uint64,
  historicalPerMinute: Uint64,
  maxBodyBytes: Uint64,
  maxBatchOrders: Uint64,
  maxKlines: Uint64,
});

const StreamLimitsSchema = responseObject('StreamLimits', {
  maxConnectionsPerAddress: Uint64,
  maxConnectionsPerKey: Uint64,
  resumeGraceMs: Uint64,
  maxKeptBytesPerStream: Uint64,
  maxStreamsPerConnection: Uint64,
  maxFrameBytes: Uint64,
  maxFramesPerMinute: Uint64,
  maxBufferedBytes: Uint64,
});

/** Every number that decides about a caller, as data. Asset and market rules are in /api/v1/assets and /api/v1/markets. */
export const Parameters = responseObject('Parameters', {
  name: Type.String(),
  settings: Settings,
  spotFeeTiers: Type.Array(FeeTier),
  risk: RiskParameters,
  limits: RequestLimits,
  streams: StreamLimitsSchema,
});
export type Parameters = Static<typeof Parameters>;

/** A state hash anyone can recompute by replaying the journal up to `seq`. */
const StateHash = responseObject('StateHash', { seq: Uint64, timestamp: Int64, stateHash: Sha256 });

/** Where the log stands: the next position, its time in microseconds, the hash chain so far, the newest computed state hash. */
export const ExchangeState = responseObject('ExchangeState', {
  nextSeq: Uint64,
  timestamp: Int64,
  logHash: nullable(Sha256),
  checkpoint: nullable(StateHash),
});
export type ExchangeState = Static<typeof ExchangeState>;

/** Digits and a point of a price, three times, after an asset's symbol. */
const REPORTED_PRICE = '[A-Za-z0-9]{1,16}(:\\d{1,20}(\\.\\d{1,20})?){3}';

/** `SYMBOL:bid:ask:last`, joined by commas, in USD: lists have no settled place in the signed text. */
export const ReportPricesRequest = requestObject('ReportPricesRequest', {
  source: Type.String({ minLength: 1, maxLength: 64 }),
  prices: Type.String({ maxLength: 8192, pattern: `^${REPORTED_PRICE}(,${REPORTED_PRICE}){0,99}$` }),
});

/** What the report said, and when the venue took it, in microseconds. */
export const ReportedPrices = responseObject('ReportedPrices', {
  source: Type.String(),
  count: Uint64,
  timestamp: Int64,
});

/** What an operator wants to change: an object with a `kind`, or its JSON text. */
export const ProposeRequest = requestObject('ProposeRequest', {
  action: Type.Union([Type.String({ minLength: 2 }), Type.Object({ kind: Type.String() })]),
});

export const ApproveRequest = requestObject('ApproveRequest', { proposalId: Uint64 });

export const Proposal = responseObject('Proposal', {
  proposalId: Uint64,
  proposedBy: PublicKey,
  action: Type.Object({ kind: Type.String() }),
  status: Type.Enum(['open', 'executed', 'expired'] as const),
  createdAt: NaiveDateTime,
});
export type Proposal = Static<typeof Proposal>;
