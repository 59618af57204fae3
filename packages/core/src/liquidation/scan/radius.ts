// How far prices may move before an account can stand on another side of any line: that of its liquidation, that of the next
// warning, that below which its last warning is over. A line is a level l of maintenance ÷ equity; E − M / l is the room above it.
import { RELIEF, WARNING_LEVELS } from './levels.js';
import { REACH, type Surplus } from './surplus.js';

const RISE = REACH - 1;
/** The level at which an account is unsound. */
export const DUE = 1;

/** In USD, less what may be wrong with it; not above 0 when it is not certain that there is any. */
export function roomUsd({ equityUsd, maintenanceUsd, errorUsd }: Surplus, level: number): number {
  return equityUsd - (maintenanceUsd + errorUsd) / level;
}

/** The same on the other side: equity that the account would have to gain. */
function reliefUsd({ equityUsd, maintenanceUsd, errorUsd }: Surplus, level: number): number {
  return (maintenanceUsd - errorUsd) / level - equityUsd;
}

/** A factor less one: prices that are nearer than this to those of now have not used up the room. */
export function radiusOf({ equityMoveUsd, maintenanceMoveUsd }: Surplus, usd: number, level: number): number {
  const moveUsd = equityMoveUsd + maintenanceMoveUsd / level;
  return usd >= moveUsd ? RISE : (RISE * usd) / moveUsd;
}

/** What is next for an account for which `warned` warnings hold. */
export const nextLevel = (warned: number): number => WARNING_LEVELS[warned] ?? DUE;

/** How far prices may move before the last warning can be over; infinite for an account that is not warned. */
export function radiusOfRelief(surplus: Surplus, warned: number): number {
  if (warned === 0) return Number.POSITIVE_INFINITY;
  const level = (WARNING_LEVELS[warned - 1] as number) - RELIEF;
  return radiusOf(surplus, reliefUsd(surplus, level), level);
}

/** It has less than it must, for certain, and something at stake. */
export const isSurelyUnsound = ({ equityUsd, maintenanceUsd, errorUsd }: Surplus): boolean =>
  maintenanceUsd > 0 && maintenanceUsd - equityUsd > errorUsd;
