// Strategies as REST shows them: running (POST, GET, DELETE of strategies) and in the account's history.
import type { ScheduledStrategy, Strategy, StrategyStatus } from '@glasshouse/api';
import type { StrategyView } from '@glasshouse/protocol';
import { formatDecimal } from '@glasshouse/units';
import type { Listing } from '../exchange/listing.js';
import { SELF_TRADE_PREVENTION_NAME, SIDE_NAME, TIME_IN_FORCE_NAME } from './names.js';
import { milliseconds, naiveDateTime } from './times.js';

const STATUS_NAME: Readonly<Record<StrategyView['status'], StrategyStatus>> = {
  running: 'Running',
  completed: 'Completed',
  cancelled: 'Cancelled',
  terminated: 'Terminated',
};

/** Millionths of a percent. */
const PERCENT_SCALE = 6;

function toleranceFields({ toleranceTicks, toleranceMillionths }: StrategyView) {
  if (toleranceTicks > 0) {
    return { slippageTolerance: String(toleranceTicks), slippageToleranceType: 'TickSize' as const };
  }
  if (toleranceMillionths === 0) return { slippageTolerance: null, slippageToleranceType: null };
  const slippageTolerance = formatDecimal(toleranceMillionths, PERCENT_SCALE, 0);
  return { slippageTolerance, slippageToleranceType: 'Percent' as const };
}

function sharedFields(listing: Listing, strategy: StrategyView) {
  return {
    clientStrategyId: strategy.clientStrategyId < 0 ? null : strategy.clientStrategyId,
    duration: strategy.durationMs,
    executedQuantity: listing.quantity(strategy.filledLots),
    executedQuoteQuantity: listing.quoteQuantity(strategy.filledQuoteAtoms),
    id: String(strategy.strategyId),
    interval: strategy.intervalMs,
    quantity: listing.quantity(strategy.sizeLots),
    randomizedIntervalQuantity: strategy.randomized,
    selfTradePrevention: SELF_TRADE_PREVENTION_NAME[strategy.selfTradePrevention],
    side: SIDE_NAME[strategy.side],
    ...toleranceFields(strategy),
    status: STATUS_NAME[strategy.status],
    strategyType: 'Scheduled' as const,
    symbol: listing.market.symbol,
    timeInForce: TIME_IN_FORCE_NAME[strategy.timeInForce],
  };
}

export function strategyAnswer(listing: Listing, strategy: StrategyView): ScheduledStrategy {
  return {
    ...sharedFields(listing, strategy),
    createdAt: milliseconds(strategy.createdUs),
    reduceOnly: listing.perp === undefined ? null : strategy.reduceOnly,
  };
}

export function historicalStrategy(listing: Listing, strategy: StrategyView): Strategy {
  return {
    ...sharedFields(listing, strategy),
    cancelReason: strategy.endReason ?? null,
    createdAt: naiveDateTime(strategy.createdUs),
  };
}
