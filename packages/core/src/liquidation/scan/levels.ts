// How near accounts are to their liquidation, in steps: maintenance ÷ equity at 80, 90 and 95 % is warned of, at 100 % it is due, unless
// the trigger asks for the index too and it is sheltered there. Warnings go by the mark alone. A warning holds until the ratio has fallen a twentieth below its level, so that one that lingers there is told once.
import { marginTermsOf } from '../../margin/account.js';
import { isLiquidatable } from '../../margin/liquidation.js';
import type { State } from '../../state/state.js';

/** Maintenance margin ÷ net equity. */
export const WARNING_LEVELS: readonly number[] = [0.8, 0.9, 0.95];
/** By how much the ratio must have fallen below a level before its warning is over. */
export const RELIEF = 0.05;

export type Ratio = {
  readonly equityUsd: number;
  readonly maintenanceUsd: number;
};

/** Where one account stands. */
export type Nearness = {
  readonly isDue: boolean;
  /** How many warnings hold. */
  readonly level: number;
};

const reaches = ({ equityUsd, maintenanceUsd }: Ratio, level: number): boolean =>
  equityUsd <= 0 || maintenanceUsd >= level * equityUsd;

const countOf = (ratio: Ratio, relief: number): number =>
  WARNING_LEVELS.filter((level) => reaches(ratio, level - relief)).length;

/** By the margin itself. `before` is how many warnings held until now. */
export function nearnessOf(state: State, accountId: number, before: number): Nearness {
  const { exposureUsd, maintenanceUsd, netEquityUsd } = marginTermsOf(state, accountId);
  if (exposureUsd <= 0) return { isDue: false, level: 0 };
  const ratio = { equityUsd: netEquityUsd, maintenanceUsd };
  const level = Math.max(countOf(ratio, 0), Math.min(before, countOf(ratio, RELIEF)));
  return { isDue: reaches(ratio, 1) && isLiquidatable(state, accountId), level };
}
