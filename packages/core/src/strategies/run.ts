// When strategies act: at the sequenced time of each slice and of their end, and once their last order is gone.
import type { State } from '../state/state.js';
import type { Strategy } from '../state/strategy.js';
import { finish } from './end.js';
import { endUs } from './plan.js';
import { takeSlice } from './slice.js';

/** Slices that one command may place, so that the next one need not wait long. */
const SLICES_PER_COMMAND = 64;

/** Sequenced time between two commands' shares. */
const TURN_US = 1_000;

/** When the next slice may be placed; Infinity when no strategy runs. */
export function nextStrategyUs({ strategies }: State): number {
  return Math.max(strategies.due.nextUs, strategies.resumeUs);
}

export function runStrategies(state: State): void {
  const { strategies, timeUs } = state;
  const { due } = strategies;
  for (let acted = 0; acted < SLICES_PER_COMMAND && due.nextUs <= timeUs; acted += 1) {
    const strategy = strategies.get(due.firstId as number) as Strategy;
    if (strategy.slicesDone === strategy.slices || timeUs >= endUs(strategy)) finish(state, strategy);
    else takeSlice(state, strategy);
  }
  if (due.nextUs <= timeUs) strategies.resumeUs = timeUs + TURN_US;
}

/** Ends those that have nothing left that could fill. */
export function settleStrategies(state: State): void {
  const { strategies } = state;
  while (strategies.finished.length > 0) {
    const strategy = strategies.finished.shift() as Strategy;
    const { strategyId } = strategy;
    const runs = strategies.get(strategyId) === strategy;
    if (runs && strategies.ordersOf(strategyId).size === 0) finish(state, strategy);
  }
}
