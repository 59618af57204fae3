// Frames as JSON text, fields in the recorded order. `E` is when the frame is written, `T` the exchange's time; both in microseconds.
import type {
  BalanceUpdateFrame,
  BookTickerFrame,
  KlineFrame,
  OrderUpdateFrame,
  TickerFrame,
  TradeFrame,
} from '@glasshouse/api';
import {
  type AssetView,
  type BalanceView,
  ORDER_TYPE,
  type OrderOrigin,
  type OrderView,
  SIDE,
  type TradeView,
} from '@glasshouse/protocol';
import {
  ORDER_STATUS_NAME,
  ORDER_TYPE_NAME,
  SELF_TRADE_PREVENTION_NAME,
  SIDE_NAME,
  TIME_IN_FORCE_NAME,
} from '../answers/names.js';
import { naiveDateTime } from '../answers/times.js';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import type { CandleRow, TickerRow } from '../history-port.js';
import type { Level } from './book-mirror.js';

export type Times = { readonly emittedUs: number; readonly engineUs: number };

const NOTHING: Level = { ticks: 0, lots: 0 };

/** An empty side has price and quantity zero. */
export function bookTickerFrame(
  listing: Listing,
  best: { readonly bid: Level | undefined; readonly ask: Level | undefined },
  updateId: number,
  times: Times,
): string {
  const { ticks: bid, lots: bidLots } = best.bid ?? NOTHING;
  const { ticks: ask, lots: askLots } = best.ask ?? NOTHING;
  const frame: BookTickerFrame = {
    A: listing.paddedQuantity(askLots),
    B: listing.paddedQuantity(bidLots),
    E: times.emittedUs,
    T: times.engineUs,
    a: listing.paddedPrice(ask),
    b: listing.paddedPrice(bid),
    e: 'bookTicker',
    s: listing.market.symbol,
    u: updateId,
  };
  return JSON.stringify(frame);
}

export function tradeFrame(listing: Listing, trade: TradeView, times: Times): string {
  const takerBuys = trade.takerSide === SIDE.bid;
  const frame: TradeFrame = {
    E: times.emittedUs,
    T: times.engineUs,
    a: String(takerBuys ? trade.makerOrderId : trade.takerOrderId),
    b: String(takerBuys ? trade.takerOrderId : trade.makerOrderId),
    e: 'trade',
    m: !takerBuys,
    p: listing.paddedPrice(trade.priceTicks),
    q: listing.paddedQuantity(trade.sizeLots),
    s: listing.market.symbol,
    t: trade.tradeId,
  };
  return JSON.stringify(frame);
}

export function tickerFrame(listing: Listing, ticker: TickerRow, emittedUs: number): string {
  const frame: TickerFrame = {
    E: emittedUs,
    V: listing.paddedQuoteQuantity(ticker.quoteAtoms),
    c: listing.paddedPrice(ticker.lastTicks),
    e: 'ticker',
    h: listing.paddedPrice(ticker.highTicks),
    l: listing.paddedPrice(ticker.lowTicks),
    n: ticker.trades,
    o: listing.paddedPrice(ticker.firstTicks),
    s: listing.market.symbol,
    v: listing.paddedQuantity(ticker.volumeLots),
  };
  return JSON.stringify(frame);
}

export function klineFrame(listing: Listing, candle: CandleRow, closed: boolean, emittedUs: number): string {
  const price = (ticks: number): string | null => (candle.trades === 0 ? null : listing.paddedPrice(ticks));
  const frame: KlineFrame = {
    E: emittedUs,
    T: naiveDateTime(candle.endUs),
    X: closed,
    c: price(candle.closeTicks),
    e: 'kline',
    h: price(candle.highTicks),
    l: price(candle.lowTicks),
    n: candle.trades,
    o: price(candle.openTicks),
    s: listing.market.symbol,
    t: naiveDateTime(candle.startUs),
    v: listing.paddedQuantity(candle.volumeLots),
  };
  return JSON.stringify(frame);
}

type OrderEventName = OrderUpdateFrame['e'];
/** What one fill adds to the frame of its order. */
export type FillFields = Pick<OrderUpdateFrame, 'l' | 'L' | 'm' | 'n' | 'N'> & { readonly t: number };
export type OrderChange = {
  readonly event: OrderEventName;
  readonly order: OrderView;
  readonly expiryReason?: OrderUpdateFrame['R'];
  readonly fill?: FillFields;
  readonly origin?: OrderOrigin;
};

const ORIGIN_NAME: Readonly<Record<OrderOrigin, OrderUpdateFrame['O']>> = {
  user: 'USER',
  conversion: 'COLLATERAL_CONVERSION',
  liquidation: 'LIQUIDATION_AUTOCLOSE',
};

/** The size at the limit price, the asked quote quantity, or what a market order has spent so far. */
function quoteField(listing: Listing, order: OrderView): { readonly Q?: string } {
  if (order.orderType === ORDER_TYPE.limit) {
    return { Q: listing.paddedQuoteQuantity(listing.notionalAtoms(order.priceTicks, order.sizeLots)) };
  }
  const atoms = order.quoteSizeAtoms === 0 ? order.filledQuoteAtoms : order.quoteSizeAtoms;
  return atoms === 0 ? {} : { Q: listing.paddedQuoteQuantity(atoms) };
}

function limitFields(listing: Listing, order: OrderView): { readonly p?: string; readonly y?: boolean } {
  if (order.orderType !== ORDER_TYPE.limit) return {};
  return { p: listing.paddedPrice(order.priceTicks), y: order.postOnly };
}

export function orderUpdateFrame(listing: Listing, change: OrderChange, times: Times): string {
  const { event, order, expiryReason, fill } = change;
  const { t, ...filled } = fill ?? { t: null };
  const frame: OrderUpdateFrame = {
    E: times.emittedUs,
    ...(order.strategyId === undefined ? {} : { H: order.strategyId }),
    O: ORIGIN_NAME[change.origin ?? 'user'],
    ...quoteField(listing, order),
    ...(expiryReason === undefined ? {} : { R: expiryReason }),
    S: SIDE_NAME[order.side],
    T: times.engineUs,
    V: SELF_TRADE_PREVENTION_NAME[order.selfTradePrevention],
    X: ORDER_STATUS_NAME[order.status],
    Z: order.filledQuoteAtoms === 0 ? '0' : listing.paddedQuoteQuantity(order.filledQuoteAtoms),
    ...(order.clientId < 0 ? {} : { c: order.clientId }),
    e: event,
    f: TIME_IN_FORCE_NAME[order.timeInForce],
    i: String(order.orderId),
    ...filled,
    o: ORDER_TYPE_NAME[order.orderType] === 'Limit' ? 'LIMIT' : 'MARKET',
    ...limitFields(listing, order),
    ...(order.sizeLots === 0 ? {} : { q: listing.paddedQuantity(order.sizeLots) }),
    r: order.reduceOnly,
    s: listing.market.symbol,
    t,
    z: order.filledLots === 0 ? '0' : listing.paddedQuantity(order.filledLots),
  };
  return JSON.stringify(frame);
}

export function balanceUpdateFrame(asset: AssetView, balance: BalanceView, times: Times): string {
  const frame: BalanceUpdateFrame = {
    A: assetQuantity(asset, balance.availableAtoms),
    E: times.emittedUs,
    L: assetQuantity(asset, balance.lockedAtoms),
    S: '0',
    T: times.engineUs,
    a: asset.symbol,
    e: 'balanceUpdate',
  };
  return JSON.stringify(frame);
}
