// Exits attached to an order, looked at when it comes: they must be ahead of the price at which it would begin to fill.
import { ORDER_TYPE, SIDE, type Side, TRIGGER_BY, type TriggerBy } from '@glasshouse/protocol';
import type { Market } from '../../state/markets.js';
import { reject } from '../../state/reject.js';
import type { State } from '../../state/state.js';
import { priceText } from '../../state/texts.js';
import type { ExitTerms } from '../../state/trigger-order.js';
import { priceNow } from './prices.js';

export type Exits = { readonly takeProfit: ExitTerms | undefined; readonly stopLoss: ExitTerms | undefined };
/** Of an arriving order. */
export type Entry = Exits & { readonly side: Side; readonly orderType: number; readonly priceTicks: number };

export function exitCount({ takeProfit, stopLoss }: Exits): number {
  return (takeProfit === undefined ? 0 : 1) + (stopLoss === undefined ? 0 : 1);
}

/** Best price at which an order of this side and limit would begin to fill; 0 when a market order has nothing to meet. */
function entryTicks(market: Market, { side, orderType, priceTicks }: Entry): number {
  const best = market.book.bestTicks(side === SIDE.bid ? SIDE.ask : SIDE.bid);
  if (orderType === ORDER_TYPE.market) return best;
  if (best === 0) return priceTicks;
  return side === SIDE.bid ? Math.min(best, priceTicks) : Math.max(best, priceTicks);
}

function ahead(state: State, market: Market, exit: ExitTerms | undefined, above: boolean, entry: number): boolean {
  if (exit === undefined || (above ? exit.triggerTicks > entry : exit.triggerTicks < entry)) return true;
  reject(state, 'triggerWouldFireAtOnce', {
    triggerPrice: priceText(market, exit.triggerTicks),
    price: priceText(market, entry),
  });
  return false;
}

/** Both exits of an order that would begin to fill at `entry`. */
export function exitsAhead(state: State, market: Market, side: Side, exits: Exits, entry: number): boolean {
  const long = side === SIDE.bid;
  return ahead(state, market, exits.takeProfit, long, entry) && ahead(state, market, exits.stopLoss, !long, entry);
}

export function exitsFeasible(state: State, market: Market, order: Entry): boolean {
  if (exitCount(order) === 0) return true;
  const entry = entryTicks(market, order);
  return entry === 0 || exitsAhead(state, market, order.side, order, entry);
}

/** A last price there will be by the time the order has filled; mark and index must be known. */
export function exitPricesKnown(state: State, market: Market, { takeProfit, stopLoss }: Exits): boolean {
  for (const exit of [takeProfit, stopLoss]) {
    if (exit === undefined || exit.triggerBy === TRIGGER_BY.last) continue;
    if (priceNow(market, exit.triggerBy as TriggerBy) !== 0) continue;
    reject(state, 'priceUnknown', { symbol: market.symbol });
    return false;
  }
  return true;
}
