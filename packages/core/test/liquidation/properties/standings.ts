// How every account stands, looked at between the events of one command: what an event changed is what differs since the one before.
import { measure } from '../../../src/liquidation/measure.js';
import { worthUsd } from '../../../src/liquidation/worth.js';
import type { State } from '../../../src/state/state.js';

export type Standing = {
  readonly equityUsd: number;
  readonly maintenanceUsd: number;
  readonly exposureUsd: number;
  /** At full prices. */
  readonly worthUsd: number;
};

export function standingOf(state: State, accountId: number): Standing {
  const { netEquityUsd, maintenanceMarginUsd, exposureUsd } = measure(state, accountId);
  return {
    equityUsd: netEquityUsd,
    maintenanceUsd: maintenanceMarginUsd,
    exposureUsd,
    worthUsd: worthUsd(state, accountId),
  };
}

/** Of all accounts, by id. */
export const standingsOf = (state: State): Standing[] =>
  Array.from({ length: state.accounts.count + 1 }, (_, accountId) => standingOf(state, accountId));

/** Maintenance is less than equity, or nothing is at stake. */
export const isSoundAt = ({ equityUsd, maintenanceUsd, exposureUsd }: Standing): boolean =>
  exposureUsd <= 0 || (equityUsd > 0 && maintenanceUsd < equityUsd);
