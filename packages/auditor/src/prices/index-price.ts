// The index of an asset from what outside venues show.
import { clampExact, type Exact, exact, median, type Numeric, ONE, sum } from '../exact.js';

export type VenuePrice = { readonly price: Numeric; readonly weight: Numeric };
export type Quote = { readonly bid: Numeric; readonly ask: Numeric; readonly last: Numeric };

const WINSOR = exact('0.01');

/** median(bid, ask, last). */
export const venuePrice = ({ bid, ask, last }: Quote): Exact => median([exact(bid), exact(ask), exact(last)]) as Exact;

/** Those within `outlier` of the median of all. */
export function withoutOutliers(venues: readonly VenuePrice[], outlier: Numeric): VenuePrice[] {
  const middle = median(venues.map(({ price }) => exact(price)));
  if (middle === undefined) return [];
  return venues.filter(({ price }) => exact(price).dividedBy(middle).minus(1).abs().lessThanOrEqualTo(outlier));
}

/** Σ w clamp(p, 0.99 m, 1.01 m) / Σ w with m the median; undefined of nothing. */
export function indexPrice(venues: readonly VenuePrice[]): Exact | undefined {
  const middle = median(venues.map(({ price }) => exact(price)));
  if (middle === undefined) return undefined;
  const [least, most] = [middle.times(ONE.minus(WINSOR)), middle.times(ONE.plus(WINSOR))];
  const weighted = venues.map(({ price, weight }) => clampExact(exact(price), least, most).times(weight));
  return sum(weighted).dividedBy(sum(venues.map(({ weight }) => exact(weight))));
}
