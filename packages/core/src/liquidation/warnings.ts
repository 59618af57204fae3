// Owners are told as their accounts come near: not of what the exchange acts on already, and of each level once.
import type { State } from '../state/state.js';
import { measure } from './measure.js';
import type { Findings } from './scan/findings.js';
import { WARNING_LEVELS } from './scan/levels.js';

export function announceWarnings(state: State, { due, changes }: Findings): void {
  const { scope, liquidations } = state;
  if (scope.emit === undefined || changes.length === 0) return;
  const isDue = new Set(due);
  for (const { accountId, before, level } of changes) {
    if (level <= before || isDue.has(accountId) || liquidations.has(accountId)) continue;
    const standing = measure(state, accountId);
    scope.emit({ kind: 'marginWarning', accountId, level: WARNING_LEVELS[level - 1] as number, standing });
  }
}
