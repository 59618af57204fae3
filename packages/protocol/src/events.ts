// What happened: emitted by the core in order, complete enough that no consumer has to ask back.

import type { Atoms, Lots, Price, Ticks, TimeUs } from '@glasshouse/units';
import type { BackstopView } from './backstop-views.js';
import type { DeleveragePolicy, ExchangeSettings, FeeTier, RiskTerms } from './genesis.js';
import type { LiquidationView, MaintenanceView, NegativeBalanceView } from './liquidation-views.js';
import type { RejectDetails, RejectReason } from './rejects.js';
import type { RfqEvent } from './rfq-events.js';
import type { SecurityView } from './security-views.js';
import type { StrategyView } from './strategy-views.js';
import type { VaultEvent } from './vault-events.js';
import type {
  AccountView,
  AssetPriceView,
  AssetView,
  BalanceView,
  FillView,
  KeyView,
  MarketView,
  OrderView,
  PerpPriceView,
  PoolView,
  PositionView,
  ProposalView,
  TradeView,
  TriggerOrderView,
  WithdrawalView,
} from './views.js';
import type { ExpiryReason, Side } from './vocabulary.js';

/** The command, or element `index` of its batch, changed nothing. */
export type Rejected = {
  readonly kind: 'rejected';
  readonly index: number;
  readonly reason: RejectReason;
  readonly details: RejectDetails;
  /** 0 when the signing key belongs to no account. */
  readonly accountId: number;
};

/**
 * An order passed admission; its fills, rest or expiry follow. `index` is its place in the batch; −1 when it was placed for its
 * account by something else than the command, as a trigger order that fired.
 */
export type OrderAccepted = { readonly kind: 'orderAccepted'; readonly index: number; readonly order: OrderView };
/** One side of a trade; the taker's side is emitted after the maker's. */
export type OrderFilled = { readonly kind: 'orderFilled'; readonly order: OrderView; readonly fill: FillView };
export type OrderCancelled = { readonly kind: 'orderCancelled'; readonly order: OrderView };
export type OrderExpired = { readonly kind: 'orderExpired'; readonly order: OrderView; readonly reason: ExpiryReason };
/** A resting order became smaller and kept its place. */
export type OrderReduced = { readonly kind: 'orderReduced'; readonly order: OrderView };
export type Traded = { readonly kind: 'traded'; readonly trade: TradeView };
/** A price level's new total; 0 lots: it is gone. Ids are consecutive per market. */
export type LevelChanged = {
  readonly kind: 'levelChanged';
  readonly marketId: number;
  readonly updateId: number;
  readonly side: Side;
  readonly priceTicks: Ticks;
  readonly sizeLots: Lots;
};

/** An account's balance of an asset after the command, once per command and asset. */
export type BalanceChanged = { readonly kind: 'balanceChanged'; readonly balance: BalanceView };

export type AccountCreated = { readonly kind: 'accountCreated'; readonly account: AccountView };
export type AccountUpdated = { readonly kind: 'accountUpdated'; readonly account: AccountView };
export type KeyAdded = { readonly kind: 'keyAdded'; readonly key: KeyView };
export type KeyRevoked = { readonly kind: 'keyRevoked'; readonly key: KeyView };

export type Transferred = {
  readonly kind: 'transferred';
  readonly fromAccountId: number;
  readonly toAccountId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
};
export type DepositCredited = {
  readonly kind: 'depositCredited';
  readonly depositId: number;
  readonly accountId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  readonly blockchain: string;
  readonly reference: string;
};
export type WithdrawalRequested = { readonly kind: 'withdrawalRequested'; readonly withdrawal: WithdrawalView };
export type WithdrawalConfirmed = { readonly kind: 'withdrawalConfirmed'; readonly withdrawal: WithdrawalView };

