// The list of an account's positions, by rising market id: sums over it come out the same however it came about.
import { noteExposure } from './exposure.js';
import type { State } from './state.js';

/** 0 when the account has neither position nor open orders there. */
export function positionOf({ positionIndex }: State, accountId: number, marketId: number): number {
  return positionIndex.get(accountId, marketId);
}

/** The row of the account in that market, a new one when there is none. */
export function openPosition(state: State, accountId: number, marketId: number): number {
  const open = state.positionIndex.get(accountId, marketId);
  return open === 0 ? listPosition(state, accountId, marketId) : open;
}

function listPosition(state: State, accountId: number, marketId: number): number {
  const { positions, accounts } = state;
  let before = 0;
  let handle = accounts.firstPosition[accountId] as number;
  while (handle !== 0 && positions.marketId(handle) < marketId) {
    before = handle;
    handle = positions.next(handle);
  }
  const opened = positions.allocate();
  positions.setAccountId(opened, accountId);
  positions.setMarketId(opened, marketId);
  positions.setFundingIndex(opened, state.markets.list[marketId - 1]?.prices.fundingIndex ?? 0);
  positions.setNext(opened, handle);
  if (before === 0) accounts.firstPosition[accountId] = opened;
  else positions.setNext(before, opened);
  state.positionIndex.add(opened);
  state.markets.list[marketId - 1]?.holders.add(accountId);
  state.margins.forgetStakes(accountId);
  noteExposure(state, accountId);
  return opened;
}

/** Gives the row back when nothing is held and nothing is open in it. */
export function closeIfEmpty(state: State, handle: number): void {
  const { positions, accounts } = state;
  if (!positions.isEmpty(handle)) return;
  const accountId = positions.accountId(handle);
  const next = positions.next(handle);
  let before = accounts.firstPosition[accountId] as number;
  if (before === handle) accounts.firstPosition[accountId] = next;
  else {
    while (positions.next(before) !== handle) before = positions.next(before);
    positions.setNext(before, next);
  }
  state.positionIndex.remove(handle);
  state.markets.list[positions.marketId(handle) - 1]?.holders.delete(accountId);
  positions.release(handle);
  state.margins.forgetStakes(accountId);
  noteExposure(state, accountId);
}

/** At least one: an account without positions is looked at too. */
export function positionCount({ positions, accounts }: State, accountId: number): number {
  let count = 0;
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) count += 1;
  return Math.max(1, count);
}
