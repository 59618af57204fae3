import type { Atoms, Lots, Ticks, TimeUs } from '@glasshouse/units';
import type { OrderType, SelfTradePrevention, Side, StrategyEndReason, TimeInForce } from './vocabulary.js';

/** An order that the exchange places slice by slice. */
export type StrategyView = {
  readonly strategyId: number;
  readonly accountId: number;
  readonly marketId: number;
  /** −1 when the caller gave none. */
  readonly clientStrategyId: number;
  readonly side: Side;
  /** Of every slice, like the terms that follow. */
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly selfTradePrevention: SelfTradePrevention;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  /** 0 for market orders. */
  readonly priceTicks: Ticks;
  /** Slippage tolerance in ticks, or in millionths of a percent; 0 for none. */
  readonly toleranceTicks: number;
  readonly toleranceMillionths: number;
  /** Of all slices together. */
  readonly sizeLots: Lots;
  readonly filledLots: Lots;
  readonly filledQuoteAtoms: Atoms;
  readonly durationMs: number;
  readonly intervalMs: number;
  readonly randomized: boolean;
  readonly slices: number;
  /** Whose time has come. */
  readonly slicesDone: number;
  readonly status: 'running' | 'completed' | 'cancelled' | 'terminated';
  /** Given when it was terminated. */
  readonly endReason: StrategyEndReason | undefined;
  readonly createdUs: TimeUs;
};
