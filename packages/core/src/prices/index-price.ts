// The index of an asset (mechanics §5): what independent outside venues agree on, in USD.
//   m = median_e p_e      index = Σ w_e clamp(p_e, 0.99 m, 1.01 m) / Σ w_e
// Dropped sources are out before m is taken for good: a venue that has gone wild leaves no trace, as if it had fallen silent.
import type { PriceSource } from '../state/oracle.js';
import { median } from './median.js';

const PULL = 0.01;
const US_PER_MS = 1000;
/** A single venue cannot be told from a wild one. */
const LEAST_SOURCES = 2;

export type SourceRules = { readonly sourceStaleMs: number; readonly sourceOutlier: number };

/** How many must be live for an index; a venue that configures a single source trusts it alone. */
export function neededSources(configured: number): number {
  return Math.max(1, Math.min(LEAST_SOURCES, configured));
}

const medianPrice = (sources: readonly PriceSource[]): number => median(sources.map(({ price }) => price));

/** Sources that count: heard of lately, and no farther than the outlier bound from the median of all that were. */
export function liveSources(
  sources: readonly PriceSource[],
  { sourceStaleMs, sourceOutlier }: SourceRules,
  nowUs: number,
): PriceSource[] {
  const heard = sources.filter(({ price, timeUs }) => price > 0 && nowUs - timeUs <= sourceStaleMs * US_PER_MS);
  const middle = medianPrice(heard);
  return heard.filter(({ price }) => Math.abs(price - middle) <= sourceOutlier * middle);
}

/** The clamped weighted mean of at least one source. */
export function indexPriceOf(live: readonly PriceSource[]): number {
  const middle = medianPrice(live);
  const least = middle * (1 - PULL);
  const most = middle * (1 + PULL);
  let weighted = 0;
  let weights = 0;
  for (const { price, weight } of live) {
    weighted += weight * Math.max(least, Math.min(most, price));
    weights += weight;
  }
  return weighted / weights;
}
