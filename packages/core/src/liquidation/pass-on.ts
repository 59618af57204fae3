// A part of a liquidated position goes over to another account without a book between them: both are filled, nothing is created.
import { SIDE, type Side } from '@glasshouse/protocol';
import { quoteAtomsPerLot } from '../margin/value.js';
import { cutReduceOnly } from '../orders/reduce-only.js';
import { fillPosition } from '../perps/fill.js';
import { closeIfEmpty, positionOf } from '../state/account-positions.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

export type PassedOn = {
  readonly fromId: number;
  readonly toId: number;
  /** Of who gives it away: bid closes a short. */
  readonly side: Side;
  readonly lots: number;
  readonly quoteAtoms: number;
};

const opposite = (side: Side): Side => (side === SIDE.bid ? SIDE.ask : SIDE.bid);

/** The side that closes a position of this size. */
export const closingSide = (size: number): Side => (size > 0 ? SIDE.ask : SIDE.bid);

export function atMarkAtoms(state: State, market: Market, lots: number): number {
  return Math.floor(lots * quoteAtomsPerLot(state, market) * market.prices.markPrice);
}

export function passOn(state: State, market: Market, { fromId, toId, side, lots, quoteAtoms }: PassedOn): void {
  fillPosition(state, market, toId, opposite(side), lots, quoteAtoms, 0);
  fillPosition(state, market, fromId, side, lots, quoteAtoms, 0);
  for (const accountId of [toId, fromId]) {
    cutReduceOnly(state, accountId, market);
    const row = positionOf(state, accountId, market.marketId);
    if (row !== 0) closeIfEmpty(state, row);
  }
}
