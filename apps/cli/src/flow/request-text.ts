// The texts that clients sign, as the reference venue's clients build them: parameters in alphabetical order.
import { INSTRUCTION, MAX_WINDOW_MS, SIDE, type Side } from '@glasshouse/protocol';
import { formatDecimal, type Lots, type Ticks } from '@glasshouse/units';

export type LimitOrder = {
  readonly side: Side;
  readonly ticks: Ticks;
  readonly lots: Lots;
  readonly timeInForce?: 'GTC' | 'IOC';
  readonly postOnly?: boolean;
};

/** How a market's prices and sizes are written. */
export type MarketText = { readonly symbol: string; readonly tickScale: number; readonly stepScale: number };

export function orderText(market: MarketText, order: LimitOrder): string {
  const price = formatDecimal(order.ticks, market.tickScale);
  const quantity = formatDecimal(order.lots, market.stepScale);
  const side = order.side === SIDE.bid ? 'Bid' : 'Ask';
  const postOnly = order.postOnly === true ? '&postOnly=true' : '';
  return `instruction=${INSTRUCTION.placeOrders}&orderType=Limit${postOnly}&price=${price}&quantity=${quantity}&side=${side}&symbol=${market.symbol}&timeInForce=${order.timeInForce ?? 'GTC'}`;
}

export function cancelText(market: MarketText, orderId: number): string {
  return `instruction=${INSTRUCTION.cancelOrder}&orderId=${orderId}&symbol=${market.symbol}`;
}

export function reduceText(market: MarketText, orderId: number, lots: number): string {
  const quantity = formatDecimal(lots, market.stepScale);
  return `instruction=${INSTRUCTION.reduceOrder}&orderId=${orderId}&quantity=${quantity}&symbol=${market.symbol}`;
}

const DISTINCT_WINDOWS = 10_000;

/** Closes a text. The window turns with `count`, so that two equal wishes in one millisecond are still two texts. */
export function datedText(text: string, timestampMs: number, count: number): string {
  return `${text}&timestamp=${timestampMs}&window=${MAX_WINDOW_MS - (count % DISTINCT_WINDOWS)}`;
}
