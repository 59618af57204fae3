// Exits of orders. They come alive as their parent fills, each for all that it has filled and that no earlier exit was for; when
// one of the two fires the other goes, and both go when the position that they would close is gone.
import { MARKET_KIND, ORDER_TYPE, SIDE, TIME_IN_FORCE, type TriggerBy } from '@glasshouse/protocol';
import { reducibleLots } from '../../perps/limits.js';
import type { ExitPlan } from '../../state/exit-plans.js';
import type { Market } from '../../state/markets.js';
import type { State } from '../../state/state.js';
import type { ExitTerms, TriggerOrder } from '../../state/trigger-order.js';
import type { Taker } from '../taker.js';
import { announceTrigger, announceWaiting } from './events.js';
import { exitCount } from './exit-admission.js';
import { wake } from './wake.js';

/** What is to become of the exits of an order that has met the book. */
export function planExits(state: State, taker: Taker, rests: boolean): void {
  if (exitCount(taker) === 0 || (!rests && taker.filledLots === 0)) return;
  const { orderId, filledLots, takeProfit, stopLoss } = taker;
  state.exits.add({
    parentOrderId: orderId,
    accountId: taker.accountId,
    marketId: taker.marketId,
    side: taker.side,
    selfTradePrevention: taker.selfTradePrevention,
    flags: taker.lendingFlags,
    takeProfit,
    stopLoss,
    filledLots: 0,
    handedLots: 0,
    takeProfitId: 0,
    stopLossId: 0,
    parentOpen: rests,
  });
  if (filledLots > 0) state.exits.fill(orderId, filledLots);
}

function exitOf(state: State, market: Market, plan: ExitPlan, terms: ExitTerms, above: boolean): TriggerOrder {
  return {
    orderId: state.lastOrderId,
    accountId: plan.accountId,
    marketId: plan.marketId,
    clientId: -1,
    side: plan.side === SIDE.bid ? SIDE.ask : SIDE.bid,
    orderType: terms.priceTicks === 0 ? ORDER_TYPE.market : ORDER_TYPE.limit,
    timeInForce: TIME_IN_FORCE.goodTillCancelled,
    selfTradePrevention: plan.selfTradePrevention,
    postOnly: 0,
    reduceOnly: market.kind === MARKET_KIND.perp ? 1 : 0,
    flags: plan.flags,
    priceTicks: terms.priceTicks,
    triggerTicks: terms.triggerTicks,
    triggerBy: terms.triggerBy,
    whenRising: above ? 1 : 0,
    sizeLots: plan.filledLots - plan.handedLots,
    positionShare: 0,
    toleranceTicks: 0,
    toleranceMillionths: 0,
    takeProfitTicks: 0,
    takeProfitBy: 0,
    takeProfitPriceTicks: 0,
    stopLossTicks: 0,
    stopLossBy: 0,
    stopLossPriceTicks: 0,
    parentOrderId: plan.parentOrderId,
    siblingId: 0,
    createdUs: state.timeUs,
  };
}

/** The exit as large as what it stands for now, coming alive when it was not there. Returns its id, 0 without one. */
function grown(
  state: State,
  market: Market,
  plan: ExitPlan,
  id: number,
  terms: ExitTerms | undefined,
  above: boolean,
): number {
  if (terms === undefined) return 0;
  const waiting = state.triggers.get(id);
  if (waiting !== undefined) {
    waiting.sizeLots = plan.filledLots - plan.handedLots;
    announceTrigger(state, waiting, 'waiting');
    return id;
  }
  state.lastOrderId += 1;
  const order = exitOf(state, market, plan, terms, above);
  state.triggers.add(order);
  announceWaiting(state, order, -1);
  return order.orderId;
}

function link(state: State, plan: ExitPlan): void {
  const profit = state.triggers.get(plan.takeProfitId);
  const loss = state.triggers.get(plan.stopLossId);
  if (profit !== undefined) profit.siblingId = plan.stopLossId;
  if (loss !== undefined) loss.siblingId = plan.takeProfitId;
}

