// What can be asked of the history. Rows are raw integers as in the protocol's views; an SQL engine can answer the same
// questions, which is why pages are asked for by filter, limit and offset, and every page knows its total.
import type { ExpiryReason, OrderView, Side, WithdrawalView } from '@glasshouse/protocol';
import type { Atoms, Lots, Ticks, TimeUs } from '@glasshouse/units';
import type { CandleInterval } from './intervals.js';

export type SortDirection = 'ascending' | 'descending';
export type Paging = { readonly limit: number; readonly offset: number; readonly sort?: SortDirection };
export type Page<Row> = { readonly rows: readonly Row[]; readonly total: number };
/** Inclusive bounds. */
export type TimeRange = { readonly fromUs?: number | undefined; readonly toUs?: number | undefined };

export type TradeRow = {
  readonly tradeId: number;
  readonly priceTicks: Ticks;
  readonly sizeLots: Lots;
  readonly quoteAtoms: Atoms;
  readonly takerSide: Side;
  readonly makerOrderId: number;
  readonly takerOrderId: number;
  readonly timeUs: TimeUs;
};

/** One interval of trading. `trades` 0 means that nothing traded and the prices are 0. */
export type CandleRow = {
  readonly startUs: TimeUs;
  readonly endUs: TimeUs;
  readonly openTicks: Ticks;
  readonly highTicks: Ticks;
  readonly lowTicks: Ticks;
  readonly closeTicks: Ticks;
  readonly volumeLots: number;
  readonly quoteAtoms: number;
  readonly trades: number;
};

/** Rolling statistics. Without a trade in the window every price is the last one before it. */
export type TickerRow = {
  readonly firstTicks: Ticks;
  readonly lastTicks: Ticks;
  readonly highTicks: Ticks;
  readonly lowTicks: Ticks;
  readonly volumeLots: number;
  readonly quoteAtoms: number;
  readonly trades: number;
};

export type OrderRow = {
  readonly order: OrderView;
  readonly expiryReason: ExpiryReason | undefined;
  readonly updatedUs: TimeUs;
};

export type FillRow = {
  readonly tradeId: number;
  readonly marketId: number;
  readonly orderId: number;
  /** −1 when the order has none. */
  readonly clientId: number;
  readonly side: Side;
  readonly priceTicks: Ticks;
  readonly sizeLots: Lots;
  readonly quoteAtoms: Atoms;
  readonly isMaker: boolean;
  readonly feeAssetId: number;
  readonly feeAtoms: Atoms;
  readonly timeUs: TimeUs;
};

export type DepositRow = {
  readonly depositId: number;
  readonly accountId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  readonly blockchain: string;
  readonly reference: string;
  readonly timeUs: TimeUs;
};

export type TransferRow = {
  readonly fromAccountId: number;
  readonly toAccountId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  readonly timeUs: TimeUs;
};

export type TradeQuery = { readonly marketId: number } & Paging;
export type CandleQuery = {
  readonly marketId: number;
  readonly interval: CandleInterval;
  /** The interval that holds this time is the first. */
  readonly fromUs: number;
  /** Intervals that start later are left out. */
  readonly toUs: number;
  readonly limit: number;
};
export type TickerQuery = { readonly marketId: number; readonly window: '1d' | '1w'; readonly nowUs: number };
export type OrderQuery = {
  readonly accountId: number;
  readonly marketId?: number | undefined;
  readonly orderId?: number | undefined;
} & Paging;
export type FillQuery = OrderQuery & TimeRange;
export type DepositQuery = { readonly accountId: number } & TimeRange & Paging;
export type WithdrawalQuery = {
  readonly accountId: number;
  readonly withdrawalId?: number | undefined;
  readonly clientId?: string | undefined;
} & TimeRange &
  Paging;
export type TransferQuery = { readonly accountId: number } & TimeRange & Paging;

export type Answer<Value> = Value | Promise<Value>;

/** Prices and volumes of the live market: always answered from memory. */
export interface MarketStatistics {
  candles(query: CandleQuery): readonly CandleRow[];
  /** Undefined while the market has never traded. */
  ticker(query: TickerQuery): TickerRow | undefined;
}

/** The past, page by page; newest first unless the query says otherwise. */
export interface HistoryQueries {
  trades(query: TradeQuery): Answer<Page<TradeRow>>;
  orders(query: OrderQuery): Answer<Page<OrderRow>>;
  fills(query: FillQuery): Answer<Page<FillRow>>;
  deposits(query: DepositQuery): Answer<Page<DepositRow>>;
  withdrawals(query: WithdrawalQuery): Answer<Page<WithdrawalView>>;
  transfers(query: TransferQuery): Answer<Page<TransferRow>>;
}
