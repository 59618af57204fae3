// Open futures orders as their account's position sees them: what could come on top of it.
import { MARKET_KIND, SIDE } from '@glasshouse/protocol';
import { worstLotsOf } from '../margin/exposure.js';
import { touchWorst } from '../margin/standing.js';
import { closeIfEmpty, openPosition } from '../state/account-positions.js';
import { isReduceOnly } from '../state/order-flags.js';
import type { State } from '../state/state.js';

/** The row in which the order counts: it is there as long as anything of the order is open. 0 for a spot order. */
function rowOf(state: State, handle: number): number {
  const { pool, markets } = state;
  const known = pool.positionRow(handle);
  if (known !== 0) return known;
  const marketId = pool.marketId(handle);
  if (markets.list[marketId - 1]?.kind !== MARKET_KIND.perp) return 0;
  const row = openPosition(state, pool.accountId(handle), marketId);
  pool.setPositionRow(handle, row);
  return row;
}

/** Adds `lots` (negative: takes) to the open lots of the order's account, side and kind. Spot orders count for nothing here. */
export function countOpenLots(state: State, handle: number, lots: number): void {
  if (lots === 0) return;
  const { pool, positions } = state;
  const row = rowOf(state, handle);
  if (row === 0) return;
  const bid = pool.side(handle) === SIDE.bid;
  const before = worstLotsOf(state, row);
  if (isReduceOnly(pool.flags(handle))) {
    if (bid) positions.setReduceBidLots(row, positions.reduceBidLots(row) + lots);
    else positions.setReduceAskLots(row, positions.reduceAskLots(row) + lots);
  } else if (bid) positions.setOpenBidLots(row, positions.openBidLots(row) + lots);
  else positions.setOpenAskLots(row, positions.openAskLots(row) + lots);
  if (worstLotsOf(state, row) !== before) touchWorst(state, row);
  closeIfEmpty(state, row);
}
