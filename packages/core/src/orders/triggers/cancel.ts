// Taking back orders that wait for a price.
import type { Market } from '../../state/markets.js';
import type { State } from '../../state/state.js';
import type { TriggerOrder } from '../../state/trigger-order.js';
import { announceTrigger } from './events.js';
import { exitDropped } from './exits.js';

/** The account's waiting order in that market, by id or, when that is below 0, by client id. */
export function waitingOrder(
  state: State,
  accountId: number,
  market: Market,
  orderId: number,
  clientId: number,
): TriggerOrder | undefined {
  const { triggers } = state;
  const order = orderId >= 0 ? triggers.get(orderId) : triggers.ofAccount(accountId)?.byClientId(clientId);
  return order?.accountId === accountId && order.marketId === market.marketId ? order : undefined;
}

export function cancelTrigger(state: State, order: TriggerOrder): void {
  state.triggers.remove(order);
  announceTrigger(state, order, 'cancelled');
  exitDropped(state, order);
}

/** Everything that the account has waiting, oldest first; in one market when given. */
export function cancelTriggersOf(state: State, accountId: number, only?: Market): void {
  const waiting = state.triggers.ofAccount(accountId)?.orders ?? [];
  for (const order of [...waiting]) {
    if (only === undefined || order.marketId === only.marketId) cancelTrigger(state, order);
  }
}
