// What happened: emitted by the core in order, complete enough that no consumer has to ask back.
import type { Atoms, Lots, Ticks } from '@glasshouse/units';
import type { ExchangeSettings, FeeTier } from './genesis.js';
import type { RejectDetails, RejectReason } from './rejects.js';
import type {
  AccountView,
  AssetView,
  BalanceView,
  FillView,
  KeyView,
  MarketView,
  OrderView,
  ProposalView,
  TradeView,
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

/** An order passed admission; its fills, rest or expiry follow. `index` is its place in the batch. */
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
export type MarketListed = { readonly kind: 'marketListed'; readonly market: MarketView };
export type MarketChanged = { readonly kind: 'marketChanged'; readonly market: MarketView };
export type SettingsChanged = {
  readonly kind: 'settingsChanged';
  readonly settings: ExchangeSettings;
  readonly spotFeeTiers: readonly FeeTier[];
};
export type Proposed = { readonly kind: 'proposed'; readonly proposal: ProposalView };
/** A second operator agreed; what the action did follows. */
export type Approved = { readonly kind: 'approved'; readonly proposal: ProposalView; readonly approvedByKeyId: number };
/** Nobody agreed in time. */
export type ProposalExpired = { readonly kind: 'proposalExpired'; readonly proposal: ProposalView };

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
  | AccountCreated
  | AccountUpdated
  | KeyAdded
  | KeyRevoked
  | Transferred
  | DepositCredited
  | WithdrawalRequested
  | WithdrawalConfirmed
  | AssetListed
  | MarketListed
  | MarketChanged
  | SettingsChanged
  | Proposed
  | Approved
  | ProposalExpired;

export type EventKind = Event['kind'];

/** Receives the events of a command, in order. */
export type Emit = (event: Event) => void;
