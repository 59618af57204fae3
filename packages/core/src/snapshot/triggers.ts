// Orders that wait for a price, by id, which is the order in which they queue; what is due; and the exits of open orders.
import type { SelfTradePrevention, Side } from '@glasshouse/protocol';
import type { ExitPlan } from '../state/exit-plans.js';
import type { State } from '../state/state.js';
import type { ExitTerms, TriggerOrder } from '../state/trigger-order.js';
import type { SnapshotReader } from './reader.js';
import type { SnapshotWriter } from './writer.js';

const CELLS: readonly (keyof TriggerOrder)[] = [
  'orderId',
  'accountId',
  'marketId',
  'clientId',
  'side',
  'orderType',
  'timeInForce',
  'selfTradePrevention',
  'postOnly',
  'reduceOnly',
  'flags',
  'priceTicks',
  'triggerTicks',
  'triggerBy',
  'whenRising',
  'sizeLots',
  'positionShare',
  'toleranceTicks',
  'toleranceMillionths',
  'takeProfitTicks',
  'takeProfitBy',
  'takeProfitPriceTicks',
  'stopLossTicks',
  'stopLossBy',
  'stopLossPriceTicks',
  'parentOrderId',
  'siblingId',
  'createdUs',
];

function restoredOrder(reader: SnapshotReader): TriggerOrder {
  const cells: [string, number][] = CELLS.map((cell) => [cell, reader.number()]);
  return Object.fromEntries(cells) as TriggerOrder;
}

function writeTerms(terms: ExitTerms | undefined, writer: SnapshotWriter): void {
  writer.number(terms?.triggerTicks ?? 0);
  writer.number(terms?.triggerBy ?? 0);
  writer.number(terms?.priceTicks ?? 0);
}

function restoredTerms(reader: SnapshotReader): ExitTerms | undefined {
  const terms = { triggerTicks: reader.number(), triggerBy: reader.number(), priceTicks: reader.number() };
  return terms.triggerTicks === 0 ? undefined : terms;
}

function writePlan(plan: ExitPlan, writer: SnapshotWriter): void {
  writer.number(plan.parentOrderId);
  writer.number(plan.accountId);
  writer.number(plan.marketId);
  writer.number(plan.side);
  writer.number(plan.selfTradePrevention);
  writer.number(plan.flags);
  writeTerms(plan.takeProfit, writer);
  writeTerms(plan.stopLoss, writer);
  writer.number(plan.filledLots);
  writer.number(plan.handedLots);
  writer.number(plan.takeProfitId);
  writer.number(plan.stopLossId);
}

/** Between commands a plan's parent is open. */
function restoredPlan(reader: SnapshotReader): ExitPlan {
  return {
    parentOrderId: reader.number(),
    accountId: reader.number(),
    marketId: reader.number(),
    side: reader.number() as Side,
    selfTradePrevention: reader.number() as SelfTradePrevention,
    flags: reader.number(),
    takeProfit: restoredTerms(reader),
    stopLoss: restoredTerms(reader),
    filledLots: reader.number(),
    handedLots: reader.number(),
    takeProfitId: reader.number(),
    stopLossId: reader.number(),
    parentOpen: true,
  };
}

export function writeTriggers({ triggers, exits, markets }: State, writer: SnapshotWriter): void {
  const orders = triggers.inOrder();
  writer.number(orders.length);
  for (const order of orders) for (const cell of CELLS) writer.number(order[cell]);
  for (const { marketId } of markets.list) {
    const due = triggers.due(marketId);
    writer.number(due.length);
    for (const orderId of due) writer.number(orderId);
  }
  const plans = exits.inOrder();
  writer.number(plans.length);
  for (const plan of plans) writePlan(plan, writer);
}

export function restoreTriggers({ triggers, exits, markets }: State, reader: SnapshotReader): void {
  for (let count = reader.count(); count > 0; count -= 1) triggers.add(restoredOrder(reader));
  for (const _market of markets.list) {
    for (let count = reader.count(); count > 0; count -= 1) {
      const order = triggers.get(reader.number());
      if (order !== undefined) triggers.makeDue(order);
    }
  }
  for (let count = reader.count(); count > 0; count -= 1) exits.add(restoredPlan(reader));
}
