// Which of the rare parameters go together, and what they say in ticks.
import {
  type AttachedExit,
  type DecimalText,
  ORDER_TYPE,
  type OrderExtras,
  type OrderIntent,
  SIDE,
  TRIGGER_BY,
} from '@glasshouse/protocol';
import { mulDivCeil, mulDivFloor } from '@glasshouse/units';
import { HIGHEST_TICKS, LOWEST_TICKS } from '../../book/index.js';
import type { Market } from '../../state/markets.js';
import type { ExitTerms } from '../../state/trigger-order.js';
import { rescaled, ticksOf } from '../grids.js';

/** The finest percentage is a millionth of a percent. */
export const PERCENT_SCALE = 6;
const WHOLE = 100_000_000;
/** A hundred times the best price is no limit. */
const NO_LIMIT = 100 * WHOLE;

export function waitsForPrice({ extras }: OrderIntent): boolean {
  return extras?.triggerPrice !== undefined || extras?.triggerQuantity !== undefined;
}

function sameQuantity(a: DecimalText, digits: number, scale: number): boolean {
  return rescaled(a.digits, a.scale, Math.max(a.scale, scale)) === rescaled(digits, scale, Math.max(a.scale, scale));
}

function triggerConflict(market: Market, intent: OrderIntent, extras: OrderExtras): string | undefined {
  const { triggerPrice, triggerQuantity, triggerBy } = extras;
  if ((triggerPrice === undefined) !== (triggerQuantity === undefined)) {
    return 'triggerPrice and triggerQuantity go together';
  }
  if (triggerPrice === undefined && triggerBy !== undefined) return 'triggerBy is for a triggerPrice';
  if (triggerQuantity === undefined) return undefined;
  if (intent.quoteQuantityDigits >= 0) return 'a trigger order has triggerQuantity, not quoteQuantity';
  if (triggerQuantity.percent && market.perp === undefined) return 'a share of a position is for futures';
  if (intent.quantityDigits < 0) return undefined;
  if (!triggerQuantity.percent && sameQuantity(triggerQuantity, intent.quantityDigits, intent.quantityScale)) {
    return undefined;
  }
  return 'quantity and triggerQuantity differ';
}

function exitConflict(name: string, exit: AttachedExit | undefined): string | undefined {
  return exit === undefined || exit.triggerPrice !== undefined ? undefined : `${name} has no trigger price`;
}

/** A long takes its profit above and its loss below. */
function wrongWayRound(market: Market, intent: OrderIntent, { takeProfit, stopLoss }: OrderExtras): boolean {
  const profit = exitTermsOf(market, takeProfit)?.triggerTicks ?? -1;
  const loss = exitTermsOf(market, stopLoss)?.triggerTicks ?? -1;
  if (profit < 0 || loss < 0) return false;
  return intent.side === SIDE.bid ? profit <= loss : profit >= loss;
}

function exitsConflict(market: Market, intent: OrderIntent, extras: OrderExtras): string | undefined {
  const { takeProfit, stopLoss, triggerQuantity } = extras;
  if (takeProfit === undefined && stopLoss === undefined) return undefined;
  if (intent.reduceOnly || triggerQuantity?.percent === true) return 'an order that closes has no exits';
  if (wrongWayRound(market, intent, extras)) return 'takeProfit and stopLoss are the wrong way round';
  return exitConflict('takeProfit', takeProfit) ?? exitConflict('stopLoss', stopLoss);
}

function toleranceConflict(intent: OrderIntent, { slippageTolerance }: OrderExtras): string | undefined {
  if (slippageTolerance === undefined) return undefined;
  const { digits, scale, percent } = slippageTolerance;
  if (intent.orderType === ORDER_TYPE.limit) return 'a limit order has no slippageTolerance';
  if (digits === 0) return 'slippageToleranceType is for a slippageTolerance';
  if (percent)
    return rescaled(digits, scale, PERCENT_SCALE) < 0 ? 'slippageTolerance has too many decimals' : undefined;
  return rescaled(digits, scale, 0) < 0 ? 'slippageTolerance in ticks is a whole number' : undefined;
}

export function extrasConflict(market: Market, intent: OrderIntent): string | undefined {
  const { extras } = intent;
  if (extras === undefined) return undefined;
  return (
    triggerConflict(market, intent, extras) ??
    exitsConflict(market, intent, extras) ??
    toleranceConflict(intent, extras)
  );
}

/** Every price that the order names, its own among them when it has one. */
export function pricesOf({ priceDigits, priceScale, extras }: OrderIntent): DecimalText[] {
  const own = priceDigits < 0 ? undefined : { digits: priceDigits, scale: priceScale };
  const { triggerPrice, takeProfit, stopLoss } = extras ?? {};
  const exits = [takeProfit?.triggerPrice, takeProfit?.limitPrice, stopLoss?.triggerPrice, stopLoss?.limitPrice];
  return [own, triggerPrice, ...exits].filter((price) => price !== undefined);
}

const ticksOfText = (market: Market, price: DecimalText | undefined): number =>
  price === undefined ? 0 : ticksOf(market, price.digits, price.scale);

/** By the last price when nothing else is said. */
export function exitTermsOf(market: Market, exit: AttachedExit | undefined): ExitTerms | undefined {
  if (exit === undefined) return undefined;
  return {
    triggerTicks: ticksOfText(market, exit.triggerPrice),
    triggerBy: exit.triggerBy ?? TRIGGER_BY.last,
    priceTicks: ticksOfText(market, exit.limitPrice),
  };
}

export type Tolerance = { readonly ticks: number; readonly millionths: number };

const NONE: Tolerance = { ticks: 0, millionths: 0 };

export function toleranceOf({ extras }: OrderIntent): Tolerance {
  const tolerance = extras?.slippageTolerance;
  if (tolerance === undefined) return NONE;
  const { digits, scale, percent } = tolerance;
  return percent
    ? { ticks: 0, millionths: rescaled(digits, scale, PERCENT_SCALE) }
    : { ticks: rescaled(digits, scale, 0), millionths: 0 };
}

function worstBid(best: number, { ticks, millionths }: Tolerance): number {
  if (best === 0 || ticks >= HIGHEST_TICKS || millionths >= NO_LIMIT) return HIGHEST_TICKS;
  return Math.min(HIGHEST_TICKS, ticks > 0 ? best + ticks : mulDivFloor(best, WHOLE + millionths, WHOLE));
}

function worstAsk(best: number, { ticks, millionths }: Tolerance): number {
  if (best === 0 || ticks >= best || millionths >= WHOLE) return LOWEST_TICKS;
  return ticks > 0 ? best - ticks : Math.max(LOWEST_TICKS, mulDivCeil(best, WHOLE - millionths, WHOLE));
}

/** The worst price at which a market order may fill by its own tolerance, seen from the best price of the other side now. */
export function toleranceEdge(market: Market, intent: OrderIntent): number {
  const bid = intent.side === SIDE.bid;
  if (intent.extras?.slippageTolerance === undefined) return bid ? HIGHEST_TICKS : LOWEST_TICKS;
  const best = market.book.bestTicks(bid ? SIDE.ask : SIDE.bid);
  return bid ? worstBid(best, toleranceOf(intent)) : worstAsk(best, toleranceOf(intent));
}
