// The exchange's own order for an account in liquidation: immediate-or-cancel, at a worst price.
import {
  ORDER_TYPE,
  type OrderIntent,
  SELF_TRADE_PREVENTION,
  SIDE,
  type Side,
  TIME_IN_FORCE,
} from '@glasshouse/protocol';
import { type LiquidationFill, placeLiquidation } from '../orders/place.js';
import { reaches } from '../prices/bands.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

export type Closing = { readonly side: Side; readonly lots: number; readonly worstTicks: number };

function intentOf({ symbol, filters, perp }: Market, { side, lots, worstTicks }: Closing): OrderIntent {
  return {
    symbol,
    side,
    orderType: ORDER_TYPE.limit,
    timeInForce: TIME_IN_FORCE.immediateOrCancel,
    postOnly: false,
    reduceOnly: perp !== undefined,
    selfTradePrevention: SELF_TRADE_PREVENTION.rejectMaker,
    clientId: -1,
    priceDigits: worstTicks * filters.tickDigits,
    priceScale: filters.tickScale,
    quantityDigits: lots * filters.stepDigits,
    quantityScale: filters.stepScale,
    quoteQuantityDigits: -1,
    quoteQuantityScale: 0,
    extras: undefined,
  };
}

/** Undefined when nothing was filled. Does not trouble the book with an order that it could not fill. */
export function closeOnBook(
  state: State,
  market: Market,
  accountId: number,
  closing: Closing,
): LiquidationFill | undefined {
  const { side, lots, worstTicks } = closing;
  const best = market.book.bestTicks(side === SIDE.bid ? SIDE.ask : SIDE.bid);
  if (lots < market.filters.minLots || worstTicks === 0 || !reaches(side, worstTicks, best)) return undefined;
  const fill = placeLiquidation(state, accountId, intentOf(market, closing));
  return fill === undefined || fill.lots === 0 ? undefined : fill;
}
