// Margin functions as the wire shows them, and their values.
import type { PositionImfFunction } from '@glasshouse/api';
import type { FractionTerms, MarginCurve, PerpTerms } from '@glasshouse/protocol';
import { rateText } from './real-number.js';

export function marginFunction({ base, factor }: MarginCurve): PositionImfFunction {
  return { base: rateText(base), factor: rateText(factor), type: 'sqrt' };
}

/** The largest of the terms decides. */
export function largestTerm({ byVenueLeverage, byLeverageLimit, base, bySize }: FractionTerms): number {
  return Math.max(byVenueLeverage, byLeverageLimit, base, bySize);
}

const CENTI = 100;

function curveAt({ base, factor }: MarginCurve, notionalUsd: number): number {
  return Math.max(base, factor * Math.sqrt(notionalUsd));
}

/** Initial margin fraction of a perpetual; a leverage limit of 0 is the venue's maximum. */
export function perpInitialFraction(perp: PerpTerms, notionalUsd: number, leverageLimitCenti: number): number {
  const byLimit = leverageLimitCenti === 0 ? 0 : CENTI / leverageLimitCenti;
  return Math.max(1 / perp.maxLeverage, byLimit, curveAt(perp.imf, notionalUsd));
}

export function perpMaintenanceFraction(perp: PerpTerms, notionalUsd: number): number {
  return curveAt(perp.mmf, notionalUsd);
}
