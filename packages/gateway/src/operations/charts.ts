import type { BorrowLendMarketHistoryInterval } from '@glasshouse/api';

const HOUR_US = 3_600_000_000;
const DAY_US = 24 * HOUR_US;

export type Chart = { readonly spanUs: number; readonly stepUs: number };

/** How far back, and one point for each so long. */
export const CHARTS: Readonly<Record<BorrowLendMarketHistoryInterval, Chart>> = {
  '1d': { spanUs: DAY_US, stepUs: HOUR_US },
  '1w': { spanUs: 7 * DAY_US, stepUs: HOUR_US },
  '1month': { spanUs: 30 * DAY_US, stepUs: 6 * HOUR_US },
  '1year': { spanUs: 365 * DAY_US, stepUs: DAY_US },
};
