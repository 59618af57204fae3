// How every account stands, looked at between the events of one command: what an event changed is what differs since the one before.
import { isLeftAlone, measure } from '../../../src/liquidation/measure.js';
import { worthUsd } from '../../../src/liquidation/worth.js';
import type { State } from '../../../src/state/state.js';

export type Standing = {
  readonly equityUsd: number;
  readonly maintenanceUsd: number;
  readonly exposureUsd: number;
  /** At full prices. */
  readonly worthUsd: number;
  /** Maintenance is less than equity at the mark, or at the index if that counts; or nothing is at stake. */
  readonly isLeftAlone: boolean;
};

export function standingOf(state: State, accountId: number): Standing {
  const at = measure(state, accountId);
  const { netEquityUsd, maintenanceMarginUsd, exposureUsd } = at;
  return {
    equityUsd: netEquityUsd,
    maintenanceUsd: maintenanceMarginUsd,
    exposureUsd,
    worthUsd: worthUsd(state, accountId),
    isLeftAlone: isLeftAlone(state, at),
  };
}

/** Of all accounts, by id. */
export const standingsOf = (state: State): Standing[] =>
  Array.from({ length: state.accounts.count + 1 }, (_, accountId) => standingOf(state, accountId));
