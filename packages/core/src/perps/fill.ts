// What a fill does to a position. The cost of what is opened goes into it; closing releases its share of the cost, and what the
// close fetched beyond that is profit, which is owed to the account until it is settled.
//   long: cost > 0, size > 0      short: cost < 0, size < 0      Σ over both sides of a trade = 0
import { SIDE, type Side } from '@glasshouse/protocol';
import { type Atoms, checkedAdd, mulDivFloor } from '@glasshouse/units';
import { changeUnsettled } from '../ledger/claims.js';
import { touchStake } from '../margin/standing.js';
import { openPosition } from '../state/account-positions.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { noteStake } from '../state/watch/note-change.js';
import { payPositionFunding } from './funding.js';

/** The part of `cost` that belongs to `part` of `whole` lots, towards zero; all of it for the whole. */
function shareOf(cost: number, part: number, whole: number): number {
  const magnitude = mulDivFloor(Math.abs(cost), part, whole);
  return cost < 0 ? -magnitude : magnitude;
}

function begin(state: State, row: number): void {
  const { positions, scope } = state;
  state.lastPositionId += 1;
  positions.setPositionId(row, state.lastPositionId);
  positions.setOpenedUs(row, state.timeUs);
  positions.setRealizedPnlAtoms(row, 0);
  positions.setFundingAtoms(row, 0);
  if (scope.emit === undefined) return;
  const [accountId, marketId] = [positions.accountId(row), positions.marketId(row)];
  scope.emit({ kind: 'positionOpened', positionId: state.lastPositionId, accountId, marketId });
}

function open(state: State, row: number, signedLots: number, signedCost: number): void {
  const { positions } = state;
  const size = positions.sizeLots(row);
  if (size === 0) begin(state, row);
  positions.setSizeLots(row, size + signedLots);
  positions.setCostAtoms(row, checkedAdd(positions.costAtoms(row), signedCost));
  positions.setEntryCostAtoms(row, checkedAdd(positions.entryCostAtoms(row), signedCost));
}

/** Closes `lots` for `signedProceeds` and returns the profit against the cost. */
function close(state: State, row: number, lots: number, signedProceeds: number): number {
  const { positions } = state;
  const size = positions.sizeLots(row);
  const cost = positions.costAtoms(row);
  const entry = positions.entryCostAtoms(row);
  const releasedCost = shareOf(cost, lots, Math.abs(size));
  const releasedEntry = shareOf(entry, lots, Math.abs(size));
  positions.setSizeLots(row, size > 0 ? size - lots : size + lots);
  positions.setCostAtoms(row, cost - releasedCost);
  positions.setEntryCostAtoms(row, entry - releasedEntry);
  positions.setRealizedPnlAtoms(row, positions.realizedPnlAtoms(row) + signedProceeds - releasedEntry);
  return signedProceeds - releasedCost;
}

const longLots = (size: number): number => (size > 0 ? size : 0);

/**
 * Fills `lots` for `quoteAtoms` into the account's position; `feeAtoms` (negative: a rebate) goes off the same claim as the
 * profit. The caller closes the row when it has come to nothing.
 */
export function fillPosition(
  state: State,
  market: Market,
  accountId: number,
  side: Side,
  lots: number,
  quoteAtoms: number,
  feeAtoms: number,
): void {
  const { positions, scope } = state;
  const sign = side === SIDE.bid ? 1 : -1;
  const row = openPosition(state, accountId, market.marketId);
  payPositionFunding(state, market, row);
  const size = positions.sizeLots(row);
  const closing = size * sign < 0 ? Math.min(Math.abs(size), lots) : 0;
  const proceeds = closing === lots ? quoteAtoms : mulDivFloor(quoteAtoms, closing, lots);
  let profit = 0;
  if (closing > 0) {
    profit = close(state, row, closing, -sign * proceeds);
    scope.noteReduced(accountId);
  }
  if (lots > closing) {
    open(state, row, sign * (lots - closing), sign * (quoteAtoms - proceeds));
  }
  touchStake(state, row);
  market.prices.openInterestLots += longLots(positions.sizeLots(row)) - longLots(size);
  if (closing > 0 && closing === Math.abs(size)) {
    scope.turned.add(accountId);
    scope.turned.add(market.marketId);
  }
  if (profit !== feeAtoms) changeUnsettled(state, accountId, (profit - feeAtoms) as Atoms);
  noteStake(state, accountId);
  scope.touchPosition(positions, row);
}
