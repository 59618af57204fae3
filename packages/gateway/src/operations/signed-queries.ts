// What an account may read about itself.
import type { RequestOf } from '@glasshouse/api';
import type { KeyView } from '@glasshouse/protocol';
import {
  accountAnswer,
  accountSummary,
  balanceAnswer,
  depositAnswer,
  fillAnswer,
  keyAnswer,
  withdrawalAnswer,
} from '../answers/account-answer.js';
import { historicalOrder, orderAnswer } from '../answers/order-answer.js';
import type { Catalogue } from '../exchange/catalogue.js';
import type { Listing } from '../exchange/listing.js';
import type { HistoryPort, Page } from '../history-port.js';
import type { ExchangePort, ExchangeView } from '../ports.js';
import { Problem } from '../problem.js';
import { Paged, type SignedQueries } from './contract.js';
import { listingOf } from './public-queries.js';

export type SignedQueryParts = {
  readonly port: ExchangePort;
  readonly history: HistoryPort;
  readonly catalogue: Catalogue;
};

const DEFAULT_ROWS = 100;
const US_PER_MS = 1000;
const ORDER_ID = /^\d{1,15}$/;

type PageValues = { readonly limit?: number; readonly offset?: number; readonly sortDirection?: 'Asc' | 'Desc' };
type Period = { readonly from?: number; readonly to?: number };

function pagingOf(values: PageValues) {
  const sort = values.sortDirection === 'Asc' ? ('ascending' as const) : ('descending' as const);
  return { limit: values.limit ?? DEFAULT_ROWS, offset: values.offset ?? 0, sort };
}

/** Milliseconds, both ends included. */
function periodOf({ from, to }: Period) {
  return {
    fromUs: from === undefined ? undefined : from * US_PER_MS,
    toUs: to === undefined ? undefined : to * US_PER_MS + US_PER_MS - 1,
  };
}

function pagedRows<Source, Row>(
  page: Page<Source>,
  paging: { readonly limit: number; readonly offset: number },
  rowOf: (source: Source) => Row | undefined,
): Paged<Row> {
  return new Paged(
    page.rows.map(rowOf).filter((row) => row !== undefined),
    page.total,
    paging,
  );
}

type HistoryFilter = {
  readonly symbol?: string;
  readonly orderId?: string;
  readonly strategyId?: string;
  readonly marketType?: readonly string[];
};

/** The filter of an order or fill query; undefined when nothing can pass it. */
function orderFilter(catalogue: Catalogue, accountId: number, filter: HistoryFilter) {
  const marketId = filter.symbol === undefined ? undefined : listingOf(catalogue, filter.symbol).market.marketId;
  if (filter.strategyId !== undefined) return undefined;
  if (filter.marketType !== undefined && !filter.marketType.includes('SPOT')) return undefined;
  if (filter.orderId === undefined) return { accountId, marketId };
  return ORDER_ID.test(filter.orderId) ? { accountId, marketId, orderId: Number(filter.orderId) } : undefined;
}

const NO_ROWS = { rows: [], total: 0 } as const;

function openOrder(view: ExchangeView, caller: KeyView, values: RequestOf<'order'>) {
  const { orderId, clientId } = values;
  if (orderId === undefined && clientId !== undefined) return view.openOrderByClientId(caller.accountId, clientId);
  return orderId !== undefined && ORDER_ID.test(orderId) ? view.openOrder(Number(orderId)) : undefined;
}

function orderQueries({ port, catalogue }: SignedQueryParts) {
  return {
    order: async (values, caller) => {
      const listing = listingOf(catalogue, values.symbol);
      if ((values.orderId === undefined) === (values.clientId === undefined)) {
        throw new Problem('parameterConflict', { message: 'Must specify exactly one of `orderId` and `clientId`' });
      }
      const order = await port.read((view) => openOrder(view, caller, values));
      const own = order?.accountId === caller.accountId && order.marketId === listing.market.marketId;
      if (order === undefined || !own) throw new Problem('orderUnknown');
      return orderAnswer(listing, order);
    },
    openOrders: async ({ symbol, marketType }, caller) => {
      const marketId = symbol === undefined ? undefined : listingOf(catalogue, symbol).market.marketId;
      if (marketType !== undefined && marketType !== 'SPOT') return [];
      const orders = await port.read((view) => view.openOrders(caller.accountId, marketId));
      return orders.flatMap((order) => {
        const listing = catalogue.listing(order.marketId);
        return listing === undefined ? [] : [orderAnswer(listing, order)];
      });
    },
  } satisfies Partial<SignedQueries>;
}

