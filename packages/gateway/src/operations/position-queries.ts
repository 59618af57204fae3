// Positions of an account from their openings to their closings.
import type { KeyView } from '@glasshouse/protocol';
import { leverageText } from '../answers/account-answer.js';
import { positionHistoryAnswer, type StandingPosition } from '../answers/position-history-answer.js';
import type { Catalogue } from '../exchange/catalogue.js';
import type { ExchangeView } from '../ports.js';
import type { SignedQueries } from './contract.js';
import { listingOf, marketsOfTypes } from './listing-of.js';
import { accountIn, positionsIn, venueLimits } from './margin-queries.js';
import { pagingOf } from './paging.js';
import type { SignedQueryParts } from './query-parts.js';

/** Open positions by their ids. */
function standingIn(view: ExchangeView, catalogue: Catalogue, caller: KeyView): ReadonlyMap<string, StandingPosition> {
  const leverage = leverageText(accountIn(view, caller), venueLimits(view, catalogue));
  const open = positionsIn(view, catalogue, caller).map(({ answer }) => answer);
  return new Map(open.map((position) => [position.positionId, { position, leverage }]));
}

export function positionQueries({ port, history, catalogue }: SignedQueryParts) {
  return {
    positionHistory: async (values, caller) => {
      const { symbol, state, marketType } = values;
      const paging = pagingOf(values);
      const marketId = symbol === undefined ? undefined : listingOf(catalogue, symbol).market.marketId;
      const marketIds = marketType === undefined ? undefined : marketsOfTypes(catalogue, marketType);
      const open = state === undefined ? undefined : state === 'Open';
      const page = await history.positions({ accountId: caller.accountId, marketId, marketIds, open, ...paging });
      const standing = await port.read((view) => standingIn(view, catalogue, caller));
      return page.rows.flatMap((row) => {
        const listing = catalogue.listing(row.marketId);
        const stands = row.closedUs === 0 ? standing.get(String(row.positionId)) : undefined;
        return listing === undefined ? [] : [positionHistoryAnswer(listing, row, stands)];
      });
    },
  } satisfies Partial<SignedQueries>;
}
