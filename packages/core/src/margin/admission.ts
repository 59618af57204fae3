// May an account take on more? (mechanics §3)
import type { State } from '../state/state.js';
import { standingOf } from './standing.js';

/**
 * True when the account would still meet its initial margin with this much more equity and locked margin (negative: less).
 * An account that has no exposure, and takes on none, meets it as long as nothing is borrowed against nothing.
 */
export function keepsInitialMargin(
  state: State,
  accountId: number,
  equityDeltaUsd: number,
  marginDeltaUsd: number,
): boolean {
  const { lockedUsd, netEquityUsd } = standingOf(state, accountId);
  const locked = lockedUsd + marginDeltaUsd;
  return locked <= 0 || locked < netEquityUsd + equityDeltaUsd;
}

/** IMR < 100 % as things stand. */
export function meetsInitialMargin(state: State, accountId: number): boolean {
  return keepsInitialMargin(state, accountId, 0, 0);
}
