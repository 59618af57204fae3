// What each event means for the past that is told: which lists take it, and with what. How the lists keep it is theirs.
import {
  type Event,
  MARKET_KIND,
  type MarketView,
  type OrderFilled,
  type OrderView,
  originOf,
  originsIn,
  type PerpPriceView,
  type RequestOrigins,
  type TradeView,
  type TriggerOrderChanged,
} from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import type { Committed, Moment } from './committed.js';
import type { DustHistory } from './dust-history.js';
import type { FillRecorder } from './fill-recorder.js';
import type { FundingHistory } from './funding-history.js';
import { type Flows, recordLiquidation, settleCovered } from './liquidation/flows.js';
import type { LiquidationHistory } from './liquidation/liquidation-history.js';
import type { LoanRecorder } from './loan-recorder.js';
import type { MovementHistory } from './movement-history.js';
import type { OrderHistory } from './order-history.js';
import type { PoolHistory } from './pool-history.js';
import type { PositionRecorder } from './positions/position-recorder.js';
import type { EndReason } from './queries.js';
import type { RfqHistory } from './rfq-history.js';
import type { SettlementRecorder } from './settlement-recorder.js';

import type { StrategyHistory } from './strategy-history.js';
import type { VaultHistory } from './vault-history.js';

export interface TradeRecorder {
  record(trade: TradeView, timeUs: TimeUs): void;
  /** A market that has just been listed. */
  begin(market: MarketView): void;
  /** A perpetual's mark and index after a sample. */
  recordPrices(price: PerpPriceView): void;
}

/** Where rows go. */
export type Recorders = {
  readonly trades: TradeRecorder;
  readonly orders: Pick<OrderHistory, 'record' | 'recordTrigger'>;
  readonly fills: FillRecorder;
  readonly movements: Pick<MovementHistory, 'recordDeposit' | 'recordTransfer' | 'recordWithdrawal'>;
  readonly funding: Pick<FundingHistory, 'recordPayment' | 'recordRate'>;
  readonly settlements: SettlementRecorder;
  readonly loans: LoanRecorder;
  readonly pools: Pick<PoolHistory, 'record'>;
  readonly liquidations: Pick<LiquidationHistory, 'record'>;
  readonly strategies: Pick<StrategyHistory, 'record'>;
  readonly positions: PositionRecorder;
  readonly vaults: Pick<VaultHistory, 'record'>;
  readonly quoted: Pick<RfqHistory, 'recordRfq' | 'recordQuote' | 'recordFill'>;
  readonly dust: Pick<DustHistory, 'record'>;
  /** Settlement asset by perpetual. */
  readonly perps: Map<number, number>;
};

/** Why an order was cancelled; undefined when its owner wanted that. */
function cancelReason({ accountId }: { readonly accountId: number }, { liquidated }: RequestOrigins) {
  return liquidated.has(accountId) ? ('Liquidation' as const) : undefined;
}

export class Fold {
  private readonly flows: Flows;

  constructor(private readonly parts: Recorders) {
    const { fills, settlements, loans, positions, perps } = parts;
    this.flows = { fills, settlements, loans, positions, perps, covered: new Map() };
  }

  apply(committed: Committed): void {
    const origins = originsIn(committed.events);
    for (const event of committed.events) this.fold(event, committed, origins);
    if (this.flows.covered.size > 0) settleCovered(this.flows, committed);
  }

  private fold(event: Event, moment: Moment, origins: RequestOrigins): void {
    this.foldTrading(event, moment, origins);
    this.foldMovements(event, moment.timeUs);
    this.foldPositions(event);
    this.foldSettlement(event, moment);
    this.foldLending(event, moment);
    this.foldLiquidation(event, moment);
    this.foldQuoting(event, moment.timeUs);
  }

  private foldTrading(event: Event, moment: Moment, origins: RequestOrigins): void {
    const { timeUs } = moment;
    switch (event.kind) {
      case 'traded':
        this.parts.trades.record(event.trade, timeUs);
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
        this.parts.orders.recordTrigger(event.order, { reason: undefined, origin: 'user', timeUs });
        break;
      case 'triggerOrderChanged':
        this.foldTrigger(event, timeUs, origins);
        break;
      case 'strategyCreated':
      case 'strategySliced':
      case 'strategyEnded':
        this.parts.strategies.record(event.strategy, timeUs);
        break;
      case 'marketListed':
        this.list(event.market);
        break;
    }
  }

