// The end of a strategy: its open orders go with it.
import type { StrategyEndReason, StrategyView } from '@glasshouse/protocol';
import { removeOrder } from '../orders/removal.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import type { Strategy } from '../state/strategy.js';
import { strategyViewOf, troubleOf } from '../state/strategy-views.js';

type Ending = Pick<StrategyView, 'status' | 'endReason'>;

function end(state: State, strategy: Strategy, ending: Ending): void {
  const { strategies, markets, orderIds, scope } = state;
  const market = markets.list[strategy.marketId - 1] as Market;
  for (const orderId of [...strategies.ordersOf(strategy.strategyId)]) {
    removeOrder(state, market, orderIds.get(orderId));
  }
  strategies.remove(strategy);
  scope.emit?.({ kind: 'strategyEnded', strategy: strategyViewOf(strategy, ending) });
}

export function cancelStrategyOf(state: State, strategy: Strategy): void {
  end(state, strategy, { status: 'cancelled', endReason: undefined });
}

export function terminate(state: State, strategy: Strategy, endReason: StrategyEndReason): void {
  end(state, strategy, { status: 'terminated', endReason });
}

/** Its time is over, or there is nothing left that could fill. */
export function finish(state: State, strategy: Strategy): void {
  if (strategy.filledLots === strategy.sizeLots) end(state, strategy, { status: 'completed', endReason: undefined });
  else terminate(state, strategy, troubleOf(strategy) ?? 'Expired');
}

/** All of an account, oldest first. */
export function terminateStrategiesOf(state: State, accountId: number, reason: StrategyEndReason): void {
  for (const strategy of [...state.strategies.ofAccount(accountId)]) terminate(state, strategy, reason);
}

/** All in a market that is being wound up. */
export function terminateStrategiesIn(state: State, { marketId }: Market): void {
  for (const strategy of state.strategies.inOrder()) {
    if (strategy.marketId === marketId) terminate(state, strategy, 'Unknown');
  }
}
