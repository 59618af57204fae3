// The two figures by which an order is judged. What an account holds, owes and has at stake is valued once for all its orders
// until prices move; what an order or a fill changes, one market of many, is valued when it changes.
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
  if (margins.hasMoney(accountId, priceVersion)) return;
  margins.keepMoney(accountId, priceVersion, collateralInAllUsd(state, accountId), liabilityInAllUsd(state, accountId));
}

function valueStake(state: State, accountId: number, place: number, row: number): void {
  const market = state.markets.list[state.positions.marketId(row) - 1] as Market;
  const marginUsd = initialMarginUsd(state, accountId, market, worstLotsOf(state, row));
  state.margins.putStake(accountId, place, unrealizedPnlUsd(state, market, row), marginUsd);
}

function valueAllStakes(state: State, accountId: number): void {
  const { positions, accounts, margins } = state;
  let count = 0;
  let row = accounts.firstPosition[accountId] as number;
  for (; row !== 0; row = positions.next(row)) count += 1;
  margins.beginStakes(accountId, state.priceVersion, count);
  row = accounts.firstPosition[accountId] as number;
  for (let place = 0; place < count; place += 1) {
    positions.setStakePlace(row, place);
    valueStake(state, accountId, place, row);
    row = positions.next(row);
  }
}

/**
 * To be called after whatever changes a position's size, its cost or the orders that are open around it. The stake is valued now
 * and not when it is next asked for: its row is at hand now, and will have to be fetched from memory then.
 */
export function touchStake(state: State, row: number): void {
  const { positions, margins, priceVersion } = state;
  const accountId = positions.accountId(row);
  if (margins.hasStakes(accountId, priceVersion)) valueStake(state, accountId, positions.stakePlace(row), row);
}

/** The same after a change of its worst lots alone: its profit and loss is what it was. */
export function touchWorst(state: State, row: number): void {
  const { positions, margins, markets, priceVersion } = state;
  const accountId = positions.accountId(row);
  if (!margins.hasStakes(accountId, priceVersion)) return;
  const market = markets.list[positions.marketId(row) - 1] as Market;
  const marginUsd = initialMarginUsd(state, accountId, market, worstLotsOf(state, row));
  margins.putStakeMargin(accountId, positions.stakePlace(row), marginUsd);
}

/** Equal to the terms of the same names to the last bit: summed in the same order. */
export function standingOf(state: State, accountId: number): Readonly<Standing> {
  const { margins } = state;
  if (!margins.hasStakes(accountId, state.priceVersion)) valueAllStakes(state, accountId);
  valueMoney(state, accountId);
  const { pnlUsd, marginUsd } = margins.sumStakes(accountId, loanMarginInAllUsd(state, accountId));
  standing.lockedUsd = marginUsd;
  standing.netEquityUsd =
    margins.collateralUsd(accountId) + pnlUsd + unsettledUsd(state, accountId) - margins.liabilityUsd(accountId);
  return standing;
}

/** N × IMF of one position with its open orders, of the account whose standing was asked for last. */
export function stakeMarginUsd({ positions, margins }: State, row: number): number {
  return margins.stakeMarginUsd(positions.accountId(row), positions.stakePlace(row));
}
