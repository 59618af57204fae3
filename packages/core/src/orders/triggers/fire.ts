// A trigger order whose price has come: from here on it is an ordinary order of its account, under the same id.
import type { AttachedExit, OrderIntent, RejectDetails, TriggerBy } from '@glasshouse/protocol';
import { mulDivFloor } from '@glasshouse/units';
import { reducibleLots } from '../../perps/limits.js';
import type { Market } from '../../state/markets.js';
import type { State } from '../../state/state.js';
import type { TriggerOrder } from '../../state/trigger-order.js';
import { placeOnBehalf } from '../place.js';
import { intentOf, priceOf } from '../stored-terms.js';
import { announceTrigger, type TriggerRefusal } from './events.js';
import { exitDropped, exitFired } from './exits.js';

const WHOLE_SHARE = 10_000;

function exitOf(market: Market, triggerTicks: number, triggerBy: number, priceTicks: number): AttachedExit {
  const exit: AttachedExit = { triggerPrice: priceOf(market, triggerTicks), triggerBy: triggerBy as TriggerBy };
  if (priceTicks > 0) exit.limitPrice = priceOf(market, priceTicks);
  return exit;
}

/** The order with the exits that it will have. */
function intentWithExits(market: Market, order: TriggerOrder, lots: number): OrderIntent {
  const intent = intentOf(market, order, lots);
  const { extras } = intent;
  const { takeProfitTicks, stopLossTicks } = order;
  if (takeProfitTicks > 0) {
    extras.takeProfit = exitOf(market, takeProfitTicks, order.takeProfitBy, order.takeProfitPriceTicks);
  }
  if (stopLossTicks > 0) extras.stopLoss = exitOf(market, stopLossTicks, order.stopLossBy, order.stopLossPriceTicks);
  return { ...intent, clientId: order.clientId };
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
  const refusal = placeOnBehalf(state, order.accountId, intentWithExits(market, order, lots), order);
  if (refusal !== undefined) return refuse(state, order, refusal.reason, refusal.details);
  exitFired(state, order);
}
