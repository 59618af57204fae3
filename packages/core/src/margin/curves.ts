// Margin fractions by size (mechanics §3): larger positions take longer to close, so they need more.
import type { MarginCurve } from '@glasshouse/protocol';

export function curveAt({ base, factor }: MarginCurve, notionalUsd: number): number {
  return Math.max(base, factor * Math.sqrt(notionalUsd));
}

/** Initial margin fraction; `leverageLimit` 0 is the venue's maximum. */
export function initialFraction(
  curve: MarginCurve,
  notionalUsd: number,
  maxLeverage: number,
  leverageLimit: number,
): number {
  const byVenue = Math.max(1 / maxLeverage, curveAt(curve, notionalUsd));
  return leverageLimit === 0 ? byVenue : Math.max(byVenue, 1 / leverageLimit);
}
