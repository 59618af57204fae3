// The arriving order while it is admitted, matched and put to rest. One instance serves all orders: nothing is allocated.
import type { ExpiryReason, OrderView, SelfTradePrevention, Side, TimeInForce } from '@glasshouse/protocol';
import {
  ORDER_STATUS,
  ORDER_TYPE,
  type OrderStatus,
  type OrderType,
  SELF_TRADE_PREVENTION,
  SIDE,
  TIME_IN_FORCE,
} from '@glasshouse/protocol';
import type { Atoms, FeePpm, Lots, Ticks, TimeUs } from '@glasshouse/units';
import { ORDER_FLAG } from '../state/order-flags.js';
import type { ExitTerms } from '../state/trigger-order.js';

export class Taker {
  orderId = 0;
  accountId = 0;
  marketId = 0;
  clientId = -1;
  side: Side = SIDE.bid;
  orderType: OrderType = ORDER_TYPE.limit;
  timeInForce: TimeInForce = TIME_IN_FORCE.goodTillCancelled;
  selfTradePrevention: SelfTradePrevention = SELF_TRADE_PREVENTION.rejectTaker;
  postOnly = false;
  reduceOnly = false;
  /** What it asks of lending, as bits of ORDER_FLAG. */
  lendingFlags = 0;
  /** 0 for a market order. */
  priceTicks = 0;
  /** 0 for a market order by quote quantity. */
  sizeLots = 0;
  /** 0 unless a market order by quote quantity. */
  quoteSizeAtoms = 0;
  makerFeePpm = 0 as FeePpm;
  takerFeePpm = 0 as FeePpm;
  createdUs = 0 as TimeUs;

  /** Whose slice it is, 0 for none. */
  strategyId = 0;

  /** Worst price by its own slippage tolerance. */
  toleranceTicks = 0;
  takeProfit: ExitTerms | undefined = undefined;
  stopLoss: ExitTerms | undefined = undefined;
  /** It has waited as a trigger order. */
  triggered = false;
  /** The exchange closes with it what an account cannot hold any longer. */
  isLiquidation = false;

  /** Worst price at which it may fill: its own limit or the edge of the bands. */
  matchTicks = 0;
  /** Why the rest of it expires at that edge. */
  edgeReason: ExpiryReason = 'PriceImpact';
  filledLots = 0;
  filledQuoteAtoms = 0 as Atoms;
  /** Nothing is left to fill: the size, or less than a lot of the quote quantity. */
  complete = false;
  /** Why matching stopped before the size was filled, if not for lack of makers. */
  stopped: ExpiryReason | undefined = undefined;
  /** Why the rest of it expired, if it did. */
  expired: ExpiryReason | undefined = undefined;

  get remainingLots(): number {
    return this.sizeLots - this.filledLots;
  }

  /** Bits of ORDER_FLAG that it keeps while it rests. */
  get flags(): number {
    const reduceOnly = this.reduceOnly ? ORDER_FLAG.reduceOnly : 0;
    const hasExits = this.takeProfit !== undefined || this.stopLoss !== undefined ? ORDER_FLAG.hasExits : 0;
    const slice = this.strategyId === 0 ? 0 : ORDER_FLAG.slice;
    return reduceOnly | hasExits | (this.triggered ? ORDER_FLAG.triggered : 0) | slice | this.lendingFlags;
  }

  get autoBorrow(): boolean {
    return (this.lendingFlags & ORDER_FLAG.autoBorrow) !== 0;
  }

  get byQuote(): boolean {
    return this.quoteSizeAtoms !== 0;
  }

  view(status: OrderStatus): OrderView {
    return {
      orderId: this.orderId,
      accountId: this.accountId,
      marketId: this.marketId,
      clientId: this.clientId,
      side: this.side,
      orderType: this.orderType,
      timeInForce: this.timeInForce,
      selfTradePrevention: this.selfTradePrevention,
      postOnly: this.postOnly,
      reduceOnly: this.reduceOnly,
      priceTicks: this.priceTicks as Ticks,
      sizeLots: this.sizeLots as Lots,
      quoteSizeAtoms: this.quoteSizeAtoms as Atoms,
      filledLots: this.filledLots as Lots,
      filledQuoteAtoms: this.filledQuoteAtoms,
      status,
      createdUs: this.createdUs,
      strategyId: this.strategyId === 0 ? undefined : this.strategyId,
    };
  }

  statusAfterFill(): OrderStatus {
    return this.complete ? ORDER_STATUS.filled : ORDER_STATUS.partiallyFilled;
  }
}
