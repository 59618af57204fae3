// Margin functions and collateral weights: what a size in USD asks for, and how much of a holding counts.
import type { CollateralConfiguration, MarginCurve } from '@glasshouse/protocol';
import { Exact, exact, larger, type Numeric, ONE } from '../exact.js';

/** max(base, factor × √notional). */
export function marginFraction(curve: MarginCurve, notionalUsd: Numeric): Exact {
  return larger(exact(curve.base), exact(curve.factor).times(exact(notionalUsd).sqrt()));
}

export type LeverageBounds = {
  readonly platformMaxLeverage?: Numeric | undefined;
  /** The owner's own limit; undefined for none. */
  readonly leverageLimit?: Numeric | undefined;
};

/** max(1 / platformMaxLeverage, 1 / leverageLimit, base, factor × √notional). */
export function initialMarginFraction(curve: MarginCurve, notionalUsd: Numeric, bounds: LeverageBounds = {}): Exact {
  const leverages = [bounds.platformMaxLeverage, bounds.leverageLimit].filter((bound) => bound !== undefined);
  return larger(marginFraction(curve, notionalUsd), ...leverages.map((leverage) => ONE.dividedBy(leverage)));
}

/** w(n) = weight, or min(weight, base / (1 + penalty × √n)); n is the holding in USD. */
export function collateralWeight(terms: CollateralConfiguration, holdingUsd: Numeric): Exact {
  const weight = exact(terms.weight);
  if (terms.base === undefined || terms.penalty === undefined) return weight;
  const divisor = ONE.plus(exact(terms.penalty).times(exact(holdingUsd).sqrt()));
  return Exact.min(weight, exact(terms.base).dividedBy(divisor));
}
