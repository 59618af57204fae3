// What may be read of liquidations: by anyone without names, by each account of its own.
import type { DeleverageIndicator, DeleverageQueue } from '@glasshouse/api';
import type { BackstopView, DeleverageView, KeyView } from '@glasshouse/protocol';
import {
  backstopAnswer,
  capacityAnswer,
  indicatorAnswer,
  loanCapacityAnswer,
  queueAnswer,
} from '../answers/backstop-answer.js';
import { ownReport, publicReport } from '../answers/liquidation-answer.js';
import { negativeBalanceAnswer, statisticsAnswer } from '../answers/liquidation-statistics.js';
import type { Listing } from '../exchange/listing.js';
import type { ExchangeView } from '../ports.js';
import type { PublicQueries, SignedQueries } from './contract.js';
import { pagedRows, pagingOf } from './paging.js';
import type { QueryParts } from './query-parts.js';

function negativeBalancesIn(view: ExchangeView, { catalogue }: QueryParts, accountId?: number) {
  return view.negativeBalances(accountId).flatMap((negative) => {
    const asset = catalogue.asset(negative.assetId);
    return asset === undefined ? [] : [negativeBalanceAnswer(asset, negative)];
  });
}

export function liquidationQueries(parts: QueryParts) {
  const { port, history, catalogue, queues } = parts;
  const capacities = (backstops: readonly BackstopView[], nowUs: number) =>
    [
      ...catalogue.listings().map((listing) => capacityAnswer(listing, backstops, nowUs)),
      ...catalogue.assets().map((asset) => loanCapacityAnswer(asset, backstops, nowUs)),
    ].filter((answer) => answer !== undefined);
  return {
    liquidations: async (values) => {
      const paging = pagingOf(values);
      return pagedRows(await history.liquidations(paging), paging, (row) => publicReport(row, catalogue));
    },
    liquidationStatistics: async () => {
      const statistics = await port.read((view) => view.liquidationStatistics());
      return statisticsAnswer(statistics, catalogue.settlementAsset);
    },
    deleverageQueues: async () => {
      const answers: DeleverageQueue[] = [];
      for (const listing of catalogue.listings()) {
        const { perp } = listing;
        const queue = perp && (await queues.of(listing.market.marketId));
        if (perp !== undefined && queue !== undefined) answers.push(queueAnswer(listing, perp, queue));
      }
      return answers;
    },
    backstop: () => port.read((view) => capacities(view.backstops(), view.timeUs)),
    negativeBalances: () => port.read((view) => negativeBalancesIn(view, parts)),
  } satisfies Partial<PublicQueries>;
}

type Held = { readonly listing: Listing; readonly isLong: boolean };

export function ownLiquidationQueries(parts: QueryParts) {
  const { port, history, catalogue, queues } = parts;
  const heldBy = ({ accountId }: KeyView): Promise<Held[]> =>
    port.read((view) =>
      view.positions(accountId).flatMap(({ marketId, sizeLots }) => {
        const listing = catalogue.listing(marketId);
        return listing === undefined || sizeLots === 0 ? [] : [{ listing, isLong: sizeLots > 0 }];
      }),
    );
  const placeOf = async ({ listing, isLong }: Held, accountId: number): Promise<DeleverageView | undefined> => {
    const queue = await queues.of(listing.market.marketId);
    const side = isLong ? queue?.long : queue?.short;
    return side?.find((one) => one.accountId === accountId);
  };
  return {
    ownLiquidations: async (values, { accountId }) => {
      const paging = pagingOf(values);
      const page = await history.liquidations({ accountId, ...paging });
      return pagedRows(page, paging, (row) => ownReport(row, catalogue));
    },
    deleverageIndicators: async (_values, caller) => {
      const answers: DeleverageIndicator[] = [];
      for (const held of await heldBy(caller)) {
        const place = await placeOf(held, caller.accountId);
        const { perp } = held.listing;
        if (perp !== undefined && place !== undefined) answers.push(indicatorAnswer(held.listing, perp, place));
      }
      return answers;
    },
    ownBackstop: (_values, { accountId }) =>
      port.read((view) => {
        const backstop = view.backstop(accountId);
        return backstop && backstopAnswer(backstop, catalogue, view.timeUs);
      }),
    ownNegativeBalances: (_values, { accountId }) => port.read((view) => negativeBalancesIn(view, parts, accountId)),
  } satisfies Partial<SignedQueries>;
}
