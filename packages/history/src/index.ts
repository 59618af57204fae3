export type { ListBounds } from './account-lists.js';
export { DEFAULT_BOUNDS, type HistoryBounds } from './bounds.js';
export type { Committed } from './committed.js';
export { UnreadableHistory } from './encoding.js';
export { CANDLE_INTERVALS, type CandleInterval, intervalStart, nextIntervalStart } from './intervals.js';
export type * from './liquidation/rows.js';
export { MemoryHistory } from './memory-history.js';
export type * from './positions/rows.js';
export type * from './queries.js';
