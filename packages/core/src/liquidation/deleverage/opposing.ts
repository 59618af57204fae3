// Who stands opposite a position, and with what profit: those who may have to give way.
import { marginTermsOf } from '../../margin/account.js';
import { positionValueAtoms } from '../../margin/value.js';
import { positionOf } from '../../state/account-positions.js';
import type { Market } from '../../state/markets.js';
import type { State } from '../../state/state.js';
import { atomUsd } from '../cost.js';
import type { Winner } from '../policies/winner.js';

/** What the open size has gained against its entry price. */
function profitAtoms(state: State, market: Market, row: number): number {
  const { positions } = state;
  return positionValueAtoms(state, market, positions.sizeLots(row)) - positions.entryCostAtoms(row);
}

/** How one position counts in the queue. No more profit can be taken than the account has equity. */
export function winnerOf(state: State, market: Market, row: number): Winner {
  const { positions } = state;
  const accountId = positions.accountId(row);
  const sizeLots = Math.abs(positions.sizeLots(row));
  const { netEquityUsd, exposureUsd } = marginTermsOf(state, accountId);
  const equityAtoms = Math.floor(Math.max(0, netEquityUsd) / atomUsd(state));
  return {
    accountId,
    sizeLots,
    profitAtoms: Math.min(profitAtoms(state, market, row), equityAtoms),
    equityUsd: netEquityUsd,
    entryNotionalUsd: Math.abs(positions.entryCostAtoms(row)) * atomUsd(state),
    leverage: netEquityUsd > 0 ? exposureUsd / netEquityUsd : 0,
  };
}

/** Positions of the given sign in the market, by rising account id. */
export function positionsOfSign(state: State, market: Market, sign: number): number[] {
  const { positions } = state;
  const { holders, marketId } = market;
  const rows: number[] = [];
  for (let id = holders.firstFrom(1); id !== -1; id = holders.firstFrom(id + 1)) {
    const row = positionOf(state, id, marketId);
    if (positions.sizeLots(row) * sign > 0) rows.push(row);
  }
  return rows;
}

export function opposing(state: State, market: Market, size: number): Winner[] {
  state.liquidations.looks += market.holders.size;
  return positionsOfSign(state, market, -size).map((row) => winnerOf(state, market, row));
}
