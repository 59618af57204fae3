// What positions are worth, in whole atoms of the settlement asset: the same number in margin, settlement and audit.

import { powerOfTen } from '@glasshouse/units';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

/** Quote atoms of one lot at a price of one. */
export function quoteAtomsPerLot(state: State, market: Market): number {
  const { stepDigits, stepScale } = market.filters;
  const decimals = state.assets.list[market.quoteAssetId - 1]?.decimals as number;
  return (stepDigits * (powerOfTen(decimals) as number)) / (powerOfTen(stepScale) as number);
}

/** Rounded down, for long and short alike: against who holds it. */
export function positionValueAtoms(state: State, market: Market, sizeLots: number): number {
  return Math.floor(sizeLots * quoteAtomsPerLot(state, market) * market.prices.markPrice);
}
