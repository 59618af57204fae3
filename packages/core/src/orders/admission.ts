// May this order enter? Checks run in the documented precedence; the first that fails is announced and nothing has changed.
import { MARKET_KIND, MARKET_STATE, ORDER_TYPE, type OrderIntent, SIDE, TIME_IN_FORCE } from '@glasshouse/protocol';
import { type Atoms, rescale } from '@glasshouse/units';
import { activePriceDoubled } from '../prices/active-price.js';
import { insideLimitBand, reaches } from '../prices/bands.js';
import type { Market } from '../state/markets.js';
import { lendingFlagsOf } from '../state/order-flags.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { decimalText, priceText, quantityText } from '../state/texts.js';
import { enoughFunds } from './funds.js';
import { perpReduces, perpWithinLimits, perpWithinMargin } from './perp-admission.js';
import type { Taker } from './taker.js';

function marketAdmits(state: State, market: Market, intent: OrderIntent): boolean {
  switch (market.effectiveState) {
    case MARKET_STATE.open:
      return true;
    case MARKET_STATE.closed:
      reject(state, 'marketClosed', { symbol: market.symbol });
      return false;
    case MARKET_STATE.cancelOnly:
      reject(state, 'marketCancelOnly', { symbol: market.symbol });
      return false;
    case MARKET_STATE.limitOnly:
      if (intent.orderType === ORDER_TYPE.limit) return true;
      reject(state, 'marketLimitOnly', { symbol: market.symbol });
      return false;
    case MARKET_STATE.postOnly:
      if (intent.postOnly) return true;
      reject(state, 'marketPostOnly', { symbol: market.symbol });
      return false;
  }
}

/** Which parameters go together. */
function conflict(intent: OrderIntent): string | undefined {
  const market = intent.orderType === ORDER_TYPE.market;
  if (market && intent.priceDigits >= 0) return 'a market order has no price';
  if (market && intent.postOnly) return 'a market order cannot be post-only';
  if (market && intent.quantityDigits >= 0 === intent.quoteQuantityDigits >= 0) {
    return 'a market order has either quantity or quoteQuantity';
  }
  if (!market && intent.quoteQuantityDigits >= 0) return 'a limit order has no quoteQuantity';
  if (intent.postOnly && intent.timeInForce !== TIME_IN_FORCE.goodTillCancelled) return 'post-only orders are GTC';
  return undefined;
}

function parametersFit(state: State, market: Market, intent: OrderIntent): boolean {
  const problem = intent.reduceOnly && market.perp === undefined ? 'reduceOnly is for futures' : conflict(intent);
  if (problem === undefined) return true;
  reject(state, 'parameterConflict', { problem });
  return false;
}

/** digits × 10^−scale in units of 10^−target, or −1 when it does not fit there. */
function rescaled(digits: number, scale: number, target: number): number {
  return scale === target ? digits : (rescale({ digits, scale }, target) ?? -1);
}

/** The price in ticks, or −1 after a reject. */
function admittedTicks(state: State, market: Market, intent: OrderIntent): number {
  const { filters } = market;
  if (intent.priceDigits < 0) {
    reject(state, 'priceMissing', { symbol: market.symbol });
    return -1;
  }
  const units = rescaled(intent.priceDigits, intent.priceScale, filters.tickScale);
  if (units < 0 || units % filters.tickDigits !== 0) {
    reject(state, 'priceNotOnTick', {
      price: decimalText(intent.priceDigits, intent.priceScale),
      tickSize: decimalText(filters.tickDigits, filters.tickScale),
    });
    return -1;
  }
  const ticks = units / filters.tickDigits;
  if (ticks < filters.minTicks) {
    reject(state, 'priceBelowMinimum', {
      price: decimalText(intent.priceDigits, intent.priceScale),
      minPrice: priceText(market, filters.minTicks),
    });
    return -1;
  }
  if (ticks > filters.maxTicks) {
    reject(state, 'priceAboveMaximum', {
      price: decimalText(intent.priceDigits, intent.priceScale),
      maxPrice: priceText(market, filters.maxTicks),
    });
    return -1;
  }
  return ticks;
}

const quantityOf = (intent: OrderIntent): string => decimalText(intent.quantityDigits, intent.quantityScale);

