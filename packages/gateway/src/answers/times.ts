// The forms in which the wire writes a time.

export const DAY_US = 86_400_000_000;

export function milliseconds(timeUs: number): number {
  return Math.floor(timeUs / 1000);
}

function isoOf(timeUs: number): string {
  return new Date(milliseconds(timeUs)).toISOString();
}

/** `2026-11-23T04:27:00.123`, without the fraction when it is zero. */
export function naiveDateTime(timeUs: number): string {
  const iso = isoOf(timeUs);
  return iso.endsWith('.000Z') ? iso.slice(0, -5) : iso.slice(0, -1);
}

/** `2026-11-23T04:27:00.123Z` */
export function isoDateTime(timeUs: number): string {
  return isoOf(timeUs);
}

/** `2026-11-23`, of a day counted since 1970. */
export function dayText(day: number): string {
  return isoOf(day * DAY_US).slice(0, 10);
}

/** `2026-11-23 04:27:00` */
export function candleTime(timeUs: number): string {
  return isoOf(timeUs).slice(0, 19).replace('T', ' ');
}