/** What the parent has filled closed a position instead of opening one. */
function nothingToClose(state: State, market: Market, { accountId, side }: ExitPlan): boolean {
  const closing = side === SIDE.bid ? SIDE.ask : SIDE.bid;
  return market.kind === MARKET_KIND.perp && reducibleLots(state, accountId, market, closing) === 0;
}

function grow(state: State, market: Market, plan: ExitPlan): void {
  if (plan.filledLots === plan.handedLots) return;
  if (nothingToClose(state, market, plan)) {
    plan.handedLots = plan.filledLots;
    return;
  }
  const long = plan.side === SIDE.bid;
  plan.takeProfitId = grown(state, market, plan, plan.takeProfitId, plan.takeProfit, long);
  plan.stopLossId = grown(state, market, plan, plan.stopLossId, plan.stopLoss, !long);
  link(state, plan);
  for (const exit of [plan.takeProfit, plan.stopLoss]) {
    if (exit !== undefined) wake(state, market, exit.triggerBy as TriggerBy);
  }
}

/** Exits follow what their parents have filled since the last look. */
export function growExits(state: State): void {
  const { exits, markets } = state;
  for (let parent = exits.takeTouched(); parent !== 0; parent = exits.takeTouched()) {
    const plan = exits.get(parent);
    const market = plan === undefined ? undefined : markets.get(plan.marketId);
    if (plan === undefined || market === undefined) continue;
    grow(state, market, plan);
    if (!plan.parentOpen) exits.delete(plan);
  }
}

function withoutSibling(state: State, { siblingId }: TriggerOrder): TriggerOrder | undefined {
  const sibling = state.triggers.get(siblingId);
  if (sibling !== undefined) sibling.siblingId = 0;
  return sibling;
}

/** It has become an order: the other exit goes, and what they were for is handed over. */
export function exitFired(state: State, exit: TriggerOrder): void {
  const sibling = withoutSibling(state, exit);
  if (sibling !== undefined) {
    state.triggers.remove(sibling);
    announceTrigger(state, sibling, 'cancelled');
  }
  handOver(state, exit, exit.sizeLots);
}

function handOver({ exits }: State, { parentOrderId }: TriggerOrder, lots: number): void {
  const plan = exits.get(parentOrderId);
  if (plan === undefined) return;
  plan.handedLots += lots;
  plan.takeProfitId = 0;
  plan.stopLossId = 0;
}

/** Its owner has cancelled it, or it was refused: it does not come again, the other one stays. */
export function exitDropped(state: State, exit: TriggerOrder): void {
  withoutSibling(state, exit);
  const plan = state.exits.get(exit.parentOrderId);
  if (plan !== undefined) state.exits.dropLeg(plan, exit.orderId);
}

function dropOf(state: State, accountId: number, market: Market): void {
  const waiting = state.triggers.ofAccount(accountId)?.orders ?? [];
  const exits = waiting.filter(({ parentOrderId, marketId }) => parentOrderId > 0 && marketId === market.marketId);
  for (const exit of exits) {
    if (reducibleLots(state, accountId, market, exit.side) > 0) continue;
    const alone = withoutSibling(state, exit) === undefined;
    state.triggers.remove(exit);
    announceTrigger(state, exit, 'cancelled', 'StopWithoutPosition');
    if (alone) handOver(state, exit, exit.sizeLots);
  }
}

/** Exits of positions that have closed or turned have nothing left to close. */
export function dropExits(state: State): void {
  const { turned } = state.scope;
  for (let cell = 0; cell < turned.count; cell += 2) {
    const market = state.markets.get(turned.at(cell + 1));
    if (market !== undefined) dropOf(state, turned.at(cell), market);
  }
  turned.clear();
}