function historyQueries({ history, catalogue }: SignedQueryParts) {
  const inMarket = <Row>(marketId: number, rowOf: (listing: Listing) => Row): Row | undefined => {
    const listing = catalogue.listing(marketId);
    return listing === undefined ? undefined : rowOf(listing);
  };
  return {
    orderHistory: async (values, caller) => {
      const paging = pagingOf(values);
      const filter = orderFilter(catalogue, caller.accountId, values);
      const page = filter === undefined ? NO_ROWS : await history.orders({ ...filter, ...paging });
      return pagedRows(page, paging, (row) => inMarket(row.order.marketId, (listing) => historicalOrder(listing, row)));
    },
    fillHistory: async (values, caller) => {
      const paging = pagingOf(values);
      const filter = orderFilter(catalogue, caller.accountId, values);
      const systemFills = values.fillType !== undefined && values.fillType !== 'User';
      const page =
        filter === undefined || systemFills
          ? NO_ROWS
          : await history.fills({ ...filter, ...periodOf(values), ...paging });
      return pagedRows(page, paging, (row) => {
        const feeAsset = catalogue.asset(row.feeAssetId);
        return feeAsset && inMarket(row.marketId, (listing) => fillAnswer(listing, feeAsset, row));
      });
    },
  } satisfies Partial<SignedQueries>;
}

function movementQueries({ history, catalogue }: SignedQueryParts) {
  return {
    deposits: async (values, { accountId }) => {
      const page = await history.deposits({ accountId, ...periodOf(values), ...pagingOf(values) });
      return page.rows.flatMap((row) => {
        const asset = catalogue.asset(row.assetId);
        return asset === undefined ? [] : [depositAnswer(asset, row)];
      });
    },
    withdrawals: async (values, { accountId }) => {
      const { id: withdrawalId, clientId } = values;
      const filter = { accountId, withdrawalId, clientId, ...periodOf(values), ...pagingOf(values) };
      const page = await history.withdrawals(filter);
      return page.rows.flatMap((row) => {
        const asset = catalogue.asset(row.assetId);
        return asset === undefined ? [] : [withdrawalAnswer(asset, row)];
      });
    },
    depositAddress: ({ blockchain }, { accountId }) => {
      const onChain = (token: { blockchain: string; depositEnabled: boolean }) =>
        token.blockchain === blockchain && token.depositEnabled;
      if (!catalogue.assets().some((asset) => asset.tokens.some(onChain))) {
        throw new Problem('blockchainUnknown', { details: { blockchain } });
      }
      return { address: `${blockchain.toLowerCase()}:${accountId}` };
    },
  } satisfies Partial<SignedQueries>;
}

function accountQueries({ port, catalogue }: SignedQueryParts) {
  return {
    account: async (_values, { accountId }) => {
      const account = await port.read((view) => view.account(accountId));
      if (account === undefined) throw new Problem('accountUnknown');
      return accountSummary(account);
    },
    balances: async (_values, { accountId }) => {
      const balances = await port.read((view) => view.balances(accountId));
      return Object.fromEntries(
        balances.flatMap((balance) => {
          const asset = catalogue.asset(balance.assetId);
          return asset === undefined ? [] : [[asset.symbol, balanceAnswer(asset, balance)]];
        }),
      );
    },
    subaccounts: async (_values, { accountId }) => {
      const accounts = await port.read((view) => {
        const account = view.account(accountId);
        return account === undefined ? [] : view.accountsOfCustomer(account.customerId);
      });
      return accounts.map(accountAnswer);
    },
    keys: async (_values, { accountId }) => (await port.read((view) => view.keysOfAccount(accountId))).map(keyAnswer),
  } satisfies Partial<SignedQueries>;
}

export function signedQueries(parts: SignedQueryParts): SignedQueries {
  return {
    ...orderQueries(parts),
    ...historyQueries(parts),
    ...movementQueries(parts),
    ...accountQueries(parts),
  };
}
