import type { State } from '../state/state.js';

/** USD per unit of the asset: its index, 1 for an asset without one, 0 while unknown. */
export function usdPriceOf(state: State, assetId: number): number {
  return state.assets.list[assetId - 1]?.index === undefined
    ? 1
    : (state.assetPrices[assetId - 1]?.indexPrice as number);
}
