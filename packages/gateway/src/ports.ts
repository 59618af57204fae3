// What the gateway needs from the exchange behind it. The gateway knows no core: it is handed these.
import type {
  AccountView,
  AssetPriceView,
  AssetView,
  BackstopView,
  BalanceView,
  DeleverageQueueView,
  DepthView,
  Event,
  ExchangeSettings,
  ExitView,
  FeeTier,
  KeyView,
  LiquidationStatisticsView,
  LiquidationView,
  MarginExplanation,
  MarketView,
  NegativeBalanceView,
  OrderIntent,
  OrderView,
  PerpPriceView,
  PoolView,
  PositionView,
  ProposalView,
  RejectDetails,
  RejectReason,
  Request,
  RfqView,
  RfqWithQuotesView,
  RiskTerms,
  SecurityView,
  Side,
  StrategyView,
  TriggerOrderView,
  VaultNavView,
  VaultRedeemView,
  VaultView,
  WithdrawalView,
} from '@glasshouse/protocol';
import type { Atoms, Lots, Seq, TimeUs } from '@glasshouse/units';

/** One request with everything it caused. Handed out only when durable. */
export type Committed = { readonly seq: Seq; readonly timeUs: TimeUs; readonly events: readonly Event[] };

/** Orders that come alive as their parent fills. */
export type OrderExits = { readonly takeProfit: ExitView | undefined; readonly stopLoss: ExitView | undefined };

export type LoanDraw = { readonly accountId: number; readonly assetId: number; readonly atoms: number };

export type WithdrawalOptions = {
  readonly autoBorrow: boolean;
  /** Whether what is lent may be redeemed for it. */
  readonly autoLendRedeem: boolean;
};

export type OrderLimitQuery = {
  readonly side: Side;
  /** 0 for an order at the market. */
  readonly priceTicks: number;
  readonly reduceOnly: boolean;
  readonly autoBorrow: boolean;
  readonly autoLendRedeem: boolean;
};

export type OrderRefusal = { readonly reason: RejectReason; readonly details: RejectDetails };

