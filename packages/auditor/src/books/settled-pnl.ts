// size × mark − basis in atoms of the quote asset.
import { exact, scaled } from '../exact.js';
import type { Catalogue } from './catalogue.js';

export type Held = { readonly marketId: number; readonly lots: bigint; readonly cost: bigint };

export function settledAtoms({ marketId, lots, cost }: Held, markPrice: number, catalogue: Catalogue): bigint {
  return BigInt(markValue({ marketId, lots }, markPrice, catalogue).minus(cost.toString()).floor().toFixed());
}

/** size × price in atoms of the quote asset, unrounded. */
export function markValue({ marketId, lots }: Omit<Held, 'cost'>, price: number, catalogue: Catalogue) {
  const market = catalogue.market(marketId);
  const { decimals } = catalogue.asset(market.quoteAssetId);
  const size = scaled(exact(lots.toString()).times(market.stepDigits), market.stepScale);
  return size.times(price).times(exact(10).pow(decimals));
}
