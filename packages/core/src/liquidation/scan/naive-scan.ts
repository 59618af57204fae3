// Who must be liquidated, found by asking every account: what the scan by radii is held against.
import { isLiquidatable } from '../../margin/liquidation.js';
import type { State } from '../../state/state.js';

/** Ascending ids. */
export function naiveScan(state: State): readonly number[] {
  const due: number[] = [];
  for (let id = state.exposed.firstFrom(1); id !== -1; id = state.exposed.firstFrom(id + 1)) {
    if (isLiquidatable(state, id)) due.push(id);
  }
  return due;
}