export type AssetListed = { readonly kind: 'assetListed'; readonly asset: AssetView };
/** New terms of a listed asset: its index, its weight as collateral, its pool. */
export type AssetChanged = { readonly kind: 'assetChanged'; readonly asset: AssetView };
export type MarketListed = { readonly kind: 'marketListed'; readonly market: MarketView };
export type MarketChanged = { readonly kind: 'marketChanged'; readonly market: MarketView };
export type SettingsChanged = {
  readonly kind: 'settingsChanged';
  readonly settings: ExchangeSettings;
  readonly spotFeeTiers: readonly FeeTier[];
  readonly risk: RiskTerms;
};
/** What had been closed, or turned round, or never been, begins anew. Comes before the fill that opened it. */
export type PositionOpened = {
  readonly kind: 'positionOpened';
  readonly positionId: number;
  readonly accountId: number;
  readonly marketId: number;
};
/** An account's position after the command, once per command and market. */
export type PositionChanged = { readonly kind: 'positionChanged'; readonly position: PositionView };
/** Profit (or loss, negative) of a position that became USDC or a virtual claim, at this mark. */
export type PnlSettled = {
  readonly kind: 'pnlSettled';
  readonly accountId: number;
  readonly marketId: number;
  readonly markPrice: Price;
  readonly pnlAtoms: Atoms;
};
/** Cash between an account and the liquidity fund; what it leaves unsettled, and why virtual PnL became cash. */
export type CashSettled = {
  readonly kind: 'cashSettled';
  readonly accountId: number;
  readonly assetId: number;
  /** Positive: the account received. */
  readonly cashAtoms: Atoms;
  readonly unsettledAtoms: Atoms;
  readonly reason: 'autoRealizePnl' | CullReason;
};
export type CullReason = 'poolUtilization' | 'accountLimit' | 'systemLimit' | 'positionReduced';
/** One account's funding of one market; positive was received. */
export type FundingPaid = {
  readonly kind: 'fundingPaid';
  readonly accountId: number;
  readonly marketId: number;
  readonly sizeLots: Lots;
  readonly markPrice: Price;
  readonly rate: number;
  readonly fundingAtoms: Atoms;
};
export type FundingRateSet = {
  readonly kind: 'fundingRateSet';
  readonly marketId: number;
  readonly rate: number;
  readonly averagePremium: number;
  readonly markPrice: Price;
  readonly intervalEndUs: TimeUs;
};
export type PerpPriceChanged = { readonly kind: 'perpPriceChanged'; readonly price: PerpPriceView };
export type AssetPriceChanged = { readonly kind: 'assetPriceChanged'; readonly price: AssetPriceView };
/** A pool after a change, once per command. */
export type PoolChanged = { readonly kind: 'poolChanged'; readonly pool: PoolView };
export type BorrowLendChanged = {
  readonly kind: 'borrowLendChanged';
  readonly accountId: number;
  readonly assetId: number;
  readonly change: 'lend' | 'redeem' | 'borrow' | 'repay';
  readonly quantityAtoms: Atoms;
  readonly source: BorrowLendSource;
};
export type BorrowLendSource =
  | 'manual'
  | 'autoLend'
  | 'autoRepay'
  | 'order'
  | 'settlement'
  | 'withdrawal'
  | 'transfer'
  | 'liquidation'
  | 'rfq'
  | 'dustConversion';
/** Interest put on an account's books. Positive was earned. */
export type InterestPosted = {
  readonly kind: 'interestPosted';
  readonly accountId: number;
  readonly assetId: number;
  readonly interestAtoms: Atoms;
  readonly principalAtoms: Atoms;
  /** Fraction a year. */
  readonly rate: number;
  readonly source: 'lend' | 'borrow' | 'unsettledPnl';
};
/** Collateral that was sold because USDC was owed and could not be borrowed. */
export type CollateralConverted = {
  readonly kind: 'collateralConverted';
  readonly accountId: number;
  readonly marketId: number;
  readonly orderId: number;
};
/**
 * It grew with its parent, or it waits no more. A triggered one is placed under the same id: its `orderAccepted` follows, or
 * the same event once more, expired, with the reason for which it was refused.
 */
export type TriggerOrderChanged = {
  readonly kind: 'triggerOrderChanged';
  readonly order: TriggerOrderView;
  /** Undefined unless it expired or its position is gone. */
  readonly reason: RejectReason | ExpiryReason | undefined;
  readonly details: RejectDetails;
};
/** It waits from now on. `index` is its place in the batch; −1 for an exit that came alive with its parent's fill. */
export type TriggerOrderAccepted = {
  readonly kind: 'triggerOrderAccepted';
  readonly index: number;
  readonly order: TriggerOrderView;
};
export type ReferralPaid = {
  readonly kind: 'referralPaid';
  readonly referrerAccountId: number;
  readonly customerId: number;
  /** Whose fee it shares: of a spot trade in cash, of a perpetual's as unsettled PnL. */
  readonly marketId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
};

