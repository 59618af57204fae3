// Committed requests as rows to be written. What must be known of earlier requests is loaded from where the database stands, so
// that rows are a function of the log alone, wherever the projection began.
import type { Event } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import type { Committed } from '../committed.js';
import { Fold } from '../fold.js';
import type { Database } from './database.js';
import type { CurrentMoment } from './moment.js';
import type { Pending } from './row-batch.js';
import { CandleRecords } from './tables/candles.js';
import { DustRecords } from './tables/dust.js';
import { FillRecords } from './tables/fills.js';
import { FundingRecords } from './tables/funding.js';
import { LiquidationRecords } from './tables/liquidations.js';
import { LoanRecords } from './tables/loans.js';
import { MarketRecords } from './tables/markets.js';
import { MovementRecords } from './tables/movements.js';
import { OrderRecords } from './tables/orders.js';
import { PoolRecords } from './tables/pools.js';
import { PositionRecords } from './tables/positions.js';
import { PriceCandleRecords } from './tables/price-candles.js';
import { RfqRecords } from './tables/rfqs.js';
import { SettlementRecords } from './tables/settlements.js';
import { StrategyRecords } from './tables/strategies.js';
import { TradeRecords } from './tables/trades.js';
import { VaultRecords } from './tables/vaults.js';

export class Projection {
  /** Of every table, in one order. */
  readonly pending: readonly Pending[];
  private readonly moment: CurrentMoment = { now: { seq: 0 as Seq, timeUs: 0 as TimeUs } };
  private readonly markets = new MarketRecords();
  private readonly loans = new LoanRecords(this.moment);
  private readonly liquidations = new LiquidationRecords(this.moment);
  private readonly positions = new PositionRecords(this.moment);
  private readonly fold: Fold;

  private constructor() {
    const { moment, markets, loans, liquidations, positions } = this;
    const trades = new TradeRecords(moment);
    const candles = new CandleRecords(moment);
    const prices = new PriceCandleRecords();
    const orders = new OrderRecords(moment);
    const fills = new FillRecords(moment);
    const movements = new MovementRecords(moment);
    const funding = new FundingRecords(moment);
    const settlements = new SettlementRecords(positions);
    const strategies = new StrategyRecords(moment);
    const vaults = new VaultRecords();
    const quoted = new RfqRecords(moment);
    const dust = new DustRecords(moment);
    const pools = new PoolRecords(moment);
    this.fold = new Fold({
      trades: {
        record: (trade) => {
          trades.record(trade);
          candles.record(trade);
        },
        begin: (market) => markets.recordMarket(market),
        recordPrices: (price) => prices.record(price),
      },
      orders,
      fills,
      movements,
      funding,
      settlements,
      loans,
      pools,
      liquidations,
      strategies,
      positions,
      vaults,
      quoted,
      dust,
      perps: markets.perps,
    });
    this.pending = [
      ...[markets.assets, markets.markets, trades.rows, candles.rows, prices.rows, orders.rows, fills.rows],
      ...[movements.deposits, movements.withdrawals, movements.transfers, funding.payments, funding.rates],
      ...[settlements.rows, loans.movements, loans.interest, loans.loanRows, pools.rows],
      ...[liquidations.reports, liquidations.steps, strategies.rows, vaults.rows, dust.rows],
      ...[...positions.pending, ...quoted.pending],
    ];
  }

  /** Goes on where the database stands. */
  static async at(database: Database): Promise<Projection> {
    const projection = new Projection();
    await projection.markets.load(database);
    await projection.loans.load(database);
    await projection.liquidations.load(database);
    await projection.positions.load(database);
    return projection;
  }

  /** Rows that wait to be written. */
  get size(): number {
    return this.pending.reduce((sum, { size }) => sum + size, 0);
  }

  apply(committed: Committed): void {
    this.moment.now = { seq: committed.seq, timeUs: committed.timeUs };
    for (const event of committed.events) this.observe(event);
    this.fold.apply(committed);
  }

  private observe(event: Event): void {
    if (event.kind === 'assetListed' || event.kind === 'assetChanged') this.markets.recordAsset(event.asset);
    else if (event.kind === 'marketChanged') this.markets.recordMarket(event.market);
  }

  clear(): void {
    for (const rows of this.pending) rows.clear();
  }
}
