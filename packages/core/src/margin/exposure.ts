// How much an account has at stake in one market at worst: its position with all open bids, or with all open asks.
import type { State } from '../state/state.js';

/** Signed lots; the larger in absolute value, the long side when they are equal. */
export function worstLots(sizeLots: number, openBidLots: number, openAskLots: number): number {
  const long = sizeLots + openBidLots;
  const short = sizeLots - openAskLots;
  return Math.abs(long) >= Math.abs(short) ? long : short;
}

export function worstLotsOf({ positions }: State, row: number): number {
  return worstLots(positions.sizeLots(row), positions.openBidLots(row), positions.openAskLots(row));
}
