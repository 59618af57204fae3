// Pictures of what waits for a price.
import type { ExitView, TriggerBy, TriggerOrderView } from '@glasshouse/protocol';
import type { Lots, Ticks, TimeUs } from '@glasshouse/units';
import type { State } from './state.js';
import type { TriggerOrder } from './trigger-order.js';

/** Trigger orders of the account, and exits that its open and waiting orders may bring: what is counted against its limit. */
export function triggerCount({ triggers, exits }: State, accountId: number): number {
  if (exits.size === 0 && triggers.size === 0) return 0;
  return exits.countOf(accountId) + (triggers.ofAccount(accountId)?.places ?? 0);
}

function exitView(triggerTicks: number, triggerBy: number, priceTicks: number): ExitView | undefined {
  if (triggerTicks === 0) return undefined;
  return { triggerTicks: triggerTicks as Ticks, triggerBy: triggerBy as TriggerBy, priceTicks: priceTicks as Ticks };
}

export function triggerViewOf(order: TriggerOrder, status: TriggerOrderView['status'] = 'waiting'): TriggerOrderView {
  return {
    orderId: order.orderId,
    accountId: order.accountId,
    marketId: order.marketId,
    clientId: order.clientId,
    side: order.side,
    orderType: order.orderType,
    timeInForce: order.timeInForce,
    selfTradePrevention: order.selfTradePrevention,
    postOnly: order.postOnly === 1,
    reduceOnly: order.reduceOnly === 1,
    priceTicks: order.priceTicks as Ticks,
    triggerTicks: order.triggerTicks as Ticks,
    triggerBy: order.triggerBy as TriggerBy,
    whenRising: order.whenRising === 1,
    sizeLots: order.sizeLots as Lots,
    positionShare: order.positionShare,
    takeProfit: exitView(order.takeProfitTicks, order.takeProfitBy, order.takeProfitPriceTicks),
    stopLoss: exitView(order.stopLossTicks, order.stopLossBy, order.stopLossPriceTicks),
    parentOrderId: order.parentOrderId,
    status,
    createdUs: order.createdUs as TimeUs,
  };
}

/** What the account has waiting, oldest first; of one market when given. */
export function triggerOrderViews(state: State, accountId: number, marketId?: number): TriggerOrderView[] {
  const orders = state.triggers.ofAccount(accountId)?.orders ?? [];
  return orders
    .filter((order) => marketId === undefined || order.marketId === marketId)
    .map((order) => triggerViewOf(order));
}

export function triggerOrderView(state: State, orderId: number): TriggerOrderView | undefined {
  const order = state.triggers.get(orderId);
  return order === undefined ? undefined : triggerViewOf(order);
}

export function triggerOrderByClientId(
  state: State,
  accountId: number,
  clientId: number,
): TriggerOrderView | undefined {
  const order = state.triggers.ofAccount(accountId)?.byClientId(clientId);
  return order === undefined ? undefined : triggerViewOf(order);
}
