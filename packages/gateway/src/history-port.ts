// What the gateway asks of the read models. Live statistics are answered from memory; pages of the past may come from a
// database. Rows are raw integers, as in the protocol's views.

import type { KlineInterval } from '@glasshouse/api';
import type {
  ExpiryReason,
  FillOrigin,
  OrderOrigin,
  OrderView,
  RejectReason,
  Side,
  StrategyView,
  TriggerOrderView,
  WithdrawalView,
} from '@glasshouse/protocol';
import type { Atoms, Lots, Ticks, TimeUs } from '@glasshouse/units';
import type { AccrualHistory } from './accrual-port.js';
import type { PastLiquidations } from './liquidation-port.js';
import type { Answer, Page, Paging, TimeRange } from './page-port.js';
import type { PastPositions } from './position-port.js';
import type { PastRfqs } from './rfq-port.js';
import type { PastVaults } from './vault-port.js';

export type TradeRow = {
  readonly tradeId: number;
  readonly priceTicks: Ticks;
  readonly sizeLots: Lots;
  readonly quoteAtoms: Atoms;
  readonly takerSide: Side;
  readonly timeUs: TimeUs;
};

/** `trades` 0: nothing traded, and the prices mean nothing. */
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

export type TickerRow = {
  readonly firstTicks: Ticks;
  readonly lastTicks: Ticks;
  readonly highTicks: Ticks;
  readonly lowTicks: Ticks;
  readonly volumeLots: number;
  readonly quoteAtoms: number;
  readonly trades: number;
};

/** What a trigger order waits or waited for. */
export type TriggerTerms = Pick<
  TriggerOrderView,
  'triggerTicks' | 'triggerBy' | 'positionShare' | 'parentOrderId' | 'status'
>;

/** Why an order ended; a trigger order may have been refused when it fired, and all go when their account is liquidated. */
export type EndReason = ExpiryReason | RejectReason | 'Liquidation';

export type OrderRow = {
  readonly order: OrderView;
  /** Undefined for an order that never waited for a price. */
  readonly trigger: TriggerTerms | undefined;
  readonly expiryReason: EndReason | undefined;
  readonly origin: OrderOrigin;
};

export type FillRow = {
  /** 0, like the order's and the price, when a position was passed on without a trade. */
  readonly tradeId: number;
  readonly marketId: number;
  readonly orderId: number;
  readonly clientId: number;
  readonly side: Side;
  readonly priceTicks: Ticks;
  readonly sizeLots: Lots;
  readonly quoteAtoms: Atoms;
  readonly isMaker: boolean;
  readonly origin: FillOrigin;
  readonly feeAssetId: number;
  readonly feeAtoms: Atoms;
  readonly timeUs: TimeUs;
};

/** As it was when it was last told of. */
export type StrategyRow = { readonly strategy: StrategyView };

export type DepositRow = {
  readonly depositId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  readonly blockchain: string;
  readonly reference: string;
  readonly timeUs: TimeUs;
};

type OrderFilter = {
  readonly accountId: number;
  readonly marketId?: number | undefined;
  /** Of these markets only. */
  readonly marketIds?: readonly number[] | undefined;
  readonly orderId?: number | undefined;
  readonly strategyId?: number | undefined;
};
type FillFilter = { readonly origins?: readonly FillOrigin[] | undefined };
type WithdrawalFilter = {
  readonly accountId: number;
  readonly withdrawalId?: number | undefined;
  readonly clientId?: string | undefined;
};

/** The past cannot be asked for now: its database is away, or has not caught up in time. */
export class HistoryAway extends Error {
  override readonly name = 'HistoryAway';

  constructor() {
    super('the history is away');
  }
}

type CandleFilter = {
  readonly marketId: number;
  readonly interval: KlineInterval;
  readonly fromUs: number;
  readonly toUs: number;
  readonly limit: number;
};

/** What a price that is sampled was. Prices in quote units per base unit; `samples` 0: they were not known, and mean nothing. */
export type PriceCandleRow = {
  readonly startUs: TimeUs;
  readonly endUs: TimeUs;
  readonly openPrice: number;
  readonly highPrice: number;
  readonly lowPrice: number;
  readonly closePrice: number;
  readonly samples: number;
};

export interface MarketStatistics {
  /** The interval that holds `fromUs` is the first; those that start after `toUs` are left out. Ascending, empty ones included. */
  candles(query: CandleFilter): readonly CandleRow[];
  /** Undefined while the market has never traded. */
  ticker(query: {
    readonly marketId: number;
    readonly window: '1d' | '1w';
    readonly nowUs: number;
  }): TickerRow | undefined;
}

/** An answer holds what was committed before it was asked for, so that callers read their own writes. Rejects with HistoryAway. */
export interface HistoryPort
  extends MarketStatistics,
    AccrualHistory,
    PastLiquidations,
    PastPositions,
    PastVaults,
    PastRfqs {
  trades(query: { readonly marketId: number } & Paging): Answer<Page<TradeRow>>;
  /** As `candles` of the live market, as far back as the history reaches. */
  pastCandles(query: CandleFilter): Answer<readonly CandleRow[]>;
  /** Of a perpetual's mark or index; ascending, empty ones included. */
  priceCandles(query: CandleFilter & { readonly price: 'mark' | 'index' }): Answer<readonly PriceCandleRow[]>;
  orders(query: OrderFilter & Paging): Answer<Page<OrderRow>>;
  strategies(query: Omit<OrderFilter, 'orderId'> & Paging): Answer<Page<StrategyRow>>;
  fills(query: OrderFilter & FillFilter & TimeRange & Paging): Answer<Page<FillRow>>;
  deposits(query: { readonly accountId: number } & TimeRange & Paging): Answer<Page<DepositRow>>;
  withdrawals(query: WithdrawalFilter & TimeRange & Paging): Answer<Page<WithdrawalView>>;
}
