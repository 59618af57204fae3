import type { ListBounds } from './account-lists.js';
import type { StoredInterval } from './intervals.js';
import type { ReportBounds } from './liquidation/liquidation-history.js';

/** How much past is kept in memory. Candles are counted where something traded, so a quiet market reaches further back. */
export type HistoryBounds = {
  readonly tradesPerMarket: number;
  readonly candles: Readonly<Record<StoredInterval, number>>;
  /** Each of a perpetual's mark and index, which have a sample every second. */
  readonly priceCandles: Readonly<Record<StoredInterval, number>>;
  readonly orders: ListBounds;
  readonly fills: ListBounds;
  /** Each of deposits, withdrawals, transfers and strategies. */
  readonly movements: ListBounds;
  /** Each of funding, interest, settlements, loan movements, loans, positions, requests for quotes, quotes, and what both have traded. */
  readonly accruals: ListBounds;
  readonly fundingRatesPerMarket: number;
  /** Also of each vault. */
  readonly poolHoursPerAsset: number;
  readonly liquidations: ReportBounds;
};

/** About 500 MB when everything is full; a minute series must hold a week for the weekly ticker. */
export const DEFAULT_BOUNDS: HistoryBounds = {
  tradesPerMarket: 10_000,
  candles: { '1s': 20_000, '1m': 50_000, '1h': 30_000, '1d': 10_000 },
  priceCandles: { '1s': 3_600, '1m': 10_080, '1h': 9_000, '1d': 4_000 },
  orders: { perAccount: 10_000, total: 1_000_000 },
  fills: { perAccount: 10_000, total: 1_000_000 },
  movements: { perAccount: 1_000, total: 500_000 },
  accruals: { perAccount: 2_000, total: 500_000 },
  fundingRatesPerMarket: 10_000,
  poolHoursPerAsset: 10_000,
  liquidations: { reports: 10_000, steps: 200_000, stepsPerReport: 1_000 },
};