/** The state of the exchange, read in place; every answer is a picture that later commands do not change. */
export interface ExchangeView {
  readonly name: string;
  readonly nextSeq: Seq;
  readonly timeUs: TimeUs;
  readonly settings: ExchangeSettings;
  readonly spotFeeTiers: readonly FeeTier[];
  readonly risk: RiskTerms;
  assets(): readonly AssetView[];
  asset(assetId: number): AssetView | undefined;
  assetBySymbol(symbol: string): AssetView | undefined;
  markets(): readonly MarketView[];
  market(marketId: number): MarketView | undefined;
  marketBySymbol(symbol: string): MarketView | undefined;
  depth(marketId: number, maxLevels: number): DepthView;
  /** Lots at one price, 0 when none: for best bid and ask without a whole depth picture use depth(marketId, 1). */
  levelLots(marketId: number, side: Side, priceTicks: number): number;
  account(accountId: number): AccountView | undefined;
  /** Main account first. */
  accountsOfCustomer(customerId: number): readonly AccountView[];
  balances(accountId: number): readonly BalanceView[];
  /** Oldest first. */
  openOrders(accountId: number, marketId?: number): readonly OrderView[];
  openOrder(orderId: number): OrderView | undefined;
  openOrderByClientId(accountId: number, clientId: number): OrderView | undefined;
  /** What is attached to an order that may still fill; undefined without. */
  exits(orderId: number): OrderExits | undefined;
  /** Orders that wait for a price, oldest first. */
  triggerOrders(accountId: number, marketId?: number): readonly TriggerOrderView[];
  triggerOrder(orderId: number): TriggerOrderView | undefined;
  triggerOrderByClientId(accountId: number, clientId: number): TriggerOrderView | undefined;
  /** Strategies that run, oldest first. */
  strategies(accountId: number, marketId?: number): readonly StrategyView[];
  strategy(strategyId: number): StrategyView | undefined;
  strategyByClientId(accountId: number, clientStrategyId: number): StrategyView | undefined;
  /** Open requests of the account with the quotes for them, oldest first. */
  rfqs(accountId: number, marketId?: number): readonly RfqWithQuotesView[];
  /** Of all accounts, oldest first. */
  openRfqs(): readonly RfqView[];
  /** Of every perpetual. */
  perpPrices(): readonly PerpPriceView[];
  perpPrice(marketId: number): PerpPriceView | undefined;
  /** Of every asset. */
  assetPrices(): readonly AssetPriceView[];
  /** Of every asset that is lent. */
  pools(): readonly PoolView[];
  pool(assetId: number): PoolView | undefined;
  positions(accountId: number): readonly PositionView[];
  marginExplanation(accountId: number): MarginExplanation | undefined;
  /**
   * The asset's index at which the account would be liquidated had it drawn so much from the pool (negative: paid in); undefined
   * when no price does it.
   */
  liquidationIndexAfter(draw: LoanDraw): number | undefined;
  /** Most that the account could borrow now. */
  maxBorrowAtoms(accountId: number, assetId: number): Atoms;
  maxWithdrawalAtoms(accountId: number, assetId: number, options: WithdrawalOptions): Atoms;
  maxOrderLots(accountId: number, marketId: number, order: OrderLimitQuery): Lots;
  /** Why an order of the account would be refused now; undefined when it would be accepted. */
  orderRefusal(accountId: number, order: OrderIntent): OrderRefusal | undefined;
  /** Those that last, by rising account id. */
  liquidations(): readonly LiquidationView[];
  liquidationStatistics(): LiquidationStatisticsView;
  /** Looks at every position of the market; undefined for what is no perpetual. */
  deleverageQueue(marketId: number): DeleverageQueueView | undefined;
  backstop(accountId: number): BackstopView | undefined;
  backstops(): readonly BackstopView[];
  /** Of one account when given, otherwise of all. */
  negativeBalances(accountId?: number): readonly NegativeBalanceView[];
  key(keyId: number): KeyView | undefined;
  keyByPublicKey(publicKey: string): KeyView | undefined;
  keysOfAccount(accountId: number): readonly KeyView[];
  withdrawal(withdrawalId: number): WithdrawalView | undefined;
  openProposals(): readonly ProposalView[];
  /** Undefined when the customer has asked for no guard of its withdrawals. */
  security(customerId: number): SecurityView | undefined;
  vaults(): readonly VaultView[];
  vaultNav(vaultId: number): VaultNavView | undefined;
  /** In the order in which they will be paid. */
  pendingRedeems(vaultId: number): readonly VaultRedeemView[];
}

/** A service key of this venue that the gateway may use for what it does on a caller's behalf (sandbox registration, faucet). */
export interface ServiceSigner {
  readonly keyId: number;
  /** Ed25519 over the signed text. */
  sign(text: Uint8Array): Uint8Array;
}

/** Where the secrets of customers' codes are kept, outside the log and never in clear on disk. */
export interface SecretVault {
  /** Made when there is none. */
  obtain(customerId: number, secretNumber: number): Promise<Uint8Array>;
  find(customerId: number, secretNumber: number): Promise<Uint8Array | undefined>;
}

export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

export interface ExchangePort {
  /** Sequences a request whose signature has been checked. Rejects with Overloaded when the queue is full. */
  submit(request: Request): Promise<Committed>;
  /** Runs `query` on the newest state and answers once all that it could have seen is durable. */
  read<Answer>(query: (view: ExchangeView) => Answer): Promise<Answer>;
  /** Every committed request in order, from the next one on; returns the unsubscriber. */
  onCommitted(listener: (committed: Committed) => void): () => void;
  /** Wall clock of the sequencer, microseconds. */
  nowUs(): TimeUs;
}

/** Where the log stands, for `/glass/v1/state`: hexadecimal SHA-256 hashes, null until there is one. */
export type LogProof = {
  readonly logHash: string | null;
  readonly checkpoint: { readonly seq: number; readonly timestamp: number; readonly stateHash: string } | null;
};
