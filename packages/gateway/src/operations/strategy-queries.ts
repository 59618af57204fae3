// What an account may read about its strategies: those that run, and their past.
import type { RequestOf } from '@glasshouse/api';
import type { StrategyView } from '@glasshouse/protocol';
import { marketTypeOf } from '../answers/market-answer.js';
import { historicalStrategy, strategyAnswer } from '../answers/strategy-answer.js';
import type { ExchangeView } from '../ports.js';
import { Problem } from '../problem.js';
import type { SignedQueries } from './contract.js';
import { historyFilter, isId } from './history-filter.js';
import { listingOf } from './listing-of.js';
import { NO_ROWS, pagedRows, pagingOf } from './paging.js';
import type { SignedQueryParts } from './query-parts.js';

function strategyIn(view: ExchangeView, accountId: number, values: RequestOf<'strategy'>): StrategyView | undefined {
  const { strategyId, clientStrategyId } = values;
  if (clientStrategyId !== undefined) return view.strategyByClientId(accountId, clientStrategyId);
  return strategyId !== undefined && isId(strategyId) ? view.strategy(Number(strategyId)) : undefined;
}

export function strategyQueries({ port, history, catalogue }: SignedQueryParts) {
  return {
    strategy: async (values, { accountId }) => {
      const listing = listingOf(catalogue, values.symbol);
      if ((values.strategyId === undefined) === (values.clientStrategyId === undefined)) {
        const message = 'Must specify exactly one of `strategyId` and `clientStrategyId`';
        throw new Problem('parameterConflict', { message });
      }
      const strategy = await port.read((view) => strategyIn(view, accountId, values));
      const own = strategy?.accountId === accountId && strategy.marketId === listing.market.marketId;
      if (strategy === undefined || !own) throw new Problem('strategyUnknown');
      return strategyAnswer(listing, strategy);
    },
    strategies: async ({ symbol, marketType }, { accountId }) => {
      const marketId = symbol === undefined ? undefined : listingOf(catalogue, symbol).market.marketId;
      const strategies = await port.read((view) => view.strategies(accountId, marketId));
      return strategies.flatMap((strategy) => {
        const listing = catalogue.listing(strategy.marketId);
        if (listing === undefined || (marketType !== undefined && marketType !== marketTypeOf(listing))) return [];
        return [strategyAnswer(listing, strategy)];
      });
    },
    strategyHistory: async (values, { accountId }) => {
      const paging = pagingOf(values);
      const filter = historyFilter(catalogue, accountId, values);
      const page = filter === undefined ? NO_ROWS : await history.strategies({ ...filter, ...paging });
      return pagedRows(page, paging, ({ strategy }) => {
        const listing = catalogue.listing(strategy.marketId);
        return listing && historicalStrategy(listing, strategy);
      });
    },
  } satisfies Partial<SignedQueries>;
}
