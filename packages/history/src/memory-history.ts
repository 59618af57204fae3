// The read models in memory: folds committed requests in order, forgets what its bounds do not hold. It can be dropped and
// rebuilt from the log at any time; `save` beside a snapshot of the core only spares that work.
import type { QuoteView, RfqView, WithdrawalView } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import { DEFAULT_BOUNDS, type HistoryBounds } from './bounds.js';
import type { Committed } from './committed.js';
import { DustHistory } from './dust-history.js';
import { ByteReader, ByteWriter, UnreadableHistory } from './encoding.js';
import { FillHistory } from './fill-history.js';
import { Fold } from './fold.js';
import { FundingHistory } from './funding-history.js';
import { LiquidationHistory } from './liquidation/liquidation-history.js';
import type { LiquidationRow } from './liquidation/rows.js';
import { LoanHistory } from './loan-history.js';
import { MarketHistory } from './market-history.js';
import { MovementHistory } from './movement-history.js';
import { OrderHistory } from './order-history.js';
import { PoolHistory } from './pool-history.js';
import { PositionHistory } from './positions/position-history.js';
import type { PositionRow } from './positions/rows.js';
import type {
  CandleQuery,
  CandleRow,
  DepositQuery,
  DepositRow,
  DustQuery,
  DustRow,
  FillQuery,
  FillRow,
  FundingPaymentQuery,
  FundingPaymentRow,
  FundingRateQuery,
  FundingRateRow,
  HistoryQueries,
  InterestQuery,
  InterestRow,
  LiquidationQuery,
  LoanMovementQuery,
  LoanMovementRow,
  LoanQuery,
  LoanRow,
  MarketStatistics,
  OrderQuery,
  OrderRow,
  Page,
  PoolQuery,
  PoolRow,
  PositionQuery,
  PriceCandleQuery,
  PriceCandleRow,
  QuoteQuery,
  RfqFillQuery,
  RfqFillRow,
  RfqQuery,
  SettlementQuery,
  SettlementRow,
  StrategyQuery,
  StrategyRow,
  TickerQuery,
  TickerRow,
  TradeQuery,
  TradeRow,
  TransferQuery,
  TransferRow,
  VaultQuery,
  VaultRow,
  WithdrawalQuery,
} from './queries.js';
import { RfqHistory } from './rfq-history.js';
import { SettlementHistory } from './settlement-history.js';
import { StrategyHistory } from './strategy-history.js';
import { VaultHistory } from './vault-history.js';

const FORMAT = 9;

export class MemoryHistory implements HistoryQueries, MarketStatistics {
  private readonly markets = new Map<number, MarketHistory>();
  private readonly orderHistory: OrderHistory;
  private readonly fillHistory: FillHistory;
  private readonly movements: MovementHistory;
  private readonly funding: FundingHistory;
  private readonly settlementHistory: SettlementHistory;
  private readonly lending: LoanHistory;
  private readonly pools: PoolHistory;
  private readonly reports: LiquidationHistory;
  private readonly strategyHistory: StrategyHistory;
  private readonly positionHistory: PositionHistory;
  private readonly vaults: VaultHistory;
  private readonly quoted: RfqHistory;
  private readonly dust: DustHistory;
  /** Settlement asset by perpetual. */
  private readonly perps = new Map<number, number>();
  private readonly fold: Fold;
  private next = 0 as Seq;

  constructor(private readonly bounds: HistoryBounds = DEFAULT_BOUNDS) {
    this.orderHistory = new OrderHistory(bounds.orders);
    this.fillHistory = new FillHistory(bounds.fills);
    this.movements = new MovementHistory(bounds.movements);
    this.funding = new FundingHistory(bounds);
    this.positionHistory = new PositionHistory(bounds.accruals);
    this.settlementHistory = new SettlementHistory(bounds.accruals, this.positionHistory);
    this.lending = new LoanHistory(bounds.accruals);
    this.pools = new PoolHistory(bounds.poolHoursPerAsset);
    this.vaults = new VaultHistory(bounds.poolHoursPerAsset);
    this.reports = new LiquidationHistory(bounds.liquidations);
    this.strategyHistory = new StrategyHistory(bounds.movements);
    this.quoted = new RfqHistory(bounds.accruals);
    this.dust = new DustHistory(bounds.movements);
    this.fold = new Fold({
      trades: {
        record: (trade, timeUs) => this.market(trade.marketId, timeUs).add(trade, timeUs),
        begin: ({ marketId, createdUs }) => void this.market(marketId, createdUs),
        recordPrices: (price) => this.markets.get(price.marketId)?.addPrices(price),
      },
      orders: this.orderHistory,
      fills: this.fillHistory,
      movements: this.movements,
      funding: this.funding,
      settlements: this.settlementHistory,
      loans: this.lending,
      pools: this.pools,
      liquidations: this.reports,
      strategies: this.strategyHistory,
      positions: this.positionHistory,
      vaults: this.vaults,
      quoted: this.quoted,
      dust: this.dust,
      perps: this.perps,
    });
  }

  /** The first request that has not been folded yet. */
  get nextSeq(): Seq {
    return this.next;
  }

  /** Requests that have been folded before are ignored. */
  apply(committed: Committed): void {
    if (committed.seq < this.next) return;
    this.fold.apply(committed);
    this.next = (committed.seq + 1) as Seq;
  }

  private market(marketId: number, sinceUs: TimeUs): MarketHistory {
    const known = this.markets.get(marketId);
    if (known !== undefined) return known;
    const market = new MarketHistory(this.bounds, sinceUs);
    this.markets.set(marketId, market);
    return market;
  }

  candles(query: CandleQuery): readonly CandleRow[] {
    return this.markets.get(query.marketId)?.candles(query) ?? [];
  }

