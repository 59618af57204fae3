// May an order wait for its price? What it says is checked now; what it costs, and what the market then makes of it, when it fires.
import {
  MARKET_STATE,
  ORDER_TYPE,
  type OrderExtras,
  type OrderIntent,
  TRIGGER_BY,
  type TriggerBy,
} from '@glasshouse/protocol';
import type { Market } from '../../state/markets.js';
import { reject } from '../../state/reject.js';
import type { State } from '../../state/state.js';
import { decimalText, priceText } from '../../state/texts.js';
import type { TriggerOrder } from '../../state/trigger-order.js';
import { allPricesFit, clientIdFree, marketAdmits, parametersFit, roomFor } from '../admission.js';
import { admittedLots, admittedTicks, rescaled, ticksOf } from '../grids.js';
import { storedTermsOf } from '../stored-terms.js';
import { announceWaiting } from './events.js';
import { type Exits, exitCount, exitPricesKnown, exitsAhead } from './exit-admission.js';
import { exitTermsOf } from './parameters.js';
import { priceNow, quotePrice } from './prices.js';

/** Hundredths of a percent. */
const SHARE_SCALE = 2;
const WHOLE_SHARE = 10_000;

type Quantity = NonNullable<OrderExtras['triggerQuantity']>;
type Size = { readonly sizeLots: number; readonly positionShare: number };

/** Waiting takes no market that trades now, but one that is not being wound up. */
function marketTakes(state: State, market: Market, intent: OrderIntent): boolean {
  const { effectiveState } = market;
  const stopped = effectiveState === MARKET_STATE.closed || effectiveState === MARKET_STATE.cancelOnly;
  return !stopped || marketAdmits(state, market, intent);
}

function admittedShare(state: State, { digits, scale }: Quantity): number {
  const share = rescaled(digits, scale, SHARE_SCALE);
  const quantity = `${decimalText(digits, scale)}%`;
  if (share < 0) {
    reject(state, 'quantityNotOnStep', { quantity, stepSize: `${decimalText(1, SHARE_SCALE)}%` });
    return -1;
  }
  if (share <= WHOLE_SHARE) return share;
  reject(state, 'quantityAboveMaximum', { quantity, maxQuantity: `${decimalText(WHOLE_SHARE, SHARE_SCALE)}%` });
  return -1;
}

function sizeOf(state: State, market: Market, quantity: Quantity): Size | undefined {
  if (quantity.percent) {
    const positionShare = admittedShare(state, quantity);
    return positionShare < 0 ? undefined : { sizeLots: 0, positionShare };
  }
  const sizeLots = admittedLots(state, market, quantity.digits, quantity.scale);
  return sizeLots < 0 ? undefined : { sizeLots, positionShare: 0 };
}

type Wait = { readonly triggerTicks: number; readonly triggerBy: TriggerBy; readonly price: number };

/** Unknown prices are refused later: what stands before that in the precedence is looked at first. */
function notReachedYet(state: State, market: Market, { triggerTicks, price }: Wait): boolean {
  if (price === 0 || quotePrice(market, triggerTicks) !== price) return true;
  const triggerPrice = priceText(market, triggerTicks);
  reject(state, 'triggerWouldFireAtOnce', { triggerPrice, price: triggerPrice });
  return false;
}

function priceKnown(state: State, market: Market, { price }: Wait): boolean {
  if (price !== 0) return true;
  reject(state, 'priceUnknown', { symbol: market.symbol });
  return false;
}

function exitsOf(market: Market, { extras }: OrderIntent): Exits {
  return { takeProfit: exitTermsOf(market, extras?.takeProfit), stopLoss: exitTermsOf(market, extras?.stopLoss) };
}

function orderOf(
  state: State,
  market: Market,
  accountId: number,
  intent: OrderIntent,
  priceTicks: number,
  size: Size,
  wait: Wait,
): TriggerOrder {
  const { takeProfit, stopLoss } = exitsOf(market, intent);
  const terms = storedTermsOf(intent, priceTicks);
  return {
    ...terms,
    orderId: state.lastOrderId,
    accountId,
    marketId: market.marketId,
    clientId: intent.clientId,
    reduceOnly: size.positionShare > 0 ? 1 : terms.reduceOnly,
    triggerTicks: wait.triggerTicks,
    triggerBy: wait.triggerBy,
    whenRising: quotePrice(market, wait.triggerTicks) > wait.price ? 1 : 0,
    ...size,
    takeProfitTicks: takeProfit?.triggerTicks ?? 0,
    takeProfitBy: takeProfit?.triggerBy ?? 0,
    takeProfitPriceTicks: takeProfit?.priceTicks ?? 0,
    stopLossTicks: stopLoss?.triggerTicks ?? 0,
    stopLossBy: stopLoss?.triggerBy ?? 0,
    stopLossPriceTicks: stopLoss?.priceTicks ?? 0,
    parentOrderId: 0,
    siblingId: 0,
    createdUs: state.timeUs,
  };
}

/** Everything but the sizes and prices themselves, in the documented precedence. */
function mayWait(state: State, market: Market, accountId: number, intent: OrderIntent, wait: Wait, entry: number) {
  const exits = exitsOf(market, intent);
  return (
    clientIdFree(state, accountId, intent.clientId) &&
    exitsAhead(state, market, intent.side, exits, entry) &&
    notReachedYet(state, market, wait) &&
    roomFor(state, accountId, 1 + exitCount(exits)) &&
    priceKnown(state, market, wait) &&
    exitPricesKnown(state, market, exits)
  );
}

type Admitted = { readonly priceTicks: number; readonly size: Size; readonly wait: Wait };

/** How it would wait; undefined after a reject. */
export function admitTrigger(
  state: State,
  accountId: number,
  market: Market,
  intent: OrderIntent,
): Admitted | undefined {
  if (!marketTakes(state, market, intent) || !parametersFit(state, market, intent)) return undefined;
  const { triggerPrice, triggerQuantity, triggerBy = TRIGGER_BY.last } = intent.extras ?? {};
  if (triggerPrice === undefined || triggerQuantity === undefined || !allPricesFit(state, market, intent))
    return undefined;
  const limit = intent.orderType === ORDER_TYPE.limit;
  const priceTicks = limit ? admittedTicks(state, market, intent) : 0;
  if (priceTicks < 0) return undefined;
  const size = sizeOf(state, market, triggerQuantity);
  if (size === undefined) return undefined;
  const triggerTicks = ticksOf(market, triggerPrice.digits, triggerPrice.scale);
  const wait: Wait = { triggerTicks, triggerBy, price: priceNow(market, triggerBy) };
  const mayBe = mayWait(state, market, accountId, intent, wait, limit ? priceTicks : triggerTicks);
  return mayBe ? { priceTicks, size, wait } : undefined;
}

export function acceptTrigger(state: State, accountId: number, market: Market, intent: OrderIntent): void {
  const admitted = admitTrigger(state, accountId, market, intent);
  if (admitted === undefined) return;
  const { priceTicks, size, wait } = admitted;
  state.lastOrderId += 1;
  const order = orderOf(state, market, accountId, intent, priceTicks, size, wait);
  state.triggers.add(order);
  announceWaiting(state, order, state.scope.index);
}
