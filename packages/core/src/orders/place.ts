// Life of an arriving order: admitted, matched, then filled, expired or put to rest.
import {
  type ExpiryReason,
  MARKET_KIND,
  ORDER_TYPE,
  type OrderIntent,
  type PlaceOrders,
  SIDE,
  TIME_IN_FORCE,
} from '@glasshouse/protocol';
import type { Atoms, FeePpm, TimeUs } from '@glasshouse/units';
import { HIGHEST_TICKS, LOWEST_TICKS } from '../book/index.js';
import { reaches, stricter, takerEdge } from '../prices/bands.js';
import { linkOrder } from '../state/account-orders.js';
import { feeTierOf } from '../state/fee-tier.js';
import type { Market } from '../state/markets.js';
import { packedTerms } from '../state/order-flags.js';
import { reject } from '../state/reject.js';
import type { Refusal } from '../state/scope.js';
import type { State } from '../state/state.js';
import { admit } from './admission.js';
import { back } from './backing.js';
import { announceAccepted, announceTakerExpired } from './events.js';
import { Matcher } from './match.js';
import { countOpenLots } from './open-lots.js';
import { wouldFill } from './probe.js';
import { cutReduceOnly } from './reduce-only.js';
import { reserveAtoms, reservedAssetId } from './reserves.js';
import { Taker } from './taker.js';
import { acceptTrigger } from './triggers/accept.js';
import { planExits } from './triggers/exits.js';
import { waitsForPrice } from './triggers/parameters.js';

/** What an order brings that has waited for a price. */
export type Waited = { readonly orderId: number; readonly createdUs: number };

type Desk = { readonly state: State; readonly taker: Taker; readonly matcher: Matcher };

const desks = new WeakMap<State, Desk>();

/** A process has one state as a rule: asking the map each time would cost as much as a fee. */
let lastDesk: Desk | undefined;

/** The reusable taker and matcher of a state: scratch, not state. */
function deskOf(state: State): Desk {
  if (lastDesk?.state === state) return lastDesk;
  let desk = desks.get(state);
  if (desk === undefined) {
    const taker = new Taker();
    desk = { state, taker, matcher: new Matcher(state, taker) };
    desks.set(state, desk);
  }
  lastDesk = desk;
  return desk;
}

function limitOf(taker: Taker): number {
  if (taker.orderType === ORDER_TYPE.limit) return taker.priceTicks;
  return taker.side === SIDE.bid ? HIGHEST_TICKS : LOWEST_TICKS;
}

export function takeFeeRates(state: State, market: Market, taker: Taker): void {
  const tier = feeTierOf(state, taker.accountId);
  const perp = market.kind === MARKET_KIND.perp;
  taker.makerFeePpm = ((perp ? tier?.perpMakerPpm : undefined) ?? tier?.makerPpm ?? 0) as FeePpm;
  taker.takerFeePpm = ((perp ? tier?.perpTakerPpm : undefined) ?? tier?.takerPpm ?? 0) as FeePpm;
}

function rest(state: State, market: Market, taker: Taker): void {
  const { pool } = state;
  const { side, priceTicks, makerFeePpm, remainingLots } = taker;
  const reserve = reserveAtoms(market, side, priceTicks, remainingLots, 0 as Atoms, makerFeePpm);
  if (reserve > 0) back(state, taker, reservedAssetId(market, side), reserve);
  const handle = pool.allocate();
  pool.setOrderId(handle, taker.orderId);
  pool.setAccountId(handle, taker.accountId);
  pool.setMarketId(handle, market.marketId);
  pool.setSide(handle, side);
  pool.setPriceTicks(handle, priceTicks);
  pool.setSizeLots(handle, taker.sizeLots);
  pool.setRemainingLots(handle, remainingLots);
  pool.setFilledQuoteAtoms(handle, taker.filledQuoteAtoms);
  pool.setMakerQuoteAtoms(handle, 0);
  pool.setMakerFeePpm(handle, makerFeePpm);
  pool.setLockedAtoms(handle, reserve);
  pool.setClientId(handle, taker.clientId);
  pool.setFlags(handle, packedTerms(taker.postOnly, taker.timeInForce, taker.selfTradePrevention) | taker.flags);
  pool.setCreatedUs(handle, taker.createdUs);
  linkOrder(state, handle);
  if (taker.strategyId !== 0) state.strategies.open(taker.strategyId, taker.orderId);
  market.book.rest(handle);
  countOpenLots(state, handle, remainingLots);
  state.scope.touchLevel(market.marketId, side, priceTicks);
  if (taker.reduceOnly) cutReduceOnly(state, taker.accountId, market);
}

/** Why the rest of the order cannot stay, or undefined when it may rest. */
function expiryOf(market: Market, taker: Taker): ExpiryReason | undefined {
  if (taker.stopped !== undefined) return taker.stopped;
  const best = market.book.bestTicks(taker.side === SIDE.bid ? SIDE.ask : SIDE.bid);
  if (reaches(taker.side, limitOf(taker), best)) return taker.edgeReason;
  if (taker.orderType === ORDER_TYPE.market) return 'InsufficientLiquidity';
  return taker.timeInForce === TIME_IN_FORCE.immediateOrCancel ? 'ImmediateOrCancel' : undefined;
}

