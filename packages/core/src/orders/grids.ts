// Prices and sizes as written, on the grids of a market.
import type { DecimalText, OrderIntent } from '@glasshouse/protocol';
import { rescale } from '@glasshouse/units';
import type { Market } from '../state/markets.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { decimalText, priceText, quantityText } from '../state/texts.js';

/** digits × 10^−scale in units of 10^−target, or −1 when it does not fit there. */
export function rescaled(digits: number, scale: number, target: number): number {
  return scale === target ? digits : (rescale({ digits, scale }, target) ?? -1);
}

/** −1 when the price lies between two ticks. */
export function ticksOf({ filters }: Market, digits: number, scale: number): number {
  const units = rescaled(digits, scale, filters.tickScale);
  return units < 0 || units % filters.tickDigits !== 0 ? -1 : units / filters.tickDigits;
}

const PRICE_FAULT = { none: 0, notOnTick: 1, belowMinimum: 2, aboveMaximum: 3 } as const;
type PriceFault = (typeof PRICE_FAULT)[keyof typeof PRICE_FAULT];

/** In the order in which they precede each other. */
function faultOf({ filters }: Market, ticks: number): PriceFault {
  if (ticks < 0) return PRICE_FAULT.notOnTick;
  if (ticks < filters.minTicks) return PRICE_FAULT.belowMinimum;
  return ticks > filters.maxTicks ? PRICE_FAULT.aboveMaximum : PRICE_FAULT.none;
}

function rejectPrice(state: State, market: Market, fault: PriceFault, digits: number, scale: number): void {
  const { tickDigits, tickScale, minTicks, maxTicks } = market.filters;
  const price = decimalText(digits, scale);
  switch (fault) {
    case PRICE_FAULT.none:
      return;
    case PRICE_FAULT.notOnTick:
      return reject(state, 'priceNotOnTick', { price, tickSize: decimalText(tickDigits, tickScale) });
    case PRICE_FAULT.belowMinimum:
      return reject(state, 'priceBelowMinimum', { price, minPrice: priceText(market, minTicks) });
    case PRICE_FAULT.aboveMaximum:
      return reject(state, 'priceAboveMaximum', { price, maxPrice: priceText(market, maxTicks) });
  }
}

/** The price in ticks, or −1 after a reject. */
export function admittedTicks(state: State, market: Market, intent: OrderIntent): number {
  const { priceDigits, priceScale } = intent;
  if (priceDigits < 0) {
    reject(state, 'priceMissing', { symbol: market.symbol });
    return -1;
  }
  const ticks = ticksOf(market, priceDigits, priceScale);
  const fault = faultOf(market, ticks);
  if (fault === PRICE_FAULT.none) return ticks;
  rejectPrice(state, market, fault, priceDigits, priceScale);
  return -1;
}

/** True when all of them fit; otherwise the fault that precedes all others is announced. */
export function pricesFit(state: State, market: Market, prices: readonly DecimalText[]): boolean {
  let first: PriceFault = PRICE_FAULT.none;
  let faulty: DecimalText | undefined;
  for (const price of prices) {
    const fault = faultOf(market, ticksOf(market, price.digits, price.scale));
    if (fault === PRICE_FAULT.none || (faulty !== undefined && fault >= first)) continue;
    first = fault;
    faulty = price;
  }
  if (faulty === undefined) return true;
  rejectPrice(state, market, first, faulty.digits, faulty.scale);
  return false;
}

/** The size in lots whatever its bounds, or −1 after a reject. */
export function lotsOnStep(state: State, market: Market, digits: number, scale: number): number {
  const { filters } = market;
  if (digits < 0) {
    reject(state, 'quantityMissing', { symbol: market.symbol });
    return -1;
  }
  const units = rescaled(digits, scale, filters.stepScale);
  if (units < 0 || units % filters.stepDigits !== 0) {
    const stepSize = decimalText(filters.stepDigits, filters.stepScale);
    reject(state, 'quantityNotOnStep', { quantity: decimalText(digits, scale), stepSize });
    return -1;
  }
  return units / filters.stepDigits;
}

/** The size in lots, or −1 after a reject. */
export function admittedLots(state: State, market: Market, digits: number, scale: number): number {
  const lots = lotsOnStep(state, market, digits, scale);
  if (lots < 0) return -1;
  return lotsFit(state, market, lots, decimalText(digits, scale)) ? lots : -1;
}

/** Neither less nor more than the market takes; false after a reject. */
export function lotsFit(state: State, market: Market, lots: number, quantity: string): boolean {
  const { minLots, maxLots } = market.filters;
  if (lots < minLots) reject(state, 'quantityBelowMinimum', { quantity, minQuantity: quantityText(market, minLots) });
  if (lots > maxLots) reject(state, 'quantityAboveMaximum', { quantity, maxQuantity: quantityText(market, maxLots) });
  return lots >= minLots && lots <= maxLots;
}

/** The quote quantity in atoms, or −1 after a reject. */
export function admittedQuoteAtoms(
  state: State,
  market: Market,
  intent: Pick<OrderIntent, 'quoteQuantityDigits' | 'quoteQuantityScale'>,
): number {
  const decimals = state.assets.get(market.quoteAssetId)?.decimals ?? 0;
  const atoms = rescaled(intent.quoteQuantityDigits, intent.quoteQuantityScale, decimals);
  const quoteQuantity = decimalText(intent.quoteQuantityDigits, intent.quoteQuantityScale);
  if (atoms < 0) {
    reject(state, 'quantityNotOnStep', { quoteQuantity, stepSize: decimalText(1, decimals) });
    return -1;
  }
  if (atoms === 0) {
    reject(state, 'quantityBelowMinimum', { quoteQuantity, minQuantity: decimalText(1, decimals) });
    return -1;
  }
  return atoms;
}
