// What a holding counts as collateral (mechanics §2): large holdings count less, because they would move their own price.
import type { CollateralConfiguration } from '@glasshouse/protocol';

/** w(n) for a holding of n USD. */
export function collateralWeight({ weight, base, penalty }: CollateralConfiguration, holdingUsd: number): number {
  if (base === undefined || penalty === undefined) return weight;
  return Math.min(weight, base / (1 + penalty * Math.sqrt(holdingUsd)));
}

/**
 * n × w(n) never falls as n rises. With n·b / (1 + p√n) that holds for every n, because its derivative is
 * b (1 + p√n / 2) / (1 + p√n)² ≥ 0; what is left to ask is that the curve starts at or above the weight's own line.
 */
export function isMonotone({ weight, base, penalty }: CollateralConfiguration): boolean {
  return base === undefined || penalty === undefined || (base >= weight && penalty >= 0);
}
