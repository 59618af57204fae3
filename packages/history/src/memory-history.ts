// The read models in memory: folds committed requests in order, forgets what its bounds do not hold. It can be dropped and
// rebuilt from the log at any time; `save` beside a snapshot of the core only spares that work.
import {
  type Event,
  MARKET_KIND,
  type MarketView,
  type OrderFilled,
  type OrderView,
  originOf,
  originsIn,
  type QuoteView,
  type RequestOrigins,
  type RfqView,
  type TriggerOrderChanged,
  type WithdrawalView,
} from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import { DEFAULT_BOUNDS, type HistoryBounds } from './bounds.js';
import type { Committed } from './committed.js';
import { DustHistory } from './dust-history.js';
import { ByteReader, ByteWriter, UnreadableHistory } from './encoding.js';
import { FillHistory } from './fill-history.js';
import { FundingHistory } from './funding-history.js';
import { type Flows, recordLiquidation, settleCovered } from './liquidation/flows.js';
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
  EndReason,
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
import { type Moment, SettlementHistory } from './settlement-history.js';
import { StrategyHistory } from './strategy-history.js';
import { VaultHistory } from './vault-history.js';

const FORMAT = 8;

/** Why an order was cancelled; undefined when its owner wanted that. */
function cancelReason({ accountId }: { readonly accountId: number }, { liquidated }: RequestOrigins) {
  return liquidated.has(accountId) ? ('Liquidation' as const) : undefined;
}

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
  private readonly flows: Flows;
  private next = 0 as Seq;

  constructor(private readonly bounds: HistoryBounds = DEFAULT_BOUNDS) {
    this.orderHistory = new OrderHistory(bounds.orders);
    this.fillHistory = new FillHistory(bounds.fills);
    this.movements = new MovementHistory(bounds.movements);
    this.funding = new FundingHistory(bounds);
    this.positionHistory = new PositionHistory(bounds.accruals);
    const { positionHistory: positions } = this;
    this.settlementHistory = new SettlementHistory(bounds.accruals, positions);
    this.lending = new LoanHistory(bounds.accruals);
    this.pools = new PoolHistory(bounds.poolHoursPerAsset);
    this.vaults = new VaultHistory(bounds.poolHoursPerAsset);
    this.reports = new LiquidationHistory(bounds.liquidations);
    this.strategyHistory = new StrategyHistory(bounds.movements);
    this.quoted = new RfqHistory(bounds.accruals);
    this.dust = new DustHistory(bounds.movements);
    const { fillHistory: fills, settlementHistory: settlements, lending: loans, perps } = this;
    this.flows = { fills, settlements, loans, positions, perps, covered: new Map() };
  }

  /** The first request that has not been folded yet. */
  get nextSeq(): Seq {
    return this.next;
  }

  /** Requests that have been folded before are ignored. */
  apply(committed: Committed): void {
    if (committed.seq < this.next) return;
    const origins = originsIn(committed.events);
    for (const event of committed.events) this.fold(event, committed, origins);
    if (this.flows.covered.size > 0) settleCovered(this.flows, committed);
    this.next = (committed.seq + 1) as Seq;
  }

  private fold(event: Event, moment: Moment, origins: RequestOrigins): void {
    this.foldTrading(event, moment, origins);
    this.foldMovements(event, moment.timeUs);
    this.foldPositions(event);
    this.foldSettlement(event, moment);
    this.foldLending(event, moment.timeUs);
    this.foldLiquidation(event, moment);
    this.foldQuoting(event, moment.timeUs);
  }

  private foldTrading(event: Event, moment: Moment, origins: RequestOrigins): void {
    const { timeUs } = moment;
    switch (event.kind) {
      case 'traded':
        this.market(event.trade.marketId, timeUs).add(event.trade, timeUs);
        break;
      case 'orderFilled':
        this.foldFill(event, moment, origins);
        break;
      case 'orderAccepted':
      case 'orderReduced':
        this.foldOrder(event.order, undefined, timeUs, origins);
        break;
      case 'orderCancelled':
        this.foldOrder(event.order, cancelReason(event.order, origins), timeUs, origins);
        break;
      case 'orderExpired':
        this.foldOrder(event.order, event.reason, timeUs, origins);
        break;
      case 'triggerOrderAccepted':
        this.orderHistory.recordTrigger(event.order, { reason: undefined, origin: 'user', timeUs });
        break;
      case 'triggerOrderChanged':
        this.foldTrigger(event, timeUs, origins);
        break;
      case 'strategyCreated':
      case 'strategySliced':
      case 'strategyEnded':
        this.strategyHistory.record(event.strategy, timeUs);
        break;
      case 'marketListed':
        this.list(event.market);
        break;
    }
  }

  private foldOrder(order: OrderView, reason: EndReason | undefined, timeUs: TimeUs, origins: RequestOrigins): void {
    this.orderHistory.record(order, { reason, origin: originOf(origins, order.orderId), timeUs });
  }

  private foldTrigger({ order, reason }: TriggerOrderChanged, timeUs: TimeUs, origins: RequestOrigins): void {
    const cancelled = order.status === 'cancelled' ? cancelReason(order, origins) : undefined;
    this.orderHistory.recordTrigger(order, { reason: reason ?? cancelled, origin: 'user', timeUs });
  }

  private foldFill({ order, fill }: OrderFilled, moment: Moment, origins: RequestOrigins): void {
    const origin = originOf(origins, order.orderId);
    const news = { reason: undefined, origin, timeUs: moment.timeUs };
    this.orderHistory.record(order, news);
    this.fillHistory.record(order, fill, news);
    if (!this.perps.has(order.marketId)) return;
    const { accountId, marketId, side } = order;
    const liquidates = origin === 'liquidation';
    this.positionHistory.recordFill({ ...fill, accountId, marketId, side, liquidates }, moment.timeUs);
    this.settlementHistory.recordFee(order, fill, origin, moment);
  }

  private foldPositions(event: Event): void {
    switch (event.kind) {
      case 'positionOpened':
        this.positionHistory.recordOpened(event);
        break;
      case 'fundingPaid':
        this.positionHistory.recordFunding(event);
        break;
      case 'positionChanged':
        this.positionHistory.recordView(event.position);
        break;
      case 'perpPriceChanged':
        this.positionHistory.recordMark(event.price);
        break;
    }
  }

  private foldMovements(event: Event, timeUs: TimeUs): void {
    switch (event.kind) {
      case 'depositCredited':
        this.movements.recordDeposit(event, timeUs);
        break;
      case 'transferred':
        this.movements.recordTransfer(event, timeUs);
        break;
      case 'withdrawalRequested':
      case 'withdrawalConfirmed':
      case 'withdrawalReleased':
      case 'withdrawalCancelled':
        this.movements.recordWithdrawal(event.withdrawal);
        break;
    }
  }

  private foldSettlement(event: Event, moment: Moment): void {
    switch (event.kind) {
      case 'fundingPaid':
        this.funding.recordPayment(event, moment.timeUs);
        this.settlementHistory.recordFunding(event, this.settlementAsset(event.marketId), moment);
        break;
      case 'fundingRateSet':
        this.funding.recordRate(event);
        break;
      case 'pnlSettled':
        this.settlementHistory.recordPnl(event, this.settlementAsset(event.marketId), moment);
        break;
      case 'cashSettled':
        this.settlementHistory.recordCash(event, moment);
        break;
    }
  }

  private foldLending(event: Event, timeUs: TimeUs): void {
    switch (event.kind) {
      case 'borrowLendChanged':
        this.lending.recordMovement(event, timeUs);
        break;
      case 'interestPosted':
        this.lending.recordInterest(event, timeUs);
        break;
      case 'balanceChanged':
        this.lending.recordBalance(event.balance, timeUs);
        break;
      case 'poolChanged':
        this.pools.record(event.pool, timeUs);
        break;
      case 'vaultNavSampled':
        this.vaults.record(event);
        break;
    }
  }

  private foldLiquidation(event: Event, moment: Moment): void {
    this.reports.record(event, moment.timeUs);
    recordLiquidation(this.flows, event, moment);
  }

  private foldQuoting(event: Event, timeUs: TimeUs): void {
    switch (event.kind) {
      case 'rfqOpened':
      case 'rfqRefreshed':
      case 'rfqClosed':
        this.quoted.recordRfq(event.rfq);
        break;
      case 'quoteOpened':
      case 'quoteClosed':
        this.quoted.recordQuote(event.quote);
        break;
      case 'rfqFilled':
        this.quoted.recordFill(event, timeUs);
        this.fillHistory.recordQuoted(event, timeUs);
        break;
      case 'dustConverted':
        this.dust.record(event, timeUs);
        break;
    }
  }

  private list({ marketId, kind, quoteAssetId, createdUs }: MarketView): void {
    this.market(marketId, createdUs);
    if (kind === MARKET_KIND.perp) this.perps.set(marketId, quoteAssetId);
  }

  private settlementAsset(marketId: number): number {
    return this.perps.get(marketId) ?? 0;
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
