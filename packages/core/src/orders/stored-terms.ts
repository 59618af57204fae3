// What an order asks that is placed later by the exchange: kept as numbers, and put in words again when its time comes.
import { type DecimalText, ORDER_TYPE, type OrderExtras, type OrderIntent } from '@glasshouse/protocol';
import type { Market } from '../state/markets.js';
import { lendingFlagsOf, ORDER_FLAG } from '../state/order-flags.js';
import type { StoredTerms } from '../state/stored-terms.js';
import { PERCENT_SCALE, toleranceOf } from './triggers/parameters.js';

export function storedTermsOf(intent: OrderIntent, priceTicks: number): StoredTerms {
  const tolerance = toleranceOf(intent);
  return {
    side: intent.side,
    orderType: intent.orderType,
    timeInForce: intent.timeInForce,
    selfTradePrevention: intent.selfTradePrevention,
    postOnly: intent.postOnly ? 1 : 0,
    reduceOnly: intent.reduceOnly ? 1 : 0,
    flags: lendingFlagsOf(intent.extras),
    priceTicks,
    toleranceTicks: tolerance.ticks,
    toleranceMillionths: tolerance.millionths,
  };
}

export function priceOf({ filters }: Market, ticks: number): DecimalText {
  return { digits: ticks * filters.tickDigits, scale: filters.tickScale };
}

function extrasOf({ flags, toleranceTicks, toleranceMillionths }: StoredTerms): OrderExtras {
  const extras: OrderExtras = {
    autoBorrow: (flags & ORDER_FLAG.autoBorrow) !== 0,
    autoBorrowRepay: (flags & ORDER_FLAG.autoBorrowRepay) !== 0,
    autoLend: (flags & ORDER_FLAG.autoLend) !== 0,
    autoLendRedeem: (flags & ORDER_FLAG.autoLendRedeem) !== 0,
  };
  if (toleranceTicks > 0) extras.slippageTolerance = { digits: toleranceTicks, scale: 0, percent: false };
  if (toleranceMillionths > 0) {
    extras.slippageTolerance = { digits: toleranceMillionths, scale: PERCENT_SCALE, percent: true };
  }
  return extras;
}

/** The order as its owner would ask for it now. */
export function intentOf(market: Market, terms: StoredTerms, lots: number): OrderIntent & { extras: OrderExtras } {
  const { symbol, filters } = market;
  const limit = terms.orderType === ORDER_TYPE.limit;
  const price = priceOf(market, terms.priceTicks);
  return {
    symbol,
    side: terms.side,
    orderType: terms.orderType,
    timeInForce: terms.timeInForce,
    postOnly: terms.postOnly === 1,
    selfTradePrevention: terms.selfTradePrevention,
    clientId: -1,
    priceDigits: limit ? price.digits : -1,
    priceScale: price.scale,
    quantityDigits: lots * filters.stepDigits,
    quantityScale: filters.stepScale,
    quoteQuantityDigits: -1,
    quoteQuantityScale: 0,
    reduceOnly: terms.reduceOnly === 1,
    extras: extrasOf(terms),
  };
}
