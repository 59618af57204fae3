// What an account may read about itself.

import type { FillType, RequestOf } from '@glasshouse/api';
import type { FillOrigin, KeyView, OrderView, TriggerOrderView } from '@glasshouse/protocol';
import {
  accountAnswer,
  accountSummary,
  balanceAnswer,
  depositAnswer,
  fillAnswer,
  keyAnswer,
  withdrawalAnswer,
} from '../answers/account-answer.js';
import { marketTypeOf } from '../answers/market-answer.js';
import { historicalOrder, orderAnswer } from '../answers/order-answer.js';
import { triggerOrderAnswer } from '../answers/trigger-answer.js';
import type { Listing } from '../exchange/listing.js';
import type { ExchangeView, OrderExits } from '../ports.js';
import { Problem } from '../problem.js';
import { accrualQueries } from './accrual-queries.js';
import type { SignedQueries } from './contract.js';
import { historyFilter, isId } from './history-filter.js';
import { limitQueries } from './limit-queries.js';
import { ownLiquidationQueries } from './liquidation-queries.js';
import { listingOf } from './listing-of.js';
import { loanEstimates } from './loan-estimate.js';
import { accountIn, marginQueries, venueLimits } from './margin-queries.js';
import { orderTrial } from './order-trial.js';
import { NO_ROWS, pagedRows, pagingOf, periodOf } from './paging.js';
import { positionQueries } from './position-queries.js';
import type { SignedQueryParts } from './query-parts.js';
import { rfqQueries } from './rfq-queries.js';
import { securityQueries } from './security-queries.js';
import { strategyQueries } from './strategy-queries.js';
import { signedVaultQueries } from './vault-queries.js';

/** One that rests, or one that waits for a price. */
type OpenOrder =
  | { readonly kind: 'resting'; readonly order: OrderView; readonly exits: OrderExits | undefined }
  | { readonly kind: 'waiting'; readonly order: TriggerOrderView };

function resting(view: ExchangeView, order: OrderView | undefined): OpenOrder | undefined {
  return order && { kind: 'resting', order, exits: view.exits(order.orderId) };
}

function waiting(order: TriggerOrderView | undefined): OpenOrder | undefined {
  return order && { kind: 'waiting', order };
}

function openOrderAnswer(listing: Listing, open: OpenOrder) {
  return open.kind === 'resting'
    ? orderAnswer(listing, open.order, open.exits)
    : triggerOrderAnswer(listing, open.order);
}

function openOrder(view: ExchangeView, { accountId }: KeyView, values: RequestOf<'order'>): OpenOrder | undefined {
  const { orderId, clientId } = values;
  if (orderId === undefined && clientId !== undefined) {
    const order = view.openOrderByClientId(accountId, clientId);
    return resting(view, order) ?? waiting(view.triggerOrderByClientId(accountId, clientId));
  }
  if (orderId === undefined || !isId(orderId)) return undefined;
  return resting(view, view.openOrder(Number(orderId))) ?? waiting(view.triggerOrder(Number(orderId)));
}

/** In the order in which they came. */
function openOrders(view: ExchangeView, accountId: number, marketId: number | undefined): readonly OpenOrder[] {
  const orders = view.openOrders(accountId, marketId).map((order) => resting(view, order) as OpenOrder);
  const triggers: OpenOrder[] = view.triggerOrders(accountId, marketId).map((order) => ({ kind: 'waiting', order }));
  return [...orders, ...triggers].sort((a, b) => a.order.orderId - b.order.orderId);
}

function orderQueries({ port, catalogue }: SignedQueryParts) {
  return {
    order: async (values, caller) => {
      const listing = listingOf(catalogue, values.symbol);
      if ((values.orderId === undefined) === (values.clientId === undefined)) {
        throw new Problem('parameterConflict', { message: 'Must specify exactly one of `orderId` and `clientId`' });
      }
      const open = await port.read((view) => openOrder(view, caller, values));
      const own = open?.order.accountId === caller.accountId && open.order.marketId === listing.market.marketId;
      if (open === undefined || !own) throw new Problem('orderUnknown');
      return openOrderAnswer(listing, open);
    },
    openOrders: async ({ symbol, marketType }, caller) => {
      const marketId = symbol === undefined ? undefined : listingOf(catalogue, symbol).market.marketId;
      const orders = await port.read((view) => openOrders(view, caller.accountId, marketId));
      return orders.flatMap((open) => {
        const listing = catalogue.listing(open.order.marketId);
        if (listing === undefined || (marketType !== undefined && marketType !== marketTypeOf(listing))) return [];
        return [openOrderAnswer(listing, open)];
      });
    },
  } satisfies Partial<SignedQueries>;
}

const ORIGINS_OF_FILLS: Readonly<Record<FillType, readonly FillOrigin[]>> = {
  User: ['user'],
  CollateralConversion: ['conversion'],
  CollateralConversionAndSpotLiquidation: ['conversion', 'liquidation'],
  BookLiquidation: ['liquidation'],
  Adl: ['deleverage'],
  Backstop: ['backstop'],
  Liquidation: ['liquidation', 'backstop'],
  AllLiquidation: ['liquidation', 'backstop', 'deleverage'],
};

/** What a fill type leaves of the fills; markets that are asked for beside it must be among its own. */
function kindOfFills({ fillType, marketType }: RequestOf<'fillHistory'>) {
  if (fillType === undefined) return { origins: undefined, marketType };
  const origins = ORIGINS_OF_FILLS[fillType];
  if (fillType !== 'CollateralConversionAndSpotLiquidation') return { origins, marketType };
  return { origins, marketType: (marketType ?? ['SPOT']).filter((type) => type === 'SPOT') };
}

function historyQueries({ history, catalogue }: SignedQueryParts) {
  const inMarket = <Row>(marketId: number, rowOf: (listing: Listing) => Row): Row | undefined => {
    const listing = catalogue.listing(marketId);
    return listing === undefined ? undefined : rowOf(listing);
  };
  return {
    orderHistory: async (values, caller) => {
      const paging = pagingOf(values);
      const filter = historyFilter(catalogue, caller.accountId, values);
      const page = filter === undefined ? NO_ROWS : await history.orders({ ...filter, ...paging });
      return pagedRows(page, paging, (row) => inMarket(row.order.marketId, (listing) => historicalOrder(listing, row)));
    },
    fillHistory: async (values, caller) => {
      const paging = pagingOf(values);
      const { origins, marketType } = kindOfFills(values);
      const ofMarkets = marketType === undefined ? {} : { marketType };
      const filter = historyFilter(catalogue, caller.accountId, { ...values, ...ofMarkets });
      const page =
        filter === undefined ? NO_ROWS : await history.fills({ ...filter, origins, ...periodOf(values), ...paging });
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
    account: (_values, caller) =>
      port.read((view) => accountSummary(accountIn(view, caller), venueLimits(view, catalogue))),
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
    ...marginQueries(parts),
    ...loanEstimates(parts),
    ...limitQueries(parts),
    ...accrualQueries(parts),
    ...ownLiquidationQueries(parts),
    ...strategyQueries(parts),
    ...securityQueries(parts),
    ...positionQueries(parts),
    ...orderTrial(parts),
    ...signedVaultQueries(parts),
    ...rfqQueries(parts),
  };
}
