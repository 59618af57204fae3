// Read-only pictures of state: what the core shows of itself to everything that derives from it. All quantities are raw
// integers; `…Decimals`/`tick…`/`step…` say how to print them.
import type { Atoms, FeePpm, Lots, Seq, Ticks, TimeUs } from '@glasshouse/units';
import type {
  ExpiryReason,
  KeyRole,
  MarketState,
  OrderStatus,
  OrderType,
  SelfTradePrevention,
  Side,
  TimeInForce,
} from './vocabulary.js';

export type AssetView = {
  readonly assetId: number;
  readonly symbol: string;
  readonly displayName: string;
  /** One atom is 10^−decimals. */
  readonly decimals: number;
  readonly tokens: readonly TokenView[];
};

/** An asset on one chain. */
export type TokenView = {
  readonly blockchain: string;
  readonly depositEnabled: boolean;
  readonly withdrawEnabled: boolean;
  readonly minimumDepositAtoms: Atoms;
  readonly minimumWithdrawalAtoms: Atoms;
  readonly withdrawalFeeAtoms: Atoms;
};

export type MarketView = {
  readonly marketId: number;
  readonly symbol: string;
  readonly baseAssetId: number;
  readonly quoteAssetId: number;
  readonly state: MarketState;
  /** Price = ticks × tickDigits × 10^−tickScale. */
  readonly tickDigits: number;
  readonly tickScale: number;
  /** Quantity = lots × stepDigits × 10^−stepScale. */
  readonly stepDigits: number;
  readonly stepScale: number;
  readonly minTicks: Ticks;
  readonly maxTicks: Ticks;
  readonly minLots: Lots;
  readonly maxLots: Lots;
  /** Limit band: a limit price must lie within these multiples of the active price, in millionths. */
  readonly limitMinPpm: number;
  readonly limitMaxPpm: number;
  /** Impact band: a taker fills within these multiples of the best opposite price, in millionths. */
  readonly impactMinPpm: number;
  readonly impactMaxPpm: number;
  /** Quote atoms of one tick × one lot. */
  readonly atomsPerTickLot: number;
  /** Base atoms of one lot. */
  readonly baseAtomsPerLot: number;
  readonly createdUs: TimeUs;
};

/** The shape of one market's book that moves with every order. */
export type DepthView = {
  readonly marketId: number;
  /** Last spent id of the market's book updates; ids are consecutive from 1. */
  readonly lastUpdateId: number;
  readonly timeUs: TimeUs;
  /** [ticks, lots], best first. */
  readonly bids: readonly (readonly [Ticks, Lots])[];
  readonly asks: readonly (readonly [Ticks, Lots])[];
};

export type OrderView = {
  readonly orderId: number;
  readonly accountId: number;
  readonly marketId: number;
  /** −1 when the caller gave none. */
  readonly clientId: number;
  readonly side: Side;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly selfTradePrevention: SelfTradePrevention;
  readonly postOnly: boolean;
  /** 0 for a market order. */
  readonly priceTicks: Ticks;
  /** 0 for a market order by quote quantity. */
  readonly sizeLots: Lots;
  /** 0 unless a market order by quote quantity. */
  readonly quoteSizeAtoms: Atoms;
  readonly filledLots: Lots;
  readonly filledQuoteAtoms: Atoms;
  readonly status: OrderStatus;
  readonly createdUs: TimeUs;
};

export type BalanceView = {
  readonly accountId: number;
  readonly assetId: number;
  readonly availableAtoms: Atoms;
  /** Backs open orders. */
  readonly lockedAtoms: Atoms;
};

export type AccountView = {
  readonly accountId: number;
  readonly customerId: number;
  /** The customer's main account; itself for a main account. */
  readonly mainAccountId: number;
  readonly name: string;
  readonly createdUs: TimeUs;
  readonly autoBorrowSettlements: boolean;
  readonly autoLend: boolean;
  readonly autoRepayBorrows: boolean;
  /** In hundredths: 1000 is 10×. 0 = the venue's maximum. */
  readonly leverageLimitCenti: number;
  /** Index of the customer's tier among the venue's; the two rates are that tier's. */
  readonly feeTier: number;
  readonly makerFeePpm: FeePpm;
  readonly takerFeePpm: FeePpm;
  readonly openOrders: number;
};

export type KeyView = {
  readonly keyId: number;
  readonly publicKey: string;
  readonly role: KeyRole;
  readonly accountId: number;
  readonly permissions: number;
  readonly active: boolean;
};

export type WithdrawalView = {
  readonly withdrawalId: number;
  readonly accountId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  readonly feeAtoms: Atoms;
  readonly blockchain: string;
  readonly address: string;
  readonly clientId: string;
  readonly status: 'pending' | 'confirmed';
  readonly transactionHash: string;
  readonly createdUs: TimeUs;
};

export type ProposalView = {
  readonly proposalId: number;
  readonly proposedByKeyId: number;
  readonly action: string;
  readonly proposedUs: TimeUs;
  readonly status: 'open' | 'executed' | 'expired';
};

/** The two-sided print of one match. */
export type TradeView = {
  readonly marketId: number;
  /** Per market, consecutive from 1. */
  readonly tradeId: number;
  readonly priceTicks: Ticks;
  readonly sizeLots: Lots;
  readonly quoteAtoms: Atoms;
  readonly takerSide: Side;
  readonly makerOrderId: number;
  readonly takerOrderId: number;
};

/** One side of a match, with what it cost its owner. */
export type FillView = {
  readonly tradeId: number;
  readonly priceTicks: Ticks;
  readonly sizeLots: Lots;
  readonly quoteAtoms: Atoms;
  readonly isMaker: boolean;
  readonly feeAssetId: number;
  /** Negative is a rebate. */
  readonly feeAtoms: Atoms;
};

export type OrderEnd = { readonly reason: ExpiryReason };
export type LogPosition = { readonly seq: Seq; readonly timeUs: TimeUs };
