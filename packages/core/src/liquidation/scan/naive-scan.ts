// Who must be liquidated and who warned, found by asking every account: what the scan by radii is held against.
import type { State } from '../../state/state.js';
import type { Findings, LevelChange } from './findings.js';
import { nearnessOf } from './levels.js';

/** Changes nothing. */
export function naiveScan(state: State): Findings {
  const { accounts, exposed, warned } = state;
  const due: number[] = [];
  const changes: LevelChange[] = [];
  for (let accountId = 1; accountId <= accounts.count; accountId += 1) {
    const before = warned.levelOf(accountId);
    if (!exposed.has(accountId) && before === 0) continue;
    const { isDue, level } = nearnessOf(state, accountId, before);
    if (isDue) due.push(accountId);
    if (level !== before) changes.push({ accountId, before, level });
  }
  return { due, changes };
}
