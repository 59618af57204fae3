// How much of a strategy each slice is. By slice k of n, k/n of the whole should have been placed, rounded down to a lot; the last
// slice brings the rest. Randomised, that mark is missed by up to a tenth of a slice either way, so that a slice is larger or
// smaller by up to a fifth and the sum stays exact. What a slice could not do is made up for by those after it.
import { mulDivCeil, mulDivFloor } from '@glasshouse/units';
import type { Chance } from '../state/chance.js';
import type { Strategy } from '../state/strategy.js';

const US_PER_MS = 1000;
const JITTER_DIVISOR = 10;
/** A slice that makes up for others is at most so many times an even one. */
const MOST_AT_ONCE = 2;

export type Whole = Pick<Strategy, 'sizeLots' | 'slices' | 'randomized'>;

function jitterLots({ sizeLots, slices, randomized }: Whole): number {
  if (randomized === 0 || slices === 1) return 0;
  return Math.floor(mulDivFloor(sizeLots, 1, slices) / JITTER_DIVISOR);
}

/** The smallest and the largest slice that the plan may have. */
export function sliceBounds(whole: Whole): { readonly leastLots: number; readonly mostLots: number } {
  const spread = 2 * jitterLots(whole);
  return {
    leastLots: mulDivFloor(whole.sizeLots, 1, whole.slices) - spread,
    mostLots: mulDivCeil(whole.sizeLots, 1, whole.slices) + spread,
  };
}

/** Which slice's time has come, counted from 1: those whose time was missed are passed over. */
export function sliceAt({ createdUs, intervalMs, slices }: Strategy, timeUs: number): number {
  return Math.min(slices, Math.floor((timeUs - createdUs) / (intervalMs * US_PER_MS)) + 1);
}

/** From then on nothing of it is placed or open. */
export const endUs = ({ createdUs, durationMs }: Strategy): number => createdUs + durationMs * US_PER_MS;

/** When the next slice comes, or after the last one the end. */
export function nextUs(strategy: Strategy): number {
  const { createdUs, intervalMs, slices, slicesDone } = strategy;
  return slicesDone === slices ? endUs(strategy) : createdUs + slicesDone * intervalMs * US_PER_MS;
}

/** Lots that slices up to this one should have placed. */
function plannedLots(strategy: Strategy, slice: number, chance: Chance): number {
  const even = mulDivFloor(strategy.sizeLots, slice, strategy.slices);
  const jitter = jitterLots(strategy);
  return slice === strategy.slices || jitter === 0 ? even : even + chance.below(2 * jitter + 1) - jitter;
}

export function sliceLots(strategy: Strategy, slice: number, chance: Chance): number {
  const due = plannedLots(strategy, slice, chance) - strategy.handledLots;
  return Math.min(due, MOST_AT_ONCE * mulDivCeil(strategy.sizeLots, 1, strategy.slices));
}
