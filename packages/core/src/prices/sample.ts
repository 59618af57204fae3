// The price sample (mechanics §5): every index first, then every perpetual, because marks stand on indexes. Samples that were
// missed are not made up for: one is taken, and the caps of the seconds between count together.
import { followingUs } from '../state/schedule.js';
import type { State } from '../state/state.js';
import { sampleAsset } from './asset-sample.js';
import { samplePerp } from './perp-sample.js';
import { secondsBetween } from './sample-times.js';

const US_PER_MS = 1000;

/** To be called when a sample is due. */
export function samplePrices(state: State): void {
  const { schedule, risk, timeUs, assets, markets } = state;
  const seconds = secondsBetween(
    schedule.nextSampleUs - risk.sampleIntervalMs * US_PER_MS,
    timeUs,
    risk.sampleIntervalMs,
  );
  let changed = false;
  for (const { assetId, index } of assets.list) {
    if (index !== undefined && sampleAsset(state, assetId, index)) changed = true;
  }
  for (const market of markets.list) {
    if (market.perp !== undefined && samplePerp(state, market, market.perp, seconds)) changed = true;
  }
  if (changed) state.priceVersion += 1;
  schedule.nextSampleUs = followingUs(timeUs, risk.sampleIntervalMs);
}

/** When the next sample is due; Infinity in a venue where nothing has a price. */
export function nextSampleUs({ schedule }: State): number {
  return schedule.nextSampleUs === 0 ? Number.POSITIVE_INFINITY : schedule.nextSampleUs;
}
