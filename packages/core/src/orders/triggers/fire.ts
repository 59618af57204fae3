// A trigger order whose price has come: from here on it is an ordinary order of its account, under the same id.
import {
  type AttachedExit,
  type DecimalText,
  ORDER_TYPE,
  type OrderExtras,
  type OrderIntent,
  type RejectDetails,
  type TriggerBy,
} from '@glasshouse/protocol';
import { mulDivFloor } from '@glasshouse/units';
import { reducibleLots } from '../../perps/limits.js';
import type { Market } from '../../state/markets.js';
import { ORDER_FLAG } from '../../state/order-flags.js';
import type { State } from '../../state/state.js';
import type { TriggerOrder } from '../../state/trigger-order.js';
import { placeOnBehalf } from '../place.js';
import { announceTrigger, type TriggerRefusal } from './events.js';
import { exitDropped, exitFired } from './exits.js';

const WHOLE_SHARE = 10_000;
const PERCENT_SCALE = 6;

function priceOf({ filters }: Market, ticks: number): DecimalText {
  return { digits: ticks * filters.tickDigits, scale: filters.tickScale };
}

function exitOf(market: Market, triggerTicks: number, triggerBy: number, priceTicks: number): AttachedExit {
  const exit: AttachedExit = { triggerPrice: priceOf(market, triggerTicks), triggerBy: triggerBy as TriggerBy };
  if (priceTicks > 0) exit.limitPrice = priceOf(market, priceTicks);
  return exit;
}

function extrasOf(market: Market, order: TriggerOrder): OrderExtras {
  const { flags, toleranceTicks, toleranceMillionths, takeProfitTicks, stopLossTicks } = order;
  const extras: OrderExtras = {
    autoBorrow: (flags & ORDER_FLAG.autoBorrow) !== 0,
    autoBorrowRepay: (flags & ORDER_FLAG.autoBorrowRepay) !== 0,
    autoLend: (flags & ORDER_FLAG.autoLend) !== 0,
    autoLendRedeem: (flags & ORDER_FLAG.autoLendRedeem) !== 0,
  };
  if (toleranceTicks > 0) extras.slippageTolerance = { digits: toleranceTicks, scale: 0, percent: false };
  if (toleranceMillionths > 0) {
    extras.slippageTolerance = { digits: toleranceMillionths, scale: PERCENT_SCALE, percent: true };
  }
  if (takeProfitTicks > 0) {
    extras.takeProfit = exitOf(market, takeProfitTicks, order.takeProfitBy, order.takeProfitPriceTicks);
  }
  if (stopLossTicks > 0) extras.stopLoss = exitOf(market, stopLossTicks, order.stopLossBy, order.stopLossPriceTicks);
  return extras;
}

/** The order as its owner would ask for it now. */
function intentOf(market: Market, order: TriggerOrder, lots: number): OrderIntent {
  const { symbol, filters } = market;
  const limit = order.orderType === ORDER_TYPE.limit;
  const price = priceOf(market, order.priceTicks);
  return {
    symbol,
    side: order.side,
    orderType: order.orderType,
    timeInForce: order.timeInForce,
    postOnly: order.postOnly === 1,
    selfTradePrevention: order.selfTradePrevention,
    clientId: order.clientId,
    priceDigits: limit ? price.digits : -1,
    priceScale: price.scale,
    quantityDigits: lots * filters.stepDigits,
    quantityScale: filters.stepScale,
    quoteQuantityDigits: -1,
    quoteQuantityScale: 0,
    reduceOnly: order.reduceOnly === 1,
    extras: extrasOf(market, order),
  };
}

/** A share of the position, rounded down; what closes is never more than the position. */
function lotsNow(order: TriggerOrder, reducible: number): number {
  if (order.positionShare > 0) return mulDivFloor(reducible, order.positionShare, WHOLE_SHARE);
  return order.reduceOnly === 1 ? Math.min(order.sizeLots, reducible) : order.sizeLots;
}

function refuse(state: State, order: TriggerOrder, reason: TriggerRefusal, details: RejectDetails = {}): void {
  announceTrigger(state, order, 'expired', reason, details);
  exitDropped(state, order);
}

export function fire(state: State, market: Market, order: TriggerOrder): void {
  state.triggers.remove(order);
  announceTrigger(state, order, 'triggered');
  const reducible = order.reduceOnly === 1 ? reducibleLots(state, order.accountId, market, order.side) : 0;
  if (order.reduceOnly === 1 && reducible === 0) return refuse(state, order, 'StopWithoutPosition');
  const lots = lotsNow(order, reducible);
  if (lots === 0) return refuse(state, order, 'InvalidQuantity');
  const refusal = placeOnBehalf(state, order.accountId, intentOf(market, order, lots), order);
  if (refusal !== undefined) return refuse(state, order, refusal.reason, refusal.details);
  exitFired(state, order);
}
