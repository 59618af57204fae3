// May a strategy begin? What it says is checked as an order is, and its first slice, placed at once, must be one that is admitted.
import { type CreateStrategy, DEFAULT_STRATEGY_LIMITS, ORDER_TYPE, type StrategyLimits } from '@glasshouse/protocol';
import { marketAdmits, parametersFit } from '../orders/admission.js';
import { admittedTicks, lotsOnStep } from '../orders/grids.js';
import { ownerMayTrade, wouldAdmit } from '../orders/place.js';
import { intentOf, storedTermsOf } from '../orders/stored-terms.js';
import type { Market } from '../state/markets.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import type { Strategy } from '../state/strategy.js';
import { strategyViewOf } from '../state/strategy-views.js';
import { quantityText } from '../state/texts.js';
import { sliceBounds, type Whole } from './plan.js';
import { takeSlice } from './slice.js';

const limitsOf = ({ settings }: State): StrategyLimits => settings.strategies ?? DEFAULT_STRATEGY_LIMITS;

function scheduleFits(state: State, { durationMs, intervalMs }: CreateStrategy): boolean {
  const { minIntervalMs, maxDurationMs } = limitsOf(state);
  if (intervalMs >= minIntervalMs && intervalMs <= durationMs && durationMs <= maxDurationMs) return true;
  const bounds = { minInterval: minIntervalMs, maxDuration: maxDurationMs };
  reject(state, 'scheduleOutOfBounds', { duration: durationMs, interval: intervalMs, ...bounds });
  return false;
}

/** Every slice must be an order that the market takes. */
function slicesFit(state: State, market: Market, whole: Whole): boolean {
  const { minLots, maxLots } = market.filters;
  const { leastLots, mostLots } = sliceBounds(whole);
  if (leastLots < minLots) {
    const minQuantity = quantityText(market, minLots);
    reject(state, 'quantityBelowMinimum', { quantity: quantityText(market, leastLots), minQuantity });
    return false;
  }
  if (mostLots <= maxLots) return true;
  const maxQuantity = quantityText(market, maxLots);
  reject(state, 'quantityAboveMaximum', { quantity: quantityText(market, mostLots), maxQuantity });
  return false;
}

function wholeOf(state: State, market: Market, command: CreateStrategy): Whole | undefined {
  const { quantityDigits, quantityScale } = command.terms;
  const sizeLots = lotsOnStep(state, market, quantityDigits, quantityScale);
  if (sizeLots < 0) return undefined;
  const slices = Math.floor(command.durationMs / command.intervalMs);
  const whole = { sizeLots, slices, randomized: command.randomized ? 1 : 0 };
  return slicesFit(state, market, whole) ? whole : undefined;
}

function mayBegin(state: State, accountId: number, { clientStrategyId }: CreateStrategy): boolean {
  const { strategies } = state;
  if (clientStrategyId >= 0 && strategies.byClientId(accountId, clientStrategyId) !== undefined) {
    reject(state, 'strategyIdInUse', { clientStrategyId });
    return false;
  }
  const running = strategies.ofAccount(accountId).length;
  const limit = limitsOf(state).maxPerAccount;
  if (running < limit) return true;
  reject(state, 'strategyLimit', { strategies: running, limit });
  return false;
}

/** The strategy as it would begin, under the next id; undefined after a reject. */
function strategyOf(state: State, market: Market, command: CreateStrategy): Strategy | undefined {
  const { terms, clientStrategyId, durationMs, intervalMs } = command;
  if (!marketAdmits(state, market, terms) || !parametersFit(state, market, terms)) return undefined;
  if (!scheduleFits(state, command)) return undefined;
  const priceTicks = terms.orderType === ORDER_TYPE.limit ? admittedTicks(state, market, terms) : 0;
  const whole = priceTicks < 0 ? undefined : wholeOf(state, market, command);
  if (whole === undefined) return undefined;
  return {
    ...storedTermsOf(terms, priceTicks),
    ...whole,
    strategyId: state.strategies.lastId + 1,
    accountId: state.scope.accountId,
    marketId: market.marketId,
    clientStrategyId,
    durationMs,
    intervalMs,
    createdUs: state.timeUs,
    slicesDone: 0,
    handledLots: 0,
    filledLots: 0,
    filledQuoteAtoms: 0,
    trouble: 0,
  };
}

export function createStrategy(state: State, command: CreateStrategy): void {
  const { scope, strategies, markets } = state;
  if (!ownerMayTrade(state, scope.accountId)) return;
  const market = markets.bySymbol(command.terms.symbol);
  if (market === undefined) return reject(state, 'marketUnknown', { symbol: command.terms.symbol });
  const strategy = strategyOf(state, market, command);
  if (strategy === undefined || !mayBegin(state, scope.accountId, command)) return;
  if (!wouldAdmit(state, market, intentOf(market, strategy, sliceBounds(strategy).mostLots))) return;
  strategies.lastId = strategy.strategyId;
  strategies.add(strategy, state.timeUs);
  scope.emit?.({ kind: 'strategyCreated', strategy: strategyViewOf(strategy) });
  takeSlice(state, strategy);
}
