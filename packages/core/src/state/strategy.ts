import type { StoredTerms } from './stored-terms.js';

/** Numbers alone, so that a snapshot is a row of them. */
export type Strategy = StoredTerms & {
  readonly strategyId: number;
  readonly accountId: number;
  readonly marketId: number;
  /** −1 for none. */
  readonly clientStrategyId: number;
  readonly sizeLots: number;
  readonly durationMs: number;
  readonly intervalMs: number;
  readonly randomized: number;
  readonly slices: number;
  readonly createdUs: number;
  /** Slices whose time has come. */
  slicesDone: number;
  /** Lots that need no slice any more: filled, resting, or taken back by their owner. */
  handledLots: number;
  filledLots: number;
  filledQuoteAtoms: number;
  /** Place in STRATEGY_END_REASONS, counted from 1, of what the last slice met with; 0 for nothing. */
  trouble: number;
};
