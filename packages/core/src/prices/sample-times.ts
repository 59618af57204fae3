// How much sequenced time lies between two samples.
import { boundaryUs } from '../state/schedule.js';

const US_PER_SECOND = 1_000_000;

/** Seconds of whole intervals that began after `fromUs`, up to `toUs`. */
export function secondsBetween(fromUs: number, toUs: number, intervalMs: number): number {
  return (boundaryUs(toUs, intervalMs) - boundaryUs(fromUs, intervalMs)) / US_PER_SECOND;
}
