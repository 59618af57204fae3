// Everything the exchange knows. Changed only by `apply`; every field but `scope` is in the snapshot or follows from it.
import type { ExchangeSettings, FeeTier, ProposalView, WithdrawalView } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import { ClientIdIndex, FastBook, type OrderBook, OrderIdIndex, OrderPool } from '../book/index.js';
import { AccountTable } from './accounts.js';
import { AssetTable } from './assets.js';
import { BalanceTable } from './balances.js';
import { CustomerTable } from './customers.js';
import { KeyTable } from './keys.js';
import { MarketTable } from './markets.js';
import { ReplayGuard } from './replay-guard.js';
import { CommandScope } from './scope.js';

export type MakeBook = (pool: OrderPool) => OrderBook;

const BEFORE_GENESIS: ExchangeSettings = {
  openRegistration: false,
  maxSubaccountsPerCustomer: 0,
  maxOpenOrdersPerAccount: 0,
  maxKeysPerAccount: 0,
  futureToleranceMs: 0,
  proposalLifetimeMs: 0,
};

export class State {
  venue = '';
  settings: ExchangeSettings = BEFORE_GENESIS;
  spotFeeTiers: readonly FeeTier[] = [];
  /** Number that the next request must carry. */
  nextSeq = 0 as Seq;
  timeUs = 0 as TimeUs;

  readonly assets = new AssetTable();
  readonly markets = new MarketTable();
  readonly customers = new CustomerTable();
  readonly accounts = new AccountTable();
  readonly keys = new KeyTable();
  readonly balances = new BalanceTable();
  readonly replayGuard = new ReplayGuard();

  readonly pool = new OrderPool();
  readonly orderIds = new OrderIdIndex(this.pool);
  readonly clientIds = new ClientIdIndex(this.pool);
  lastOrderId = 0;

  /** References of credited deposits, `blockchain:reference`, in the order of crediting. */
  readonly creditedDeposits = new Set<string>();
  readonly pendingWithdrawals = new Map<number, WithdrawalView>();
  lastWithdrawalId = 0;
  readonly openProposals = new Map<number, ProposalView>();
  lastProposalId = 0;

  readonly scope = new CommandScope();

  constructor(readonly makeBook: MakeBook) {}
}

/** An exchange before its genesis. `makeBook` chooses the order book: FastBook, or the naive model in tests. */
export function createState(makeBook: MakeBook = (pool) => new FastBook(pool)): State {
  return new State(makeBook);
}
