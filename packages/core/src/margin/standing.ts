// The two figures by which an order is judged. What an account holds and owes is valued once for all its orders until prices or
// its money move; positions and open orders are added up each time, because each order and each fill changes them.
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import {
  collateralInAllUsd,
  initialMarginUsd,
  liabilityInAllUsd,
  loanMarginInAllUsd,
  unrealizedPnlUsd,
  unsettledUsd,
} from './account.js';
import { worstLotsOf } from './exposure.js';

/** Valid until the next account is looked at. */
export type Standing = {
  netEquityUsd: number;
  /** Σ N × IMF. */
  lockedUsd: number;
};

const standing: Standing = { netEquityUsd: 0, lockedUsd: 0 };

function valueMoney(state: State, accountId: number): void {
  const { margins, priceVersion } = state;
  if (margins.isKept(accountId, priceVersion)) return;
  margins.keep(accountId, priceVersion, collateralInAllUsd(state, accountId), liabilityInAllUsd(state, accountId));
}

/** Equal to the terms of the same names to the last bit: summed in the same order. */
export function standingOf(state: State, accountId: number): Readonly<Standing> {
  const { positions, accounts, markets, margins } = state;
  let pnlUsd = 0;
  let lockedUsd = loanMarginInAllUsd(state, accountId);
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    const market = markets.list[positions.marketId(row) - 1] as Market;
    pnlUsd += unrealizedPnlUsd(state, market, row);
    lockedUsd += initialMarginUsd(state, accountId, market, worstLotsOf(state, row));
  }
  valueMoney(state, accountId);
  const collateralUsd = margins.collateralUsd(accountId);
  standing.lockedUsd = lockedUsd;
  standing.netEquityUsd = collateralUsd + pnlUsd + unsettledUsd(state, accountId) - margins.liabilityUsd(accountId);
  return standing;
}
