// Strategies that run, by id, with their open orders, and the generator of their slices. A venue that has never had one writes
// nothing.
import type { State } from '../state/state.js';
import type { Strategy } from '../state/strategy.js';
import { nextUs } from '../strategies/plan.js';
import type { SnapshotReader } from './reader.js';
import type { SnapshotWriter } from './writer.js';

const CELLS: readonly (keyof Strategy)[] = [
  'strategyId',
  'accountId',
  'marketId',
  'clientStrategyId',
  'side',
  'orderType',
  'timeInForce',
  'selfTradePrevention',
  'postOnly',
  'reduceOnly',
  'flags',
  'priceTicks',
  'toleranceTicks',
  'toleranceMillionths',
  'sizeLots',
  'durationMs',
  'intervalMs',
  'randomized',
  'slices',
  'createdUs',
  'slicesDone',
  'handledLots',
  'filledLots',
  'filledQuoteAtoms',
  'trouble',
];

function restoredStrategy(reader: SnapshotReader): Strategy {
  const cells: [string, number][] = CELLS.map((cell) => [cell, reader.number()]);
  return Object.fromEntries(cells) as Strategy;
}

export function writeStrategies({ strategies }: State, writer: SnapshotWriter): void {
  if (strategies.lastId === 0) return;
  writer.number(strategies.lastId);
  writer.number(strategies.chance.bits);
  writer.number(strategies.resumeUs);
  const running = strategies.inOrder();
  writer.number(running.length);
  for (const strategy of running) {
    for (const cell of CELLS) writer.number(strategy[cell]);
    const orders = strategies.ordersOf(strategy.strategyId);
    writer.number(orders.size);
    for (const orderId of orders) writer.number(orderId);
  }
}

export function restoreStrategies({ strategies }: State, reader: SnapshotReader): void {
  if (reader.atEnd) return;
  strategies.lastId = reader.number();
  strategies.chance.bits = reader.number();
  strategies.resumeUs = reader.number();
  for (let count = reader.count(); count > 0; count -= 1) {
    const strategy = restoredStrategy(reader);
    strategies.add(strategy, nextUs(strategy));
    for (let orders = reader.count(); orders > 0; orders -= 1) strategies.open(strategy.strategyId, reader.number());
  }
}