/** The account's maintenance margin has passed this share of its net equity: 0.8, 0.9 or 0.95. */
export type MarginWarning = {
  readonly kind: 'marginWarning';
  readonly accountId: number;
  readonly level: number;
  readonly standing: MaintenanceView;
};
/** Maintenance margin ≥ net equity at the prices of the trigger: from here on the exchange acts for the account. */
export type LiquidationStarted = {
  readonly kind: 'liquidationStarted';
  /** Counted from 1 since genesis. */
  readonly liquidationId: number;
  readonly accountId: number;
  readonly standing: MaintenanceView;
};
/** One turn on the book; its order and fills came before. No step leaves the account nearer to ruin. */
export type LiquidationStep = {
  readonly kind: 'liquidationStep';
  readonly accountId: number;
  readonly marketId: number;
  readonly orderId: number;
  /** Of the exchange's order. */
  readonly side: Side;
  readonly filledLots: Lots;
  readonly quoteAtoms: Atoms;
  /** Of a perpetual; the index of the base asset in a spot market. */
  readonly markPrice: Price;
  /** To the backstop fund, beside the fees of trading; in the settlement asset. */
  readonly feeAtoms: Atoms;
  readonly before: MaintenanceView;
  readonly after: MaintenanceView;
};
/** A provider took over a part of a liquidated position at the mark. */
export type BackstopAssigned = {
  readonly kind: 'backstopAssigned';
  readonly accountId: number;
  readonly providerAccountId: number;
  readonly marketId: number;
  /** Of the liquidated account: bid closes a short. */
  readonly side: Side;
  readonly sizeLots: Lots;
  readonly quoteAtoms: Atoms;
  readonly markPrice: Price;
  /** Both out of the liquidated account. */
  readonly providerFeeAtoms: Atoms;
  readonly fundFeeAtoms: Atoms;
};
/** An opposing position gave up lots so that a liquidated one could close. */
export type Deleveraged = {
  readonly kind: 'deleveraged';
  readonly accountId: number;
  readonly counterpartyAccountId: number;
  readonly marketId: number;
  /** Of the liquidated account: bid closes a short. */
  readonly side: Side;
  readonly sizeLots: Lots;
  readonly quoteAtoms: Atoms;
  readonly markPrice: Price;
  /** What the counterparty got less than at the mark, out of its own profit. */
  readonly takenAtoms: Atoms;
  /** Out of the liquidated account, to the backstop fund. */
  readonly feeAtoms: Atoms;
  readonly policy: DeleveragePolicy;
};
/** A pool had no cash for a liquidated lender: it was paid in the settlement asset, which a borrower owes instead. */
export type LoanDeleveraged = {
  readonly kind: 'loanDeleveraged';
  readonly accountId: number;
  readonly counterpartyAccountId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  readonly settlementAssetId: number;
  readonly settlementAtoms: Atoms;
};
/** A provider has taken a part of a loan over, with collateral that is worth as much at the index, and for a fee in the settlement asset. */
export type LoanAssigned = {
  readonly kind: 'loanAssigned';
  readonly accountId: number;
  readonly providerAccountId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  /** What that is worth at the index, in the settlement asset. */
  readonly quoteAtoms: Atoms;
  readonly collateralAssetId: number;
  readonly collateralAtoms: Atoms;
  /** Where the collateral was, and is with the provider: available, or lent. */
  readonly collateralFrom: 'available' | 'lent';
  readonly providerFeeAtoms: Atoms;
  readonly fundFeeAtoms: Atoms;
};
/** The backstop fund paid what a liquidated account could not. Negative: what was left over went back. */
export type DeficitCovered = {
  readonly kind: 'deficitCovered';
  readonly accountId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  /** Where it went: into the account's unsettled claim, to its available balance, or off its loan, which the fund owes instead. */
  readonly into: 'unsettled' | 'available' | 'loan';
};
/** Nobody is left to pay this: it is taken off the account and kept on record. */
export type NegativeBalanceRecorded = {
  readonly kind: 'negativeBalanceRecorded';
  /** What the record says after. */
  readonly negative: NegativeBalanceView;
  readonly addedAtoms: Atoms;
  /** What the account owed it as: unsettled loss, or a loan of the asset. */
  readonly from: 'unsettled' | 'loan';
};
/** The owner has paid on the record out of what is available. */
export type NegativeBalanceAccepted = {
  readonly kind: 'negativeBalanceAccepted';
  readonly negative: NegativeBalanceView;
  readonly paidAtoms: Atoms;
};
/** The account's commands are its own again. */
export type LiquidationEnded = {
  readonly kind: 'liquidationEnded';
  /** Its margin suffices; nothing is left that could lose; or it ended with less than nothing. */
  readonly reason: 'recovered' | 'closed' | 'bankrupt';
  readonly liquidation: LiquidationView;
  /** What was left. */
  readonly standing: MaintenanceView;
};
/** An offer has changed: to other terms, or because a notice has begun or run. */
export type BackstopEnrolled = { readonly kind: 'backstopEnrolled'; readonly backstop: BackstopView };
export type BackstopLeft = { readonly kind: 'backstopLeft'; readonly accountId: number };

