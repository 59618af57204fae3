// Candle intervals: where each begins and ends. All start on UTC boundaries; weeks start on Monday, months on the first.
import type { TimeUs } from '@glasshouse/units';

export const CANDLE_INTERVALS = [
  '1s',
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '3d',
  '1w',
  '1month',
] as const;

export type CandleInterval = (typeof CANDLE_INTERVALS)[number];

const SECOND_US = 1_000_000;
export const MINUTE_US = 60 * SECOND_US;
const HOUR_US = 60 * MINUTE_US;
export const DAY_US = 24 * HOUR_US;

/** Intervals that are stored; every other one is folded from the longest of these that divides it. */
export const STORED_INTERVALS = ['1s', '1m', '1h', '1d'] as const;
export type StoredInterval = (typeof STORED_INTERVALS)[number];

type Rhythm = { readonly stored: StoredInterval; readonly lengthUs: number; readonly originUs: number };

const fixed = (stored: StoredInterval, lengthUs: number, originUs = 0): Rhythm => ({ stored, lengthUs, originUs });

/** 1 January 1970 was a Thursday; the Monday of that week lies three days before. */
const MONDAY_ORIGIN_US = -3 * DAY_US;

const RHYTHM: Record<Exclude<CandleInterval, '1month'>, Rhythm> = {
  '1s': fixed('1s', SECOND_US),
  '1m': fixed('1m', MINUTE_US),
  '3m': fixed('1m', 3 * MINUTE_US),
  '5m': fixed('1m', 5 * MINUTE_US),
  '15m': fixed('1m', 15 * MINUTE_US),
  '30m': fixed('1m', 30 * MINUTE_US),
  '1h': fixed('1h', HOUR_US),
  '2h': fixed('1h', 2 * HOUR_US),
  '4h': fixed('1h', 4 * HOUR_US),
  '6h': fixed('1h', 6 * HOUR_US),
  '8h': fixed('1h', 8 * HOUR_US),
  '12h': fixed('1h', 12 * HOUR_US),
  '1d': fixed('1d', DAY_US),
  '3d': fixed('1d', 3 * DAY_US),
  '1w': fixed('1d', 7 * DAY_US, MONDAY_ORIGIN_US),
};

export function storedIntervalOf(interval: CandleInterval): StoredInterval {
  return interval === '1month' ? '1d' : RHYTHM[interval].stored;
}

function monthStart(timeUs: number, monthsAhead: number): TimeUs {
  const date = new Date(Math.floor(timeUs / 1000));
  return (Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsAhead, 1) * 1000) as TimeUs;
}

/** Start of the interval that holds `timeUs`. */
export function intervalStart(interval: CandleInterval, timeUs: number): TimeUs {
  if (interval === '1month') return monthStart(timeUs, 0);
  const { lengthUs, originUs } = RHYTHM[interval];
  return (Math.floor((timeUs - originUs) / lengthUs) * lengthUs + originUs) as TimeUs;
}

/** Start of the interval after the one that starts at `startUs`. */
export function nextIntervalStart(interval: CandleInterval, startUs: number): TimeUs {
  if (interval === '1month') return monthStart(startUs, 1);
  return (startUs + RHYTHM[interval].lengthUs) as TimeUs;
}
