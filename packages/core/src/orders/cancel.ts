// Taking back open orders, one, all of a market, or a part of one.
import type { CancelAllOrders, CancelOrder, ReduceOrder } from '@glasshouse/protocol';
import { rescale } from '@glasshouse/units';
import type { Market } from '../state/markets.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { decimalText, quantityText } from '../state/texts.js';
import { removeOrder } from './removal.js';
import { shrinkOrder } from './shrink.js';

function marketOf(state: State, symbol: string): Market | undefined {
  const market = state.markets.bySymbol(symbol);
  if (market === undefined) reject(state, 'marketUnknown', { symbol });
  return market;
}

/** The signer's open order in that market; 0 after a reject. */
function ownOrder(state: State, market: Market, orderId: number, clientId: number): number {
  const { pool, scope } = state;
  const handle = orderId >= 0 ? state.orderIds.get(orderId) : state.clientIds.get(scope.accountId, clientId);
  if (handle !== 0 && pool.accountId(handle) === scope.accountId && pool.marketId(handle) === market.marketId) {
    return handle;
  }
  reject(state, 'orderUnknown', orderId >= 0 ? { orderId: String(orderId) } : { clientId });
  return 0;
}

export function cancelOrder(state: State, command: CancelOrder): void {
  const market = marketOf(state, command.symbol);
  if (market === undefined) return;
  const handle = ownOrder(state, market, command.orderId, command.clientId);
  if (handle !== 0) removeOrder(state, market, handle);
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
  if (market === undefined || command.orderType === 'ConditionalOrder') return;
  cancelOrdersOf(state, state.scope.accountId, market);
}

export function reduceOrder(state: State, command: ReduceOrder): void {
  const market = marketOf(state, command.symbol);
  if (market === undefined) return;
  const handle = ownOrder(state, market, command.orderId, -1);
  if (handle === 0) return;
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
