// Read-only pictures of state: what the core shows of itself to everything that derives from it. All quantities are raw
// integers; `…Decimals`/`tick…`/`step…` say how to print them.
import type { Atoms, FeePpm, Lots, Price, Seq, Ticks, TimeUs } from '@glasshouse/units';
import type {
  CollateralConfiguration,
  DeleveragePolicy,
  IndexConfiguration,
  LendingConfiguration,
  PerpConfiguration,
  RfqConfiguration,
} from './genesis.js';
import type {
  ExpiryReason,
  KeyRole,
  MarketKind,
  MarketState,
  OrderStatus,
  OrderType,
  SelfTradePrevention,
  Side,
  TimeInForce,
  TriggerBy,
} from './vocabulary.js';

export type AssetView = {
  readonly assetId: number;
  readonly symbol: string;
  readonly displayName: string;
  /** One atom is 10^−decimals. */
  readonly decimals: number;
  readonly tokens: readonly TokenView[];
  readonly index: IndexConfiguration | undefined;
  readonly collateral: CollateralConfiguration | undefined;
  readonly lending: LendingTerms | undefined;
};

/** As configured, quantities in atoms. */
export type LendingTerms = Omit<LendingConfiguration, 'openBorrowLendLimit' | 'borrowLimit'> & {
  readonly openBorrowLendLimitAtoms: Atoms;
  readonly borrowLimitAtoms: Atoms;
};

/** As configured, quantities in lots. */
export type PerpTerms = Omit<PerpConfiguration, 'openInterestLimit' | 'positionLimit'> & {
  readonly deleveragePolicy: DeleveragePolicy;
  readonly openInterestLimitLots: Lots;
  readonly positionLimitLots: Lots;
};

/** As it holds: nothing is left to a default. */
export type RfqTerms = Required<RfqConfiguration>;

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
  readonly kind: MarketKind;
  /** Undefined for all but perpetuals. */
  readonly perp: PerpTerms | undefined;
  /** Undefined for all but markets of requests for quotes. */
  readonly rfq: RfqTerms | undefined;
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
  readonly reduceOnly: boolean;
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
  /** Whose slice it is; absent for all other orders. */
  readonly strategyId?: number | undefined;
};

export type BalanceView = {
  readonly accountId: number;
  readonly assetId: number;
  readonly availableAtoms: Atoms;
  /** Backs open orders. */
  readonly lockedAtoms: Atoms;
  /** The same asset is never lent and borrowed at once. */
  readonly lentAtoms: Atoms;
  readonly borrowedAtoms: Atoms;
};

/** An account's stake in a perpetual. Amounts in atoms of the quote asset. */
export type PositionView = {
  /** Counted from 1 since genesis as positions are opened; 0 while there has been none. */
  readonly positionId: number;
  readonly accountId: number;
  readonly marketId: number;
  /** Negative is short. */
  readonly sizeLots: Lots;
  /** What the size cost at the settled price: uPnL = size × mark − this. Negative for a short. */
  readonly basisCostAtoms: Atoms;
  /** What the size cost when it was opened. */
  readonly entryCostAtoms: Atoms;
  /** Since the position was opened. */
  readonly realizedPnlAtoms: Atoms;
  /** Received minus paid since the position was opened. */
  readonly fundingAtoms: Atoms;
  /** Open orders that could increase or turn it, reduce-only ones left out. */
  readonly openBidLots: Lots;
  readonly openAskLots: Lots;
  readonly openedUs: TimeUs;
};

/** What a perpetual is worth and pays now. */
export type PerpPriceView = {
  readonly marketId: number;
  /** The index stands on enough sources. */
  readonly indexLive: boolean;
  /** Quote units per base unit; 0 while unknown. */
  readonly indexPrice: Price;
  readonly markPrice: Price;
  /** Hourly rate that the next funding would have if premiums stayed as they were. */
  readonly estimatedFundingRate: number;
  /** Of the last funding. */
  readonly fundingRate: number;
  readonly nextFundingUs: TimeUs;
  readonly openInterestLots: Lots;
  readonly timeUs: TimeUs;
};

export type AssetPriceView = {
  readonly assetId: number;
  /** USD per unit; 0 while unknown. */
  readonly indexPrice: Price;
  readonly liveSources: number;
  readonly timeUs: TimeUs;
};

/** A lending pool. Rates are fractions a year. */
export type PoolView = {
  readonly assetId: number;
  /** Of accounts, virtual lends and borrows of unsettled PnL included. */
  readonly lentAtoms: Atoms;
  readonly borrowedAtoms: Atoms;
  readonly virtualLentAtoms: Atoms;
  readonly virtualBorrowedAtoms: Atoms;
  readonly reserveAtoms: Atoms;
  readonly utilization: number;
  readonly borrowRate: number;
  readonly lendRate: number;
  /** Highest utilisation that loans and redemptions may bring about now. */
  readonly throttleUtilization: number;
  readonly timeUs: TimeUs;
};