/** The size in lots, or −1 after a reject. */
function admittedLots(state: State, market: Market, intent: OrderIntent): number {
  const { filters } = market;
  if (intent.quantityDigits < 0) {
    reject(state, 'quantityMissing', { symbol: market.symbol });
    return -1;
  }
  const units = rescaled(intent.quantityDigits, intent.quantityScale, filters.stepScale);
  if (units < 0 || units % filters.stepDigits !== 0) {
    const stepSize = decimalText(filters.stepDigits, filters.stepScale);
    reject(state, 'quantityNotOnStep', { quantity: quantityOf(intent), stepSize });
    return -1;
  }
  const lots = units / filters.stepDigits;
  if (lots < filters.minLots) {
    const minQuantity = quantityText(market, filters.minLots);
    reject(state, 'quantityBelowMinimum', { quantity: quantityOf(intent), minQuantity });
    return -1;
  }
  if (lots > filters.maxLots) {
    const maxQuantity = quantityText(market, filters.maxLots);
    reject(state, 'quantityAboveMaximum', { quantity: quantityOf(intent), maxQuantity });
    return -1;
  }
  return lots;
}

/** The quote quantity in atoms, or −1 after a reject. */
function admittedQuoteAtoms(state: State, market: Market, intent: OrderIntent): number {
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

/** Puts price and size on the market's grids; false after a reject. */
function onGrid(state: State, market: Market, intent: OrderIntent, taker: Taker): boolean {
  taker.priceTicks = 0;
  taker.sizeLots = 0;
  taker.quoteSizeAtoms = 0;
  if (intent.orderType === ORDER_TYPE.limit) {
    taker.priceTicks = admittedTicks(state, market, intent);
    if (taker.priceTicks < 0) return false;
  }
  if (intent.quoteQuantityDigits >= 0) {
    taker.quoteSizeAtoms = admittedQuoteAtoms(state, market, intent);
    return taker.quoteSizeAtoms >= 0;
  }
  taker.sizeLots = admittedLots(state, market, intent);
  return taker.sizeLots >= 0;
}

function insideBands(state: State, market: Market, taker: Taker): boolean {
  if (taker.orderType === ORDER_TYPE.market || insideLimitBand(market, taker.priceTicks)) return true;
  const { filters } = market;
  reject(state, 'priceOutsideBand', {
    price: priceText(market, taker.priceTicks),
    activePrice: decimalText(activePriceDoubled(market) * filters.tickDigits * 5, filters.tickScale + 1),
    minMultiplier: decimalText(filters.limitMinPpm, 6),
    maxMultiplier: decimalText(filters.limitMaxPpm, 6),
  });
  return false;
}

function feasible(state: State, market: Market, taker: Taker): boolean {
  if (!perpReduces(state, market, taker)) return false;
  if (taker.postOnly) {
    const opposite = market.book.bestTicks(taker.side === SIDE.bid ? SIDE.ask : SIDE.bid);
    if (reaches(taker.side, taker.priceTicks, opposite)) {
      reject(state, 'postOnlyWouldTake', {
        price: priceText(market, taker.priceTicks),
        bestOpposite: priceText(market, opposite),
      });
      return false;
    }
  }
  if (taker.clientId >= 0 && state.clientIds.get(taker.accountId, taker.clientId) !== 0) {
    reject(state, 'clientIdInUse', { clientId: taker.clientId });
    return false;
  }
  return true;
}

/** Could the order come to rest? */
function mayRest(taker: Taker): boolean {
  return taker.orderType === ORDER_TYPE.limit && taker.timeInForce === TIME_IN_FORCE.goodTillCancelled;
}

function withinCounts(state: State, taker: Taker): boolean {
  const open = state.accounts.openOrders[taker.accountId] as number;
  const limit = state.settings.maxOpenOrdersPerAccount;
  if (!mayRest(taker) || open < limit) return true;
  reject(state, 'openOrderLimit', { openOrders: open, limit });
  return false;
}

/** Fills `taker` from the intent and passes it through every check. */
export function admit(state: State, market: Market, intent: OrderIntent, taker: Taker): boolean {
  taker.accountId = state.scope.accountId;
  taker.marketId = market.marketId;
  taker.clientId = intent.clientId;
  taker.side = intent.side;
  taker.orderType = intent.orderType;
  taker.timeInForce = intent.timeInForce;
  taker.selfTradePrevention = intent.selfTradePrevention;
  taker.postOnly = intent.postOnly;
  taker.reduceOnly = intent.reduceOnly;
  taker.lendingFlags = lendingFlagsOf(intent.extras);
  taker.filledLots = 0;
  taker.filledQuoteAtoms = 0 as Atoms;
  taker.complete = false;
  taker.stopped = undefined;
  return (
    marketAdmits(state, market, intent) &&
    parametersFit(state, market, intent) &&
    onGrid(state, market, intent, taker) &&
    insideBands(state, market, taker) &&
    feasible(state, market, taker) &&
    withinCounts(state, taker) &&
    (market.kind === MARKET_KIND.perp
      ? perpWithinLimits(state, market, taker) && perpWithinMargin(state, market, taker)
      : enoughFunds(state, market, taker))
  );
}
