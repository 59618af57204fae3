// Taking back orders, open or waiting: one, all of a market, or a part of one.
import type { CancelAllOrders, CancelOrder, ReduceOrder } from '@glasshouse/protocol';
import { rescale } from '@glasshouse/units';
import type { Market } from '../state/markets.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { decimalText, quantityText } from '../state/texts.js';
import { removeOrder } from './removal.js';
import { shrinkOrder } from './shrink.js';
import { cancelTrigger, cancelTriggersOf, waitingOrder } from './triggers/cancel.js';

function marketOf(state: State, symbol: string): Market | undefined {
  const market = state.markets.bySymbol(symbol);
  if (market === undefined) reject(state, 'marketUnknown', { symbol });
  return market;
}

/** The signer's open order in that market, 0 when it has none of that id. */
function ownOrder(state: State, market: Market, orderId: number, clientId: number): number {
  const { pool, scope } = state;
  const handle = orderId >= 0 ? state.orderIds.get(orderId) : state.clientIds.get(scope.accountId, clientId);
  const own = handle !== 0 && pool.accountId(handle) === scope.accountId && pool.marketId(handle) === market.marketId;
  return own ? handle : 0;
}

export function cancelOrder(state: State, command: CancelOrder): void {
  const market = marketOf(state, command.symbol);
  if (market === undefined) return;
  const { orderId, clientId } = command;
  const handle = ownOrder(state, market, orderId, clientId);
  if (handle !== 0) return removeOrder(state, market, handle);
  const waiting = waitingOrder(state, state.scope.accountId, market, orderId, clientId);
  if (waiting !== undefined) return cancelTrigger(state, waiting);
  reject(state, 'orderUnknown', orderId >= 0 ? { orderId: String(orderId) } : { clientId });
}

/** Takes every open order of an account off its book, oldest first; of one market when given. */
export function cancelOrdersOf(state: State, accountId: number, only?: Market): void {
  const { pool, accounts, markets } = state;
  let handle = accounts.firstOrder[accountId] as number;
  while (handle !== 0) {
    const next = pool.accountNext(handle);
    const market = markets.get(pool.marketId(handle));
    if (market !== undefined && (only === undefined || market === only)) removeOrder(state, market, handle);
    handle = next;
  }
}

export function cancelAllOrders(state: State, command: CancelAllOrders): void {
  const market = marketOf(state, command.symbol);
  if (market === undefined) return;
  const { accountId } = state.scope;
  if (command.orderType !== 'ConditionalOrder') cancelOrdersOf(state, accountId, market);
  if (command.orderType !== 'RestingLimitOrder') cancelTriggersOf(state, accountId, market);
}

export function reduceOrder(state: State, command: ReduceOrder): void {
  const market = marketOf(state, command.symbol);
  if (market === undefined) return;
  const handle = ownOrder(state, market, command.orderId, -1);
  if (handle === 0) return reject(state, 'orderUnknown', { orderId: String(command.orderId) });
  const { digits, scale } = command.quantity;
  const { stepDigits, stepScale } = market.filters;
  const units = rescale(command.quantity, stepScale);
  const quantity = decimalText(digits, scale);
  if (units === undefined || units % stepDigits !== 0) {
    reject(state, 'quantityNotOnStep', { quantity, stepSize: decimalText(stepDigits, stepScale) });
    return;
  }
  if (units === 0) return reject(state, 'quantityBelowMinimum', { quantity, minQuantity: quantityText(market, 1) });
  const mostLots = state.pool.remainingLots(handle) - 1;
  if (units / stepDigits > mostLots) {
    reject(state, 'quantityAboveMaximum', { quantity, maxQuantity: quantityText(market, mostLots) });
    return;
  }
  shrinkOrder(state, market, handle, units / stepDigits);
}
