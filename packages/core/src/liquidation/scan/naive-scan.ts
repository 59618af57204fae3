// Which accounts are due, found by looking at all of them: the model that faster scans are held to.
import { isLiquidatable } from '../../margin/liquidation.js';
import type { State } from '../../state/state.js';

/** Accounts to liquidate that nobody acts for yet, by rising id. */
export function dueForLiquidation(state: State): readonly number[] {
  const { exposed, liquidations } = state;
  const due: number[] = [];
  for (let id = exposed.firstFrom(1); id !== -1; id = exposed.firstFrom(id + 1)) {
    if (!liquidations.has(id) && !liquidations.waits(id) && isLiquidatable(state, id)) due.push(id);
  }
  return due;
}
