// How many lots a market order may take at a price: by what its quote quantity still stands for, and by what its owner has.
import { SIDE } from '@glasshouse/protocol';
import { type Atoms, type FeePpm, feeCharged, lotsWithin, mulDivFloor, type Ticks } from '@glasshouse/units';
import type { Market } from '../state/markets.js';
import type { Taker } from './taker.js';

const MILLION = 1_000_000;

/** Budget without the fee on it: the largest b with b + ⌈b × rate⌉ ≤ budget. */
function beforeFee(budget: number, rate: FeePpm): Atoms {
  return (rate <= 0 ? budget : mulDivFloor(budget, MILLION, MILLION + rate)) as Atoms;
}

/**
 * Lots that the rest of the quote quantity stands for after `filledQuoteAtoms`: what a bid may spend, fees included, or an ask
 * must fetch.
 */
export function budgetLots(market: Market, taker: Taker, filledQuoteAtoms: Atoms, ticks: number): number {
  const { atomsPerTickLot } = market.filters;
  const left = (taker.quoteSizeAtoms - filledQuoteAtoms) as Atoms;
  if (taker.side === SIDE.ask) return lotsWithin(left, ticks as Ticks, atomsPerTickLot);
  const charged = feeCharged(filledQuoteAtoms, taker.takerFeePpm);
  return lotsWithin(beforeFee(left - charged, taker.takerFeePpm), ticks as Ticks, atomsPerTickLot);
}

/** Lots that `available` atoms of the asset that the taker gives pay for, a bid's fee included. */
export function lotsPaidBy(market: Market, taker: Taker, available: Atoms, ticks: number): number {
  const { atomsPerTickLot, baseAtomsPerLot } = market.filters;
  if (taker.side === SIDE.ask) return Math.floor(available / baseAtomsPerLot);
  return lotsWithin(beforeFee(available, taker.takerFeePpm), ticks as Ticks, atomsPerTickLot);
}
