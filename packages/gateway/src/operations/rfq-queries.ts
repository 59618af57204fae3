// Requests for quotes and quotes, open and past, and dust that was sold. Nothing here settles later than it fills: who asks for
// what does, finds nothing.
import type { OrderStatus as StatusName } from '@glasshouse/api';
import { ORDER_STATUS, type OrderStatus, SIDE } from '@glasshouse/protocol';
import { ORDER_STATUS_NAME } from '../answers/names.js';
import {
  dustAnswer,
  historicalQuote,
  historicalRfq,
  offeredQuote,
  quoteFillAnswer,
  rfqAnswer,
  rfqFillAnswer,
} from '../answers/rfq-answer.js';
import type { Catalogue } from '../exchange/catalogue.js';
import type { SignedQueries } from './contract.js';
import { assetOf, listingOf } from './listing-of.js';
import { NO_ROWS, pagedRows, pagingOf } from './paging.js';
import type { SignedQueryParts } from './query-parts.js';

const ID = /^\d{1,15}$/;
const STATUSES = Object.values(ORDER_STATUS);

type Filters = {
  readonly symbol?: string;
  readonly id?: string | undefined;
  readonly side?: 'Bid' | 'Ask';
  readonly status?: StatusName;
  readonly deferredSettlement?: boolean;
};

/** The codes that are asked for; undefined when no row can fit. */
function filterOf(catalogue: Catalogue, accountId: number, values: Filters) {
  const { symbol, id, side, status, deferredSettlement } = values;
  const marketId = symbol === undefined ? undefined : listingOf(catalogue, symbol).market.marketId;
  const code: OrderStatus | undefined = STATUSES.find((candidate) => ORDER_STATUS_NAME[candidate] === status);
  const isNone = (id !== undefined && !ID.test(id)) || (status !== undefined && code === undefined);
  if (isNone || deferredSettlement === true) return undefined;
  const sides = { Bid: SIDE.bid, Ask: SIDE.ask };
  return {
    accountId,
    marketId,
    id: id === undefined ? undefined : Number(id),
    side: side === undefined ? undefined : sides[side],
    status: code,
  };
}

function openQueries({ port, catalogue }: SignedQueryParts) {
  return {
    rfqs: async ({ symbol, rfqId, deferredSettlement }, { accountId }) => {
      const marketId = symbol === undefined ? undefined : listingOf(catalogue, symbol).market.marketId;
      if (deferredSettlement === true) return [];
      const open = await port.read((view) => view.rfqs(accountId, marketId));
      return open.flatMap(({ rfq, quotes }) => {
        const listing = catalogue.listing(rfq.marketId);
        if (listing === undefined || (rfqId !== undefined && rfqId !== rfq.rfqId)) return [];
        return [{ quotes: quotes.map((quote) => offeredQuote(listing, quote)), rfq: rfqAnswer(listing, rfq) }];
      });
    },
  } satisfies Partial<SignedQueries>;
}

function rfqHistories({ history, catalogue }: SignedQueryParts) {
  return {
    rfqHistory: async (values, { accountId }) => {
      const paging = pagingOf(values);
      const filter = filterOf(catalogue, accountId, { ...values, id: values.rfqId });
      const page = filter === undefined ? NO_ROWS : await history.rfqs({ ...filter, rfqId: filter.id, ...paging });
      return pagedRows(page, paging, (rfq) => {
        const listing = catalogue.listing(rfq.marketId);
        return listing && historicalRfq(listing, rfq);
      });
    },
    rfqFillHistory: async (values, { accountId }) => {
      const paging = pagingOf(values);
      const found = filterOf(catalogue, accountId, { ...values, id: values.quoteId });
      const filter = values.fillType === 'CollateralConversion' ? undefined : found;
      const page =
        filter === undefined ? NO_ROWS : await history.rfqFills({ ...filter, quoteId: filter.id, ...paging });
      return pagedRows(page, paging, (row) => {
        const listing = catalogue.listing(row.rfq.marketId);
        return listing && rfqFillAnswer(listing, row);
      });
    },
  } satisfies Partial<SignedQueries>;
}

function quoteHistories({ history, catalogue }: SignedQueryParts) {
  return {
    quoteHistory: async (values, { accountId }) => {
      const paging = pagingOf(values);
      const filter = filterOf(catalogue, accountId, { ...values, id: values.quoteId });
      const page = filter === undefined ? NO_ROWS : await history.quotes({ ...filter, quoteId: filter.id, ...paging });
      return pagedRows(page, paging, (quote) => {
        const listing = catalogue.listing(quote.marketId);
        return listing && historicalQuote(listing, quote);
      });
    },
    quoteFillHistory: async (values, { accountId }) => {
      const paging = pagingOf(values);
      const filter = filterOf(catalogue, accountId, { ...values, id: values.quoteId });
      const page =
        filter === undefined ? NO_ROWS : await history.quoteFills({ ...filter, quoteId: filter.id, ...paging });
      return pagedRows(page, paging, (row) => {
        const listing = catalogue.listing(row.rfq.marketId);
        const feeAsset = catalogue.asset(row.fill.feeAssetId);
        return listing && feeAsset && quoteFillAnswer(listing, feeAsset, row);
      });
    },
  } satisfies Partial<SignedQueries>;
}

function dustQueries({ history, catalogue }: SignedQueryParts) {
  return {
    dustHistory: async (values, { accountId }) => {
      const paging = pagingOf(values);
      const assetId = values.symbol === undefined ? undefined : assetOf(catalogue, values.symbol).assetId;
      const page = await history.dustConversions({ accountId, assetId, dustId: values.id, ...paging });
      return pagedRows(page, paging, (row) => {
        const [asset, quoteAsset] = [catalogue.asset(row.assetId), catalogue.asset(row.quoteAssetId)];
        return asset && quoteAsset && dustAnswer(asset, quoteAsset, row);
      });
    },
  } satisfies Partial<SignedQueries>;
}

export function rfqQueries(parts: SignedQueryParts) {
  return { ...openQueries(parts), ...rfqHistories(parts), ...quoteHistories(parts), ...dustQueries(parts) };
}