  private foldOrder(order: OrderView, reason: EndReason | undefined, timeUs: TimeUs, origins: RequestOrigins): void {
    this.parts.orders.record(order, { reason, origin: originOf(origins, order.orderId), timeUs });
  }

  private foldTrigger({ order, reason }: TriggerOrderChanged, timeUs: TimeUs, origins: RequestOrigins): void {
    const cancelled = order.status === 'cancelled' ? cancelReason(order, origins) : undefined;
    this.parts.orders.recordTrigger(order, { reason: reason ?? cancelled, origin: 'user', timeUs });
  }

  private foldFill({ order, fill }: OrderFilled, moment: Moment, origins: RequestOrigins): void {
    const origin = originOf(origins, order.orderId);
    const news = { reason: undefined, origin, timeUs: moment.timeUs };
    this.parts.orders.record(order, news);
    this.parts.fills.record(order, fill, news);
    if (!this.parts.perps.has(order.marketId)) return;
    const { accountId, marketId, side } = order;
    const liquidates = origin === 'liquidation';
    this.parts.positions.recordFill({ ...fill, accountId, marketId, side, liquidates }, moment.timeUs);
    this.parts.settlements.recordFee(order, fill, origin, moment);
  }

  private foldPositions(event: Event): void {
    switch (event.kind) {
      case 'positionOpened':
        this.parts.positions.recordOpened(event);
        break;
      case 'fundingPaid':
        this.parts.positions.recordFunding(event);
        break;
      case 'positionChanged':
        this.parts.positions.recordView(event.position);
        break;
      case 'perpPriceChanged':
        this.parts.positions.recordMark(event.price);
        this.parts.trades.recordPrices(event.price);
        break;
    }
  }

  private foldMovements(event: Event, timeUs: TimeUs): void {
    switch (event.kind) {
      case 'depositCredited':
        this.parts.movements.recordDeposit(event, timeUs);
        break;
      case 'transferred':
        this.parts.movements.recordTransfer(event, timeUs);
        break;
      case 'withdrawalRequested':
      case 'withdrawalConfirmed':
      case 'withdrawalReleased':
      case 'withdrawalCancelled':
        this.parts.movements.recordWithdrawal(event.withdrawal);
        break;
    }
  }

  private foldSettlement(event: Event, moment: Moment): void {
    switch (event.kind) {
      case 'fundingPaid':
        this.parts.funding.recordPayment(event, moment.timeUs);
        this.parts.settlements.recordFunding(event, this.settlementAsset(event.marketId), moment);
        break;
      case 'fundingRateSet':
        this.parts.funding.recordRate(event);
        break;
      case 'pnlSettled':
        this.parts.settlements.recordPnl(event, this.settlementAsset(event.marketId), moment);
        break;
      case 'cashSettled':
        this.parts.settlements.recordCash(event, moment);
        break;
    }
  }

  private foldLending(event: Event, moment: Moment): void {
    switch (event.kind) {
      case 'borrowLendChanged':
        this.parts.loans.recordMovement(event, moment);
        break;
      case 'interestPosted':
        this.parts.loans.recordInterest(event, moment);
        break;
      case 'balanceChanged':
        this.parts.loans.recordBalance(event.balance, moment);
        break;
      case 'poolChanged':
        this.parts.pools.record(event.pool, moment.timeUs);
        break;
      case 'vaultNavSampled':
        this.parts.vaults.record(event);
        break;
    }
  }

  private foldLiquidation(event: Event, moment: Moment): void {
    this.parts.liquidations.record(event, moment.timeUs);
    recordLiquidation(this.flows, event, moment);
  }

  private foldQuoting(event: Event, timeUs: TimeUs): void {
    switch (event.kind) {
      case 'rfqOpened':
      case 'rfqRefreshed':
      case 'rfqClosed':
        this.parts.quoted.recordRfq(event.rfq);
        break;
      case 'quoteOpened':
      case 'quoteClosed':
        this.parts.quoted.recordQuote(event.quote);
        break;
      case 'rfqFilled':
        this.parts.quoted.recordFill(event, timeUs);
        this.parts.fills.recordQuoted(event, timeUs);
        break;
      case 'dustConverted':
        this.parts.dust.record(event, timeUs);
        break;
    }
  }

  private list(market: MarketView): void {
    this.parts.trades.begin(market);
    if (market.kind === MARKET_KIND.perp) this.parts.perps.set(market.marketId, market.quoteAssetId);
  }

  private settlementAsset(marketId: number): number {
    return this.parts.perps.get(marketId) ?? 0;
  }
}
