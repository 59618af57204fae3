// How far a position may go: by its own size, by its market's limits.
import { SIDE, type Side } from '@glasshouse/protocol';
import { positionOf } from '../state/account-positions.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

export function sizeOf(state: State, accountId: number, market: Market): number {
  const row = positionOf(state, accountId, market.marketId);
  return row === 0 ? 0 : state.positions.sizeLots(row);
}

/** Lots that an order of this side may take off the position; 0 when it would add to it. */
export function reducibleLots(state: State, accountId: number, market: Market, side: Side): number {
  return reducibleOf(sizeOf(state, accountId, market), side);
}

/** The same of a position of that size. */
export function reducibleOf(sizeLots: number, side: Side): number {
  return Math.max(0, side === SIDE.bid ? -sizeLots : sizeLots);
}

/** By how much a trade would change the lots that are long: what one side opens and the other does not close. */
export function openInterestGrowth(buyerSize: number, sellerSize: number, lots: number): number {
  const buyer = Math.max(0, buyerSize + lots) - Math.max(0, buyerSize);
  const seller = Math.max(0, sellerSize - lots) - Math.max(0, sellerSize);
  return buyer + seller;
}
