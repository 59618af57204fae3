import type { ExitView, TriggerBy } from '@glasshouse/protocol';
import type { Ticks } from '@glasshouse/units';
import type { State } from './state.js';
import type { ExitTerms } from './trigger-order.js';

/** What is attached to an order that may still fill. */
export type OrderExits = { readonly takeProfit: ExitView | undefined; readonly stopLoss: ExitView | undefined };

function exitView(terms: ExitTerms | undefined): ExitView | undefined {
  if (terms === undefined) return undefined;
  const { triggerTicks, triggerBy, priceTicks } = terms;
  return { triggerTicks: triggerTicks as Ticks, triggerBy: triggerBy as TriggerBy, priceTicks: priceTicks as Ticks };
}

/** Undefined for an order without exits. */
export function exitsOfOrder({ exits }: State, orderId: number): OrderExits | undefined {
  const plan = exits.get(orderId);
  return plan && { takeProfit: exitView(plan.takeProfit), stopLoss: exitView(plan.stopLoss) };
}
