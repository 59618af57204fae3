// How far prices may move before an account must be looked at again.
import { REACH, type Surplus } from './surplus.js';

/** What the account has beyond its maintenance margin for certain. */
export const sureUsd = ({ equityUsd, maintenanceUsd, errorUsd }: Surplus): number =>
  equityUsd - maintenanceUsd - errorUsd;

/** It has less for certain, and something at stake. */
export const isSurelyShort = ({ equityUsd, maintenanceUsd, errorUsd }: Surplus): boolean =>
  maintenanceUsd > 0 && maintenanceUsd - equityUsd > errorUsd;

/** A factor less one: so far from now no price can have used up so much of the surplus. */
export function radiusOf({ equityLossUsd, maintenanceGainUsd }: Surplus, surplusUsd: number): number {
  const lossUsd = equityLossUsd + maintenanceGainUsd;
  return surplusUsd >= lossUsd ? REACH - 1 : ((REACH - 1) * surplusUsd) / lossUsd;
}