/** An account's margin, in USD; fractions of 1. */
export type MarginView = {
  readonly accountId: number;
  readonly collateralUsd: number;
  readonly unrealizedPnlUsd: number;
  readonly unsettledUsd: number;
  readonly borrowLiabilityUsd: number;
  readonly netEquityUsd: number;
  readonly lockedUsd: number;
  readonly availableUsd: number;
  readonly exposureUsd: number;
  /** Net equity over exposure; undefined without exposure. */
  readonly marginFraction: number | undefined;
  readonly imf: number;
  readonly mmf: number;
  /** Σ N × IMF, Σ N × MMF. */
  readonly initialMarginUsd: number;
  readonly maintenanceMarginUsd: number;
};

/** An exit attached to an order. */
export type ExitView = {
  readonly triggerTicks: Ticks;
  readonly triggerBy: TriggerBy;
  /** 0: it closes at market. */
  readonly priceTicks: Ticks;
};

/** What makes up a margin fraction: it is the largest of these. */
export type FractionTerms = {
  readonly byVenueLeverage: number;
  /** 0 without a limit of the account's own. */
  readonly byLeverageLimit: number;
  readonly base: number;
  /** factor × √(notional in USD). */
  readonly bySize: number;
};

/** One asset's part in an account's margin. */
export type AssetMarginTerm = {
  readonly assetId: number;
  readonly availableAtoms: Atoms;
  readonly lockedAtoms: Atoms;
  readonly lentAtoms: Atoms;
  readonly borrowedAtoms: Atoms;
  readonly priceUsd: number;
  readonly holdingUsd: number;
  readonly weight: number;
  readonly collateralUsd: number;
  readonly liabilityUsd: number;
  readonly imf: FractionTerms;
  readonly initialMarginUsd: number;
  readonly maintenanceFraction: number;
  readonly maintenanceMarginUsd: number;
  /** Price at which the account would be liquidated with all else unchanged; undefined when no price does it. */
  readonly liquidationPriceUsd: number | undefined;
};

/** One perpetual's part in an account's margin. */
export type MarketMarginTerm = {
  readonly marketId: number;
  readonly sizeLots: Lots;
  readonly openBidLots: Lots;
  readonly openAskLots: Lots;
  /** The larger of position with all bids and position with all asks. */
  readonly worstLots: Lots;
  readonly markPrice: Price;
  /** The mark where the index has too few sources. */
  readonly indexPrice: Price;
  readonly unrealizedPnlUsd: number;
  readonly worstNotionalUsd: number;
  readonly imf: FractionTerms;
  readonly initialMarginUsd: number;
  readonly notionalUsd: number;
  readonly maintenanceFraction: number;
  readonly maintenanceMarginUsd: number;
  /**
   * Mark in ticks at which the account would be liquidated when the market's index moves with it by the same factor, with all else
   * unchanged; undefined when no price does it.
   */
  readonly liquidationTicks: Ticks | undefined;
};

/** Every term of an account's margin: the sums of the parts are the figures of `margin`. */
export type MarginExplanation = {
  readonly margin: MarginView;
  /** With perpetuals at their indexes. */
  readonly atIndex: { readonly netEquityUsd: number; readonly maintenanceMarginUsd: number };
  readonly assets: readonly AssetMarginTerm[];
  readonly markets: readonly MarketMarginTerm[];
};

/** An order that waits for a price. */
export type TriggerOrderView = {
  readonly orderId: number;
  readonly accountId: number;
  readonly marketId: number;
  readonly clientId: number;
  readonly side: Side;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly selfTradePrevention: SelfTradePrevention;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  readonly priceTicks: Ticks;
  readonly triggerTicks: Ticks;
  readonly triggerBy: TriggerBy;
  /** True: fires when the price rises to the trigger; else when it falls to it. */
  readonly whenRising: boolean;
  /** 0 when it is for a share of the position. */
  readonly sizeLots: Lots;
  /** Hundredths of a percent of the position instead of a size; 0 when it has a size. */
  readonly positionShare: number;
  /** Exits that it will have itself once it is an order. */
  readonly takeProfit: ExitView | undefined;
  readonly stopLoss: ExitView | undefined;
  /** Order whose exit it is, 0 for none. */
  readonly parentOrderId: number;
  readonly status: 'waiting' | 'triggered' | 'cancelled' | 'expired';
  readonly createdUs: TimeUs;
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
  readonly autoRealizePnl: boolean;
  /** In hundredths: 1000 is 10×. 0 = the venue's maximum. */
  readonly leverageLimitCenti: number;
  /** Index of the customer's tier among the venue's; the two rates are that tier's. */
  readonly feeTier: number;
  readonly makerFeePpm: FeePpm;
  readonly takerFeePpm: FeePpm;
  readonly perpMakerFeePpm: FeePpm;
  readonly perpTakerFeePpm: FeePpm;
  readonly openOrders: number;
  /** Orders that wait for a price. */
  readonly triggerOrders: number;
  /** The exchange acts for it, and its own commands are refused. */
  readonly liquidating: boolean;
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
  /** One that waits leaves at `triggerUs`, and its owner may take it back until then. */
  readonly status: 'waiting' | 'pending' | 'confirmed' | 'cancelled';
  readonly transactionHash: string;
  readonly createdUs: TimeUs;
  /** Absent when it did not have to wait. */
  readonly triggerUs?: TimeUs | undefined;
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
  /** The exchange sold or bought for an account that it liquidates: no price that anyone asked for, so in no candle. */
  readonly isLiquidation: boolean;
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
