// May an account take on more? (mechanics §3)
import type { State } from '../state/state.js';
import { standingOf } from './standing.js';

/** IMR < 100 % as things stand. An account that locks nothing meets it, whatever it is worth. */
export function meetsInitialMargin(state: State, accountId: number): boolean {
  const { lockedUsd, netEquityUsd } = standingOf(state, accountId);
  return lockedUsd <= 0 || lockedUsd < netEquityUsd;
}
