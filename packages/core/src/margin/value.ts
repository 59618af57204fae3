// What positions are worth, in whole atoms of the settlement asset: the same number in margin, settlement and audit.

import { powerOfTen } from '@glasshouse/units';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

/** Quote atoms of one quote unit: never another, because decimals stay as they were listed. */
export function quoteUnits(state: State, market: Market): number {
  if (market.quoteUnits === 0) {
    market.quoteUnits = powerOfTen(state.assets.list[market.quoteAssetId - 1]?.decimals as number) as number;
  }
  return market.quoteUnits;
}

/** Quote atoms of one lot at a price of one: never another, because steps and decimals stay as they were listed. */
export function quoteAtomsPerLot(state: State, market: Market): number {
  if (market.quoteAtomsPerLot === 0) {
    const { stepDigits, stepScale } = market.filters;
    market.quoteAtomsPerLot = (stepDigits * quoteUnits(state, market)) / (powerOfTen(stepScale) as number);
  }
  return market.quoteAtomsPerLot;
}

/** Rounded down, for long and short alike: against who holds it. */
export function valueAtomsAt(state: State, market: Market, sizeLots: number, price: number): number {
  return Math.floor(sizeLots * quoteAtomsPerLot(state, market) * price);
}

/** At the mark. */
export function positionValueAtoms(state: State, market: Market, sizeLots: number): number {
  return valueAtomsAt(state, market, sizeLots, market.prices.markPrice);
}

/** One of the prices at which a perpetual is valued. */
export type PriceOf = (market: Market) => number;

export const markPriceOf: PriceOf = ({ prices }) => prices.markPrice;

/** The index as far as it stands on enough sources, otherwise the mark: what nobody outside confirms spares nobody. */
export const indexPriceOf: PriceOf = ({ prices }) =>
  prices.indexLive && prices.indexPrice > 0 ? prices.indexPrice : prices.markPrice;