export type Proposed = { readonly kind: 'proposed'; readonly proposal: ProposalView };
/** A second operator agreed; what the action did came before. */
export type Approved = { readonly kind: 'approved'; readonly proposal: ProposalView; readonly approvedByKeyId: number };
/** Nobody agreed in time. */
export type ProposalExpired = { readonly kind: 'proposalExpired'; readonly proposal: ProposalView };

/** Its first slice follows. */
export type StrategyCreated = { readonly kind: 'strategyCreated'; readonly strategy: StrategyView };
/** The time of a slice has come; what its order did came before. */
export type StrategySliced = {
  readonly kind: 'strategySliced';
  readonly strategy: StrategyView;
  /** 0 when no order could be placed. */
  readonly orderId: number;
  /** Why there was no order, or why the rest of it expired. */
  readonly reason: RejectReason | ExpiryReason | undefined;
  readonly details: RejectDetails;
};
/** Its open orders were cancelled before. */
export type StrategyEnded = { readonly kind: 'strategyEnded'; readonly strategy: StrategyView };

/** What guards a customer's withdrawals, after a change. */
export type SecurityChanged = { readonly kind: 'securityChanged'; readonly security: SecurityView };
/** A code was seen beside a request that follows; its time step is spent. */
export type TwoFactorConfirmed = {
  readonly kind: 'twoFactorConfirmed';
  readonly customerId: number;
  readonly accountId: number;
  readonly step: number;
};
/** It has waited long enough: its chain may send it. */
export type WithdrawalReleased = { readonly kind: 'withdrawalReleased'; readonly withdrawal: WithdrawalView };
/** Its owner has taken it back, and has the quantity again. */
export type WithdrawalCancelled = { readonly kind: 'withdrawalCancelled'; readonly withdrawal: WithdrawalView };

export type Event =
  | Rejected
  | OrderAccepted
  | OrderFilled
  | OrderCancelled
  | OrderExpired
  | OrderReduced
  | Traded
  | LevelChanged
  | BalanceChanged
  | PositionChanged
  | PnlSettled
  | CashSettled
  | FundingPaid
  | FundingRateSet
  | PerpPriceChanged
  | AssetPriceChanged
  | PoolChanged
  | BorrowLendChanged
  | InterestPosted
  | CollateralConverted
  | TriggerOrderChanged
  | TriggerOrderAccepted
  | ReferralPaid
  | MarginWarning
  | LiquidationStarted
  | LiquidationStep
  | BackstopAssigned
  | Deleveraged
  | LoanDeleveraged
  | LoanAssigned
  | DeficitCovered
  | NegativeBalanceRecorded
  | NegativeBalanceAccepted
  | LiquidationEnded
  | BackstopEnrolled
  | BackstopLeft
  | AccountCreated
  | AccountUpdated
  | KeyAdded
  | KeyRevoked
  | Transferred
  | DepositCredited
  | WithdrawalRequested
  | WithdrawalConfirmed
  | AssetListed
  | AssetChanged
  | MarketListed
  | MarketChanged
  | SettingsChanged
  | Proposed
  | Approved
  | ProposalExpired
  | StrategyCreated
  | StrategySliced
  | StrategyEnded
  | SecurityChanged
  | TwoFactorConfirmed
  | WithdrawalReleased
  | WithdrawalCancelled
  | PositionOpened
  | VaultEvent
  | RfqEvent;

export type EventKind = Event['kind'];

/** Receives the events of a command, in order. */
export type Emit = (event: Event) => void;
