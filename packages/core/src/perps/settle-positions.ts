// Every ten seconds the gain of each position since the last time leaves the position and becomes a claim (mechanics §6).
import type { Atoms } from '@glasshouse/units';
import { changeUnsettled } from '../ledger/claims.js';
import { touchStake } from '../margin/standing.js';
import { positionValueAtoms } from '../margin/value.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { noteMoney } from '../state/watch/note-change.js';

/** pnl = size × (mark − basis); basis := mark; size and entry stay. */
function settleOne(state: State, accountId: number, row: number): number {
  const { positions, markets, scope } = state;
  const market = markets.list[positions.marketId(row) - 1] as Market;
  const { markPrice } = market.prices;
  if (markPrice === 0) return 0;
  const value = positionValueAtoms(state, market, positions.sizeLots(row));
  const pnl = value - positions.costAtoms(row);
  if (pnl === 0) return 0;
  positions.setCostAtoms(row, value);
  touchStake(state, row);
  scope.touchPosition(positions, row);
  scope.emit?.({ kind: 'pnlSettled', accountId, marketId: market.marketId, markPrice, pnlAtoms: pnl as Atoms });
  return pnl;
}

export function settlePositions(state: State, accountId: number): void {
  const { positions, accounts } = state;
  let pnl = 0;
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    pnl += settleOne(state, accountId, row);
  }
  if (pnl === 0) return;
  changeUnsettled(state, accountId, pnl);
  noteMoney(state, accountId, state.settlementAssetId, -pnl);
}
