// May this order enter? Checks run in the documented precedence; the first that fails is announced and nothing has changed.
import { MARKET_KIND, MARKET_STATE, ORDER_TYPE, type OrderIntent, SIDE, TIME_IN_FORCE } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { activePriceDoubled } from '../prices/active-price.js';
import { insideLimitBand, reaches } from '../prices/bands.js';
import type { Market } from '../state/markets.js';
import { lendingFlagsOf } from '../state/order-flags.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { decimalText, priceText } from '../state/texts.js';
import { triggerCount } from '../state/trigger-views.js';
import { enoughFunds } from './funds.js';
import { admittedLots, admittedQuoteAtoms, admittedTicks, pricesFit } from './grids.js';
import { perpAdmits, perpReduces } from './perp-admission.js';
import type { Taker } from './taker.js';
import { exitCount, exitPricesKnown, exitsFeasible } from './triggers/exit-admission.js';
import { exitTermsOf, extrasConflict, pricesOf, toleranceEdge } from './triggers/parameters.js';

export function marketAdmits(
  state: State,
  market: Market,
  intent: Pick<OrderIntent, 'orderType' | 'postOnly'>,
): boolean {
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
  const sized = intent.quantityDigits >= 0 || intent.extras?.triggerQuantity !== undefined;
  if (market && intent.priceDigits >= 0) return 'a market order has no price';
  if (market && intent.postOnly) return 'a market order cannot be post-only';
  if (market && sized === intent.quoteQuantityDigits >= 0) {
    return 'a market order has either quantity or quoteQuantity';
  }
  if (!market && intent.quoteQuantityDigits >= 0) return 'a limit order has no quoteQuantity';
  if (intent.postOnly && intent.timeInForce !== TIME_IN_FORCE.goodTillCancelled) return 'post-only orders are GTC';
  return undefined;
}

function misplaced(market: Market, intent: OrderIntent): string | undefined {
  if (market.kind === MARKET_KIND.rfq) return 'this market has no book: ask for quotes';
  return intent.reduceOnly && market.perp === undefined ? 'reduceOnly is for futures' : undefined;
}

export function parametersFit(state: State, market: Market, intent: OrderIntent): boolean {
  const problem = misplaced(market, intent) ?? conflict(intent) ?? extrasConflict(market, intent);
  if (problem === undefined) return true;
  reject(state, 'parameterConflict', { problem });
  return false;
}

/** A limit order without a price has no fault that would precede that. */
export function allPricesFit(state: State, market: Market, intent: OrderIntent): boolean {
  const missing = intent.orderType === ORDER_TYPE.limit && intent.priceDigits < 0;
  return missing || pricesFit(state, market, pricesOf(intent));
}

/** Puts price and size on the market's grids; false after a reject. */
function onGrid(state: State, market: Market, intent: OrderIntent, taker: Taker): boolean {
  taker.priceTicks = 0;
  taker.sizeLots = 0;
  taker.quoteSizeAtoms = 0;
  if (intent.extras !== undefined && !allPricesFit(state, market, intent)) return false;
  if (intent.orderType === ORDER_TYPE.limit) {
    taker.priceTicks = admittedTicks(state, market, intent);
    if (taker.priceTicks < 0) return false;
  }
  if (intent.quoteQuantityDigits >= 0) {
    taker.quoteSizeAtoms = admittedQuoteAtoms(state, market, intent);
    return taker.quoteSizeAtoms >= 0;
  }
  taker.sizeLots = admittedLots(state, market, intent.quantityDigits, intent.quantityScale);
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
  return clientIdFree(state, taker.accountId, taker.clientId) && exitsFeasible(state, market, taker);
}

export function clientIdFree(state: State, accountId: number, clientId: number): boolean {
  if (clientId < 0) return true;
  const waiting = state.triggers.ofAccount(accountId)?.byClientId(clientId);
  if (waiting === undefined && state.clientIds.get(accountId, clientId) === 0) return true;
  reject(state, 'clientIdInUse', { clientId });
  return false;
}

/** Could the order come to rest? */
function mayRest(taker: Taker): boolean {
  return taker.orderType === ORDER_TYPE.limit && taker.timeInForce === TIME_IN_FORCE.goodTillCancelled;
}

function withinCounts(state: State, taker: Taker): boolean {
  return roomFor(state, taker.accountId, (mayRest(taker) ? 1 : 0) + exitCount(taker));
}

/** So many orders more, open or waiting for a price or for a fill. */
export function roomFor(state: State, accountId: number, orders: number): boolean {
  if (orders === 0) return true;
  const openOrders = (state.accounts.openOrders[accountId] as number) + triggerCount(state, accountId);
  const limit = state.settings.maxOpenOrdersPerAccount;
  if (openOrders + orders <= limit) return true;
  reject(state, 'openOrderLimit', { openOrders, limit });
  return false;
}

/** Fills `taker`, whose account is known, from the intent and passes it through every check. */
export function admit(state: State, market: Market, intent: OrderIntent, taker: Taker): boolean {
  taker.marketId = market.marketId;
  taker.clientId = intent.clientId;
  taker.side = intent.side;
  taker.orderType = intent.orderType;
  taker.timeInForce = intent.timeInForce;
  taker.selfTradePrevention = intent.selfTradePrevention;
  taker.postOnly = intent.postOnly;
  taker.reduceOnly = intent.reduceOnly;
  taker.lendingFlags = lendingFlagsOf(intent.extras);
  taker.toleranceTicks = toleranceEdge(market, intent);
  taker.takeProfit = exitTermsOf(market, intent.extras?.takeProfit);
  taker.stopLoss = exitTermsOf(market, intent.extras?.stopLoss);
  taker.filledLots = 0;
  taker.filledQuoteAtoms = 0 as Atoms;
  taker.complete = false;
  taker.stopped = undefined;
  taker.expired = undefined;
  return (
    marketAdmits(state, market, intent) &&
    parametersFit(state, market, intent) &&
    onGrid(state, market, intent, taker) &&
    insideBands(state, market, taker) &&
    feasible(state, market, taker) &&
    withinCounts(state, taker) &&
    (market.kind === MARKET_KIND.perp ? perpAdmits(state, market, taker) : enoughFunds(state, market, taker)) &&
    exitPricesKnown(state, market, taker)
  );
}
