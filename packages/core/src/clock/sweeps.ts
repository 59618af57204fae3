// Long work over many accounts, cut into slices over sequenced time, so that no command waits for all of it.
import type { TimeUs } from '@glasshouse/units';
import type { IdSet } from '../state/id-set.js';
import type { Sweep } from '../state/schedule.js';
import type { State } from '../state/state.js';

/** Units of work of one slice: some hundred microseconds. */
const SLICE = 256;
const SLICE_EVERY_US = 1_000;

export type SweepPlan = {
  readonly sweep: Sweep;
  readonly ids: (state: State) => IdSet;
  readonly step: (state: State, id: number) => void;
  /** Units of work of one step; one when it is always the same. */
  readonly work?: (state: State, id: number) => number;
  readonly finish?: (state: State) => void;
};

const isUnderWay = ({ schedule }: State, sweep: Sweep): boolean => schedule.cursors[sweep] !== 0;

/** Starts from the first account; one that is still under way goes on instead. */
export function startSweep({ schedule }: State, sweep: Sweep): void {
  if (schedule.cursors[sweep] === 0) schedule.cursors[sweep] = 1;
}

function runSlice(state: State, { sweep, ids, step, work, finish }: SweepPlan): void {
  const { cursors } = state.schedule;
  const set = ids(state);
  let id = set.firstFrom(cursors[sweep] as number);
  for (let done = 0; id !== -1 && done < SLICE; ) {
    done += work?.(state, id) ?? 1;
    step(state, id);
    id = set.firstFrom(id + 1);
  }
  cursors[sweep] = id === -1 ? 0 : id;
  if (id === -1) finish?.(state);
}

/** One slice of the first sweep that is under way, if it is time for one. */
export function runSweeps(state: State, plans: readonly SweepPlan[]): void {
  const { schedule } = state;
  if (state.timeUs < schedule.nextSliceUs) return;
  for (const plan of plans) {
    if (!isUnderWay(state, plan.sweep)) continue;
    runSlice(state, plan);
    schedule.nextSliceUs = (state.timeUs + SLICE_EVERY_US) as TimeUs;
    return;
  }
}

/** When the next slice may run; Infinity when no sweep is under way. */
export function nextSliceUs(state: State, plans: readonly SweepPlan[]): number {
  for (const { sweep } of plans) if (isUnderWay(state, sweep)) return state.schedule.nextSliceUs;
  return Number.POSITIVE_INFINITY;
}
