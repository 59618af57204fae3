import type { PositionView } from '@glasshouse/protocol';
import type { Atoms, Lots, TimeUs } from '@glasshouse/units';
import { positionOf } from './account-positions.js';
import type { State } from './state.js';

function absent(accountId: number, marketId: number): PositionView {
  return {
    positionId: 0,
    accountId,
    marketId,
    sizeLots: 0 as Lots,
    basisCostAtoms: 0 as Atoms,
    entryCostAtoms: 0 as Atoms,
    realizedPnlAtoms: 0 as Atoms,
    fundingAtoms: 0 as Atoms,
    openBidLots: 0 as Lots,
    openAskLots: 0 as Lots,
    openedUs: 0 as TimeUs,
  };
}

function viewOfRow({ positions }: State, row: number): PositionView {
  return {
    positionId: positions.positionId(row),
    accountId: positions.accountId(row),
    marketId: positions.marketId(row),
    sizeLots: positions.sizeLots(row),
    basisCostAtoms: positions.costAtoms(row),
    entryCostAtoms: positions.entryCostAtoms(row),
    realizedPnlAtoms: positions.realizedPnlAtoms(row),
    fundingAtoms: positions.fundingAtoms(row),
    openBidLots: positions.openBidLots(row),
    openAskLots: positions.openAskLots(row),
    openedUs: positions.openedUs(row),
  };
}

/** All zeros when the account has nothing there. */
export function positionViewOf(state: State, accountId: number, marketId: number): PositionView {
  const row = positionOf(state, accountId, marketId);
  return row === 0 ? absent(accountId, marketId) : viewOfRow(state, row);
}

/** By rising market id. */
export function positionViews(state: State, accountId: number): PositionView[] {
  const views: PositionView[] = [];
  if (!state.accounts.has(accountId)) return views;
  let row = state.accounts.firstPosition[accountId] as number;
  for (; row !== 0; row = state.positions.next(row)) views.push(viewOfRow(state, row));
  return views;
}
