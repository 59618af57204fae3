// Taking strategies back: one, or all of a market.
import type { CancelAllStrategies, CancelStrategy } from '@glasshouse/protocol';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import type { Strategy } from '../state/strategy.js';
import { cancelStrategyOf } from './end.js';

/** The signer's running strategy, by id or, when that is below 0, by client id. */
function ownStrategy({ strategies, scope }: State, command: CancelStrategy): Strategy | undefined {
  const { strategyId, clientStrategyId } = command;
  const strategy =
    strategyId >= 0 ? strategies.get(strategyId) : strategies.byClientId(scope.accountId, clientStrategyId);
  return strategy?.accountId === scope.accountId ? strategy : undefined;
}

export function cancelStrategy(state: State, command: CancelStrategy): void {
  const market = state.markets.bySymbol(command.symbol);
  if (market === undefined) return reject(state, 'marketUnknown', { symbol: command.symbol });
  const strategy = ownStrategy(state, command);
  if (strategy?.marketId === market.marketId) return cancelStrategyOf(state, strategy);
  const { strategyId, clientStrategyId } = command;
  reject(state, 'strategyUnknown', strategyId >= 0 ? { strategyId: String(strategyId) } : { clientStrategyId });
}

export function cancelAllStrategies(state: State, { symbol }: CancelAllStrategies): void {
  const market = state.markets.bySymbol(symbol);
  if (market === undefined) return reject(state, 'marketUnknown', { symbol });
  for (const strategy of [...state.strategies.ofAccount(state.scope.accountId)]) {
    if (strategy.marketId === market.marketId) cancelStrategyOf(state, strategy);
  }
}
