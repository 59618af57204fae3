// Pictures of strategies that run.
import { STRATEGY_END_REASONS, type StrategyView } from '@glasshouse/protocol';
import type { Atoms, Lots, Ticks, TimeUs } from '@glasshouse/units';
import type { State } from './state.js';
import type { Strategy } from './strategy.js';

type Ending = Pick<StrategyView, 'status' | 'endReason'>;

const RUNNING: Ending = { status: 'running', endReason: undefined };

/** What the last slice met with. */
export const troubleOf = ({ trouble }: Strategy) => STRATEGY_END_REASONS[trouble - 1];

export function strategyViewOf(strategy: Strategy, { status, endReason }: Ending = RUNNING): StrategyView {
  return {
    strategyId: strategy.strategyId,
    accountId: strategy.accountId,
    marketId: strategy.marketId,
    clientStrategyId: strategy.clientStrategyId,
    side: strategy.side,
    orderType: strategy.orderType,
    timeInForce: strategy.timeInForce,
    selfTradePrevention: strategy.selfTradePrevention,
    postOnly: strategy.postOnly === 1,
    reduceOnly: strategy.reduceOnly === 1,
    priceTicks: strategy.priceTicks as Ticks,
    toleranceTicks: strategy.toleranceTicks,
    toleranceMillionths: strategy.toleranceMillionths,
    sizeLots: strategy.sizeLots as Lots,
    filledLots: strategy.filledLots as Lots,
    filledQuoteAtoms: strategy.filledQuoteAtoms as Atoms,
    durationMs: strategy.durationMs,
    intervalMs: strategy.intervalMs,
    randomized: strategy.randomized === 1,
    slices: strategy.slices,
    slicesDone: strategy.slicesDone,
    status,
    endReason,
    createdUs: strategy.createdUs as TimeUs,
  };
}

/** Those of the account that run, oldest first; of one market when given. */
export function strategyViews({ strategies }: State, accountId: number, marketId?: number): StrategyView[] {
  const running = strategies.ofAccount(accountId);
  return running
    .filter((strategy) => marketId === undefined || strategy.marketId === marketId)
    .map((strategy) => strategyViewOf(strategy));
}

export function strategyView({ strategies }: State, strategyId: number): StrategyView | undefined {
  const strategy = strategies.get(strategyId);
  return strategy && strategyViewOf(strategy);
}

export function strategyByClientId(
  { strategies }: State,
  accountId: number,
  clientStrategyId: number,
): StrategyView | undefined {
  const strategy = strategies.byClientId(accountId, clientStrategyId);
  return strategy && strategyViewOf(strategy);
}
