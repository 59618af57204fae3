// The read models in memory: folds committed requests in order, forgets what its bounds do not hold. It can be dropped and
// rebuilt from the log at any time; `save` beside a snapshot of the core only spares that work.
import type { Event, WithdrawalView } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import { DEFAULT_BOUNDS, type HistoryBounds } from './bounds.js';
import type { Committed } from './committed.js';
import { ByteReader, ByteWriter, UnreadableHistory } from './encoding.js';
import { FillHistory } from './fill-history.js';
import { MarketHistory } from './market-history.js';
import { MovementHistory } from './movement-history.js';
import { OrderHistory } from './order-history.js';
import type {
  CandleQuery,
  CandleRow,
  DepositQuery,
  DepositRow,
  FillQuery,
  FillRow,
  HistoryQueries,
  MarketStatistics,
  OrderQuery,
  OrderRow,
  Page,
  TickerQuery,
  TickerRow,
  TradeQuery,
  TradeRow,
  TransferQuery,
  TransferRow,
  WithdrawalQuery,
} from './queries.js';

const FORMAT = 1;

export class MemoryHistory implements HistoryQueries, MarketStatistics {
  private readonly markets = new Map<number, MarketHistory>();
  private readonly orderHistory: OrderHistory;
  private readonly fillHistory: FillHistory;
  private readonly movements: MovementHistory;
  private next = 0 as Seq;

  constructor(private readonly bounds: HistoryBounds = DEFAULT_BOUNDS) {
    this.orderHistory = new OrderHistory(bounds.orders);
    this.fillHistory = new FillHistory(bounds.fills);
    this.movements = new MovementHistory(bounds.movements);
  }

  /** The first request that has not been folded yet. */
  get nextSeq(): Seq {
    return this.next;
  }

  /** Requests that have been folded before are ignored. */
  apply(committed: Committed): void {
    if (committed.seq < this.next) return;
    for (const event of committed.events) this.fold(event, committed.timeUs);
    this.next = (committed.seq + 1) as Seq;
  }

  private fold(event: Event, timeUs: TimeUs): void {
    switch (event.kind) {
      case 'traded':
        this.market(event.trade.marketId, timeUs).add(event.trade, timeUs);
        break;
      case 'orderFilled':
        this.orderHistory.record(event.order, undefined, timeUs);
        this.fillHistory.record(event.order, event.fill, timeUs);
        break;
      case 'orderAccepted':
      case 'orderCancelled':
      case 'orderReduced':
        this.orderHistory.record(event.order, undefined, timeUs);
        break;
      case 'orderExpired':
        this.orderHistory.record(event.order, event.reason, timeUs);
        break;
      case 'marketListed':
        this.market(event.market.marketId, event.market.createdUs);
        break;
      case 'depositCredited':
        this.movements.recordDeposit(event, timeUs);
        break;
      case 'transferred':
        this.movements.recordTransfer(event, timeUs);
        break;
      case 'withdrawalRequested':
      case 'withdrawalConfirmed':
        this.movements.recordWithdrawal(event.withdrawal);
        break;
    }
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

  deposits(query: DepositQuery): Page<DepositRow> {
    return this.movements.deposits(query);
  }

  withdrawals(query: WithdrawalQuery): Page<WithdrawalView> {
    return this.movements.withdrawals(query);
  }

  transfers(query: TransferQuery): Page<TransferRow> {
    return this.movements.transfers(query);
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
    reader.end();
    return history;
  }
}
