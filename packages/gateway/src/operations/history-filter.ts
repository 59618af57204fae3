// The filters that orders, fills and strategies of the past share.
import type { Catalogue } from '../exchange/catalogue.js';
import { listingOf, marketsOfTypes } from './listing-of.js';

const ID = /^\d{1,15}$/;

export const isId = (text: string): boolean => ID.test(text);

type HistoryValues = {
  readonly symbol?: string;
  readonly orderId?: string;
  readonly strategyId?: string;
  readonly marketType?: readonly string[];
};

/** Undefined when nothing can pass it. */
export function historyFilter(catalogue: Catalogue, accountId: number, values: HistoryValues) {
  const { symbol, marketType, orderId, strategyId } = values;
  const marketId = symbol === undefined ? undefined : listingOf(catalogue, symbol).market.marketId;
  const marketIds = marketType === undefined ? undefined : marketsOfTypes(catalogue, marketType);
  if ([orderId, strategyId].some((id) => id !== undefined && !isId(id))) return undefined;
  return {
    accountId,
    marketId,
    marketIds,
    orderId: orderId === undefined ? undefined : Number(orderId),
    strategyId: strategyId === undefined ? undefined : Number(strategyId),
  };
}