  pastCandles(query: CandleQuery): readonly CandleRow[] {
    return this.candles(query);
  }

  priceCandles(query: PriceCandleQuery): readonly PriceCandleRow[] {
    return this.markets.get(query.marketId)?.priceCandles(query) ?? [];
  }

  hasPriceCandles(query: PriceCandleQuery): boolean {
    return this.markets.get(query.marketId)?.hasPriceCandlesFrom(query) ?? false;
  }

  /** Whether all candles that are asked for are still here. */
  hasCandles({ marketId, interval, fromUs }: CandleQuery): boolean {
    return this.markets.get(marketId)?.hasCandlesFrom(interval, fromUs) ?? false;
  }

  ticker(query: TickerQuery): TickerRow | undefined {
    return this.markets.get(query.marketId)?.ticker(query);
  }

  trades(query: TradeQuery): Page<TradeRow> {
    return this.markets.get(query.marketId)?.trades.page(query) ?? { rows: [], total: 0 };
  }

  orders(query: OrderQuery): Page<OrderRow> {
    return this.orderHistory.page(query);
  }

  fills(query: FillQuery): Page<FillRow> {
    return this.fillHistory.page(query);
  }

  strategies(query: StrategyQuery): Page<StrategyRow> {
    return this.strategyHistory.page(query);
  }

  deposits(query: DepositQuery): Page<DepositRow> {
    return this.movements.deposits(query);
  }

  withdrawals(query: WithdrawalQuery): Page<WithdrawalView> {
    return this.movements.withdrawals(query);
  }

  transfers(query: TransferQuery): Page<TransferRow> {
    return this.movements.transfers(query);
  }

  fundingPayments(query: FundingPaymentQuery): Page<FundingPaymentRow> {
    return this.funding.paymentPage(query);
  }

  fundingRates(query: FundingRateQuery): Page<FundingRateRow> {
    return this.funding.ratePage(query);
  }

  interest(query: InterestQuery): Page<InterestRow> {
    return this.lending.interestPage(query);
  }

  settlements(query: SettlementQuery): Page<SettlementRow> {
    return this.settlementHistory.page(query);
  }

  loanMovements(query: LoanMovementQuery): Page<LoanMovementRow> {
    return this.lending.movementPage(query);
  }

  loans(query: LoanQuery): Page<LoanRow> {
    return this.lending.loanPage(query);
  }

  poolHistory(query: PoolQuery): readonly PoolRow[] {
    return this.pools.points(query);
  }

  liquidations(query: LiquidationQuery): Page<LiquidationRow> {
    return this.reports.page(query);
  }

  positions(query: PositionQuery): Page<PositionRow> {
    return this.positionHistory.page(query);
  }

  vaultHistory(query: VaultQuery): readonly VaultRow[] {
    return this.vaults.points(query);
  }

  rfqs(query: RfqQuery): Page<RfqView> {
    return this.quoted.rfqPage(query);
  }

  quotes(query: QuoteQuery): Page<QuoteView> {
    return this.quoted.quotePage(query);
  }

  rfqFills(query: RfqFillQuery): Page<RfqFillRow> {
    return this.quoted.rfqFillPage(query);
  }

  quoteFills(query: RfqFillQuery): Page<RfqFillRow> {
    return this.quoted.quoteFillPage(query);
  }

  dustConversions(query: DustQuery): Page<DustRow> {
    return this.dust.page(query);
  }

  /** The same history gives the same bytes on every machine. */
  save(): Uint8Array {
    const writer = new ByteWriter();
    writer.integer(FORMAT);
    writer.integer(this.next);
    const markets = [...this.markets].sort(([a], [b]) => a - b);
    writer.integer(markets.length);
    for (const [marketId, market] of markets) {
      writer.integer(marketId);
      market.write(writer);
    }
    this.orderHistory.write(writer);
    this.fillHistory.write(writer);
    this.movements.write(writer);
    this.writePerps(writer);
    this.funding.write(writer);
    this.settlementHistory.write(writer);
    this.lending.write(writer);
    this.pools.write(writer);
    this.reports.write(writer);
    this.strategyHistory.write(writer);
    this.positionHistory.write(writer);
    this.vaults.write(writer);
    this.quoted.write(writer);
    this.dust.write(writer);
    return writer.finish();
  }

  /** Throws UnreadableHistory for bytes of another format. */
  static load(bytes: Uint8Array, bounds: HistoryBounds = DEFAULT_BOUNDS): MemoryHistory {
    const reader = new ByteReader(bytes);
    const format = reader.integer();
    if (format !== FORMAT) throw new UnreadableHistory(`saved history has format ${format}, not ${FORMAT}`);
    const history = new MemoryHistory(bounds);
    history.next = reader.integer() as Seq;
    for (let left = reader.count(); left > 0; left -= 1) {
      history.market(reader.integer(), 0 as TimeUs).read(reader);
    }
    history.orderHistory.read(reader);
    history.fillHistory.read(reader);
    history.movements.read(reader);
    for (let left = reader.count(); left > 0; left -= 1) history.perps.set(reader.integer(), reader.integer());
    history.funding.read(reader);
    history.settlementHistory.read(reader);
    history.lending.read(reader);
    history.pools.read(reader);
    history.reports.read(reader);
    history.strategyHistory.read(reader);
    history.positionHistory.read(reader);
    history.vaults.read(reader);
    history.quoted.read(reader);
    history.dust.read(reader);
    reader.end();
    return history;
  }

  private writePerps(writer: ByteWriter): void {
    const perps = [...this.perps].sort(([a], [b]) => a - b);
    writer.integer(perps.length);
    for (const row of perps) for (const value of row) writer.integer(value);
  }
}
