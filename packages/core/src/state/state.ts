// Everything the exchange knows. Changed only by `apply`; every field but `scope` is in the snapshot or follows from it.
import type { ExchangeSettings, FeeTier, ProposalView, RiskTerms, WithdrawalView } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import { ClientIdIndex, FastBook, type OrderBook, OrderIdIndex, OrderPool } from '../book/index.js';
import { AccountTable } from './accounts.js';
import { AssetTable } from './assets.js';
import { BackstopTable } from './backstops.js';
import { BalanceTable } from './balances.js';
import { CustomerTable } from './customers.js';
import { DueQueue } from './due-queue.js';
import { ExitPlans } from './exit-plans.js';
import { Foresight } from './foresight.js';
import { IdSet } from './id-set.js';
import { KeyTable } from './keys.js';
import { LiquidationStatistics } from './liquidation-totals.js';
import { Liquidations } from './liquidations.js';
import { MarginCache } from './margin-cache.js';
import { MarketTable } from './markets.js';
import { NegativeBalances } from './negative-balances.js';
import type { AssetPrice } from './oracle.js';
import type { LendingPool } from './pools.js';
import { PositionIndex } from './position-index.js';
import { PositionTable } from './positions.js';
import { ReplayGuard } from './replay-guard.js';
import { Rfqs } from './rfqs.js';
import { Schedule } from './schedule.js';
import { CommandScope } from './scope.js';
import { Securities } from './securities.js';
import { Strategies } from './strategies.js';
import { TriggerOrders } from './trigger-orders.js';
import { UnsettledTable } from './unsettled.js';
import { VaultTable } from './vaults.js';
import { VolumeTable } from './volumes.js';
import { WarnedAccounts } from './warned-accounts.js';
import { MarginWatch } from './watch/margin-watch.js';

export type MakeBook = (pool: OrderPool) => OrderBook;

const BEFORE_GENESIS: ExchangeSettings = {
  openRegistration: false,
  maxSubaccountsPerCustomer: 0,
  maxOpenOrdersPerAccount: 0,
  maxKeysPerAccount: 0,
  futureToleranceMs: 0,
  proposalLifetimeMs: 0,
};

/** What holds in a venue whose genesis says nothing of risk. */
export const DEFAULT_RISK: RiskTerms = {
  sampleIntervalMs: 1_000,
  settlementIntervalMs: 10_000,
  fundingIntervalMs: 3_600_000,
  sourceStaleMs: 10_000,
  sourceOutlier: 0.05,
  virtualLimitPerAccount: 10_000_000,
  virtualLimitInAll: 100_000_000,
  referralShare: 0.1,
  liquidation: {
    trigger: 'markAndIndex',
    stepFraction: 0.1,
    stepIntervalMs: 1_000,
    maxFee: 0.01,
    autoCloseDivisor: 2,
    autoCloseOffset: 0.06,
    providerFee: 0.01,
    fundFee: 0.005,
    equityShare: 0.5,
    bookPatience: 5,
    gradual: true,
    providerNoticeMs: 3_600_000,
  },
};

export class State {
  venue = '';
  settings: ExchangeSettings = BEFORE_GENESIS;
  spotFeeTiers: readonly FeeTier[] = [];
  risk: RiskTerms = DEFAULT_RISK;
  /** Number that the next request must carry. */
  nextSeq = 0 as Seq;
  timeUs = 0 as TimeUs;

  readonly assets = new AssetTable();
  readonly markets = new MarketTable();
  readonly customers = new CustomerTable();
  readonly accounts = new AccountTable();
  readonly keys = new KeyTable();
  readonly balances = new BalanceTable();
  /** By asset id − 1. */
  readonly assetPrices: AssetPrice[] = [];
  /** By asset id − 1; undefined for what is neither lent nor borrowed. */
  readonly pools: (LendingPool | undefined)[] = [];
  /** In which all perpetuals are quoted; 0 before the first is listed. */
  settlementAssetId = 0;
  readonly positions = new PositionTable();
  /** Follows from the positions. */
  readonly positionIndex = new PositionIndex(this.positions);
  readonly unsettled = new UnsettledTable();
  /** Accounts whose profit the pool had no cash for, in the order in which they came. */
  readonly waitingForCash = new Set<number>();
  readonly liquidations = new Liquidations();
  readonly liquidationStatistics = new LiquidationStatistics();
  readonly backstops = new BackstopTable();
  readonly negativeBalances = new NegativeBalances();
  readonly warned = new WarnedAccounts();
  readonly vaults = new VaultTable();
  readonly volumes = new VolumeTable();
  readonly schedule = new Schedule();
  /** Accounts with a position, open futures orders, a debt or unsettled PnL; follows from them. */
  readonly exposed = new IdSet();
  /** Accounts with claims on any pool, to which interest is posted; follows from the claims. */
  readonly holders = new IdSet();
  /** Counts changes of any price. Not state: it tells the margin cache what is out of date. */
  priceVersion = 1;
  readonly replayGuard = new ReplayGuard();

  readonly pool = new OrderPool();
  readonly orderIds = new OrderIdIndex(this.pool);
  readonly clientIds = new ClientIdIndex(this.pool);
  lastOrderId = 0;
  lastPositionId = 0;
  readonly triggers = new TriggerOrders();
  readonly exits = new ExitPlans();
  readonly strategies = new Strategies();
  readonly rfqs = new Rfqs();

  /** References of credited deposits, `blockchain:reference`, in the order of crediting. */
  readonly creditedDeposits = new Set<string>();
  readonly pendingWithdrawals = new Map<number, WithdrawalView>();
  /** Those of them that wait for their delay. */
  readonly waitingWithdrawals = new DueQueue();
  lastWithdrawalId = 0;
  readonly securities = new Securities();
  readonly openProposals = new Map<number, ProposalView>();
  lastProposalId = 0;

  /** Not state. */
  readonly margins = new MarginCache();
  readonly watch = new MarginWatch();
  readonly scope = new CommandScope();
  readonly foresight = new Foresight();

  constructor(readonly makeBook: MakeBook) {}
}

/** An exchange before its genesis. `makeBook` chooses the order book: FastBook, or the naive model in tests. */
export function createState(makeBook: MakeBook = (pool) => new FastBook(pool)): State {
  return new State(makeBook);
}