/** How far the bands and its own tolerance let it go. */
function setEdge(market: Market, taker: Taker): void {
  const { side, toleranceTicks } = taker;
  const edge = takerEdge(market, side);
  const byBands = stricter(side, edge.ticks, toleranceTicks) === edge.ticks;
  taker.edgeReason = byBands ? edge.reason : 'PriceImpact';
  taker.matchTicks = stricter(side, limitOf(taker), byBands ? edge.ticks : toleranceTicks);
}

/** Crosses it with the book; true when the rest of it rests there. */
function meet(state: State, market: Market, { taker, matcher }: Desk): boolean {
  if (taker.timeInForce === TIME_IN_FORCE.fillOrKill && !wouldFill(state, market, taker)) {
    announceTakerExpired(state, taker, 'FillOrKill');
    return false;
  }
  if (!taker.postOnly) matcher.run(market);
  if (taker.complete) return false;
  const reason = expiryOf(market, taker);
  if (reason === undefined) rest(state, market, taker);
  else announceTakerExpired(state, taker, reason);
  return reason === undefined;
}

function execute(state: State, market: Market, desk: Desk): void {
  const { taker } = desk;
  if (taker.orderId === 0) {
    state.lastOrderId += 1;
    taker.orderId = state.lastOrderId;
    taker.createdUs = state.scope.timeUs;
  }
  setEdge(market, taker);
  announceAccepted(state, taker);
  const rests = meet(state, market, desk);
  if (taker.filledLots > 0) state.scope.noteTrade(market.marketId);
  planExits(state, taker, rests);
}

export function ownerMayTrade(state: State, accountId: number): boolean {
  if (state.customers.isOperators[state.accounts.customerId[accountId] as number] !== 1) return true;
  reject(state, 'accountIsOperators', { accountId });
  return false;
}

function placeOne(state: State, accountId: number, intent: OrderIntent, desk: Desk, waited?: Waited): void {
  const { taker } = desk;
  if (!taker.isLiquidation && !ownerMayTrade(state, accountId)) return;
  const market = state.markets.bySymbol(intent.symbol);
  if (market === undefined) {
    reject(state, 'marketUnknown', { symbol: intent.symbol });
    return;
  }
  if (waitsForPrice(intent)) return acceptTrigger(state, accountId, market, intent);
  taker.accountId = accountId;
  taker.triggered = waited !== undefined;
  taker.orderId = waited?.orderId ?? 0;
  taker.createdUs = (waited?.createdUs ?? 0) as TimeUs;
  takeFeeRates(state, market, taker);
  if (admit(state, market, intent, taker)) execute(state, market, desk);
}

/**
 * Places an order for an account that has not signed the running command; one that has waited keeps its id. Returns why it was
 * refused, undefined when it was accepted.
 */
export function placeOnBehalf(
  state: State,
  accountId: number,
  intent: OrderIntent,
  waited?: Waited,
): Refusal | undefined {
  const { scope } = state;
  const { index } = scope;
  scope.onBehalf = true;
  scope.refusal = undefined;
  scope.index = -1;
  placeOne(state, accountId, intent, deskOf(state), waited);
  scope.onBehalf = false;
  scope.index = index;
  return scope.refusal;
}

/** What an order of a liquidation has filled. */
export type LiquidationFill = { readonly orderId: number; readonly lots: number; readonly quoteAtoms: Atoms };

/**
 * Places an order by which the exchange closes what an account cannot hold any longer; its owner's margin has no say. Undefined
 * when it was refused.
 */
export function placeLiquidation(state: State, accountId: number, intent: OrderIntent): LiquidationFill | undefined {
  const { taker } = deskOf(state);
  taker.isLiquidation = true;
  const refusal = placeOnBehalf(state, accountId, intent);
  taker.isLiquidation = false;
  if (refusal !== undefined) return undefined;
  return { orderId: taker.orderId, lots: taker.filledLots, quoteAtoms: taker.filledQuoteAtoms };
}

/** What became of a slice: it is an order like any other. */
export type Slice = {
  readonly orderId: number;
  readonly filledLots: number;
  readonly filledQuoteAtoms: number;
  /** Why the rest of it expired, undefined when it is filled or rests. */
  readonly expired: ExpiryReason | undefined;
};

export function placeSlice(
  state: State,
  accountId: number,
  intent: OrderIntent,
  strategyId: number,
): Slice | { readonly refusal: Refusal } {
  const { taker } = deskOf(state);
  taker.strategyId = strategyId;
  const refusal = placeOnBehalf(state, accountId, intent);
  taker.strategyId = 0;
  if (refusal !== undefined) return { refusal };
  const { orderId, filledLots, filledQuoteAtoms, expired } = taker;
  return { orderId, filledLots, filledQuoteAtoms, expired };
}

/** Would the signer's order be admitted now? After a reject, false. */
export function wouldAdmit(state: State, market: Market, intent: OrderIntent): boolean {
  const { taker } = deskOf(state);
  taker.accountId = state.scope.accountId;
  taker.triggered = false;
  takeFeeRates(state, market, taker);
  return admit(state, market, intent, taker);
}

/** One order or a batch; every element succeeds or fails on its own, in order. */
export function placeOrders(state: State, command: PlaceOrders): void {
  const desk = deskOf(state);
  const { orders } = command;
  for (let index = 0; index < orders.length; index += 1) {
    state.scope.index = index;
    placeOne(state, state.scope.accountId, orders[index] as OrderIntent, desk);
  }
}
