// What can be asked of the history. Rows are raw integers as in the protocol's views; an SQL engine can answer the same
// questions, which is why pages are asked for by filter, limit and offset, and every page knows its total.
import type {
  BorrowLendChanged,
  BorrowLendSource,
  CashSettled,
  ExpiryReason,
  FillOrigin,
  InterestPosted,
  OrderOrigin,
  OrderStatus,
  OrderView,
  QuoteView,
  RejectReason,
  RfqFillView,
  RfqView,
  Side,
  StrategyView,
  TriggerOrderView,
  WithdrawalView,
} from '@glasshouse/protocol';
import type { Atoms, Lots, Price, Ticks, TimeUs } from '@glasshouse/units';
import type { CandleInterval } from './intervals.js';
import type { LiquidationRow } from './liquidation/rows.js';
import type { PositionRow } from './positions/rows.js';

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

/** What a trigger order waits or waited for. */
export type TriggerTerms = Pick<
  TriggerOrderView,
  'triggerTicks' | 'triggerBy' | 'whenRising' | 'positionShare' | 'parentOrderId' | 'status'
>;

/** Why an order ended; a trigger order may have been refused when it fired, and all go when their account is liquidated. */
export type EndReason = ExpiryReason | RejectReason | 'Liquidation';

export type OrderRow = {
  readonly order: OrderView;
  /** Undefined for an order that never waited for a price. */
  readonly trigger: TriggerTerms | undefined;
  readonly expiryReason: EndReason | undefined;
  readonly origin: OrderOrigin;
  readonly updatedUs: TimeUs;
};

/** As it was when it was last told of. */
export type StrategyRow = { readonly strategy: StrategyView; readonly updatedUs: TimeUs };

export type FillRow = {
  /** 0, like the order's and the price, when a position was passed on without a trade. */
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
  readonly origin: FillOrigin;
  readonly feeAssetId: number;
  readonly feeAtoms: Atoms;
  readonly timeUs: TimeUs;
  /** 0 when the order is no slice of a strategy. */
  readonly strategyId: number;
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

/** One account's funding of one market. Positive was received. */
export type FundingPaymentRow = {
  readonly marketId: number;
  readonly sizeLots: Lots;
  readonly fundingAtoms: Atoms;
  readonly timeUs: TimeUs;
  readonly markPrice: Price;
  readonly rate: number;
};

export type FundingRateRow = {
  readonly intervalEndUs: TimeUs;
  readonly rate: number;
  readonly averagePremium: number;
  readonly markPrice: Price;
};

/** Positive was earned. */
export type InterestRow = {
  readonly assetId: number;
  readonly interestAtoms: Atoms;
  readonly principalAtoms: Atoms;
  readonly source: InterestPosted['source'];
  readonly timeUs: TimeUs;
  /** Fraction a year. */
  readonly rate: number;
};

/**
 * `pnl`: left a position; `funding`, `fee`, `systemFee`: of futures, the last of orders that the exchange placed; `backstopFund`,
 * `backstopProvider`, `deleverage`: what a liquidation took from or gave to an account; `liability`: a loss that went on record,
 * or was paid off it. The others: virtual PnL forced into cash, and why.
 */
export type SettlementSource =
  | 'pnl'
  | 'funding'
  | 'fee'
  | 'systemFee'
  | 'backstopFund'
  | 'backstopProvider'
  | 'deleverage'
  | 'liability'
  | Exclude<CashSettled['reason'], 'autoRealizePnl'>;

/** In atoms of the settlement asset; positive was received. */
export type SettlementRow = {
  readonly assetId: number;
  /** 0 when it concerns no one market. */
  readonly marketId: number;
  /** The account's newest in the market; 0 when it concerns none, or none that is known. */
  readonly positionId: number;
  readonly source: SettlementSource;
  readonly quantityAtoms: Atoms;
  readonly seq: number;
  readonly timeUs: TimeUs;
};

/** Also: a liquidated lender's match with a borrower, for each of the two, and a debt that the house took over. */
export type LoanSource = BorrowLendSource | 'lenderDeleveraged' | 'borrowerDeleveraged' | 'takenOver';

export type LoanMovementRow = {
  readonly assetId: number;
  readonly change: BorrowLendChanged['change'];
  readonly quantityAtoms: Atoms;
  readonly source: LoanSource;
  readonly timeUs: TimeUs;
};

export type LoanSide = 'lend' | 'borrow';

/** A lend or a debt from its beginning to its end. */
export type LoanRow = {
  readonly accountId: number;
  readonly assetId: number;
  readonly side: LoanSide;
  /** 0 once it is closed. */
  readonly quantityAtoms: Atoms;
  readonly source: LoanSource;
  /** Positive was earned. */
  readonly interestAtoms: Atoms;
  /** Mean of the yearly rates at which interest was posted; 0 before the first. */
  readonly averageRate: number;
  readonly openedUs: TimeUs;
  readonly open: boolean;
};

/** A pool as it was at the end of an hour in which it changed, or as it is in this one. */
export type PoolRow = {
  readonly lentAtoms: Atoms;
  readonly borrowedAtoms: Atoms;
  readonly timeUs: TimeUs;
  readonly utilization: number;
  readonly borrowRate: number;
  readonly lendRate: number;
};

/** A request and the quote that it took, as each was when it was. */
export type RfqFillRow = {
  readonly rfq: RfqView;
  readonly quote: QuoteView;
  readonly fill: RfqFillView;
  readonly timeUs: TimeUs;
};

export type DustRow = {
  readonly dustId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  readonly quoteAssetId: number;
  readonly receivedAtoms: Atoms;
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
  /** Of these markets only. */
  readonly marketIds?: readonly number[] | undefined;
  readonly orderId?: number | undefined;
  readonly strategyId?: number | undefined;
} & Paging;
export type StrategyQuery = Omit<OrderQuery, 'orderId'>;
export type FillQuery = OrderQuery & TimeRange & { readonly origins?: readonly FillOrigin[] | undefined };
export type DepositQuery = { readonly accountId: number } & TimeRange & Paging;
export type WithdrawalQuery = {
  readonly accountId: number;
  readonly withdrawalId?: number | undefined;
  readonly clientId?: string | undefined;
} & TimeRange &
  Paging;
export type TransferQuery = { readonly accountId: number } & TimeRange & Paging;

export type FundingPaymentQuery = { readonly accountId: number; readonly marketId?: number | undefined } & Paging;
export type FundingRateQuery = { readonly marketId: number } & Paging;
export type InterestQuery = {
  readonly accountId: number;
  readonly assetId?: number | undefined;
  readonly sources?: readonly InterestRow['source'][] | undefined;
} & Paging;
export type SettlementQuery = {
  readonly accountId: number;
  readonly sources?: readonly SettlementSource[] | undefined;
} & Paging;
export type LoanMovementQuery = {
  readonly accountId: number;
  readonly assetId?: number | undefined;
  readonly change?: LoanMovementRow['change'] | undefined;
  readonly sources?: readonly LoanSource[] | undefined;
} & Paging;
export type LoanQuery = {
  readonly accountId: number;
  readonly assetId?: number | undefined;
  readonly side?: LoanSide | undefined;
  readonly open?: boolean | undefined;
} & Paging;
/** Of all accounts when none is named. */
export type LiquidationQuery = { readonly accountId?: number | undefined } & Paging;
export type PositionQuery = {
  readonly accountId: number;
  readonly marketId?: number | undefined;
  /** Of these markets only. */
  readonly marketIds?: readonly number[] | undefined;
  readonly open?: boolean | undefined;
} & Paging;
type RfqFilter = {
  readonly accountId: number;
  readonly marketId?: number | undefined;
  readonly side?: Side | undefined;
  readonly status?: OrderStatus | undefined;
};
export type RfqQuery = RfqFilter & { readonly rfqId?: number | undefined } & Paging;
export type QuoteQuery = Omit<RfqFilter, 'side'> & { readonly quoteId?: number | undefined } & Paging;
/** `side`: the account's own. */
export type RfqFillQuery = Omit<RfqFilter, 'status'> & { readonly quoteId?: number | undefined } & Paging;
export type DustQuery = {
  readonly accountId: number;
  readonly dustId?: number | undefined;
  readonly assetId?: number | undefined;
} & Paging;
/** The last row of each step of the given length, from `fromUs` on. */
/** What a price that is sampled was: the mark or the index of a perpetual. */
export type PriceKind = 'mark' | 'index';
/** Prices in quote units per base unit; `samples` 0: they were not known, and mean nothing. */
export type PriceCandleRow = {
  readonly startUs: TimeUs;
  readonly endUs: TimeUs;
  readonly openPrice: number;
  readonly highPrice: number;
  readonly lowPrice: number;
  readonly closePrice: number;
  readonly samples: number;
};
export type PriceCandleQuery = CandleQuery & { readonly price: PriceKind };

export type PoolQuery = { readonly assetId: number; readonly fromUs: number; readonly stepUs: number };

/** What a vault was worth at the end of an hour, or is in this one; in units of the deposit asset. */
export type VaultRow = {
  readonly supplyAtoms: Atoms;
  readonly timeUs: TimeUs;
  readonly nav: number;
  readonly vaultEquity: number;
};
/** The last row of each step of the given length, from `fromUs` on. */
export type VaultQuery = { readonly vaultId: number; readonly fromUs: number; readonly stepUs: number };

export type Answer<Value> = Value | Promise<Value>;

/** Prices and volumes of the live market: always answered from memory, as far back as that reaches. */
export interface MarketStatistics {
  candles(query: CandleQuery): readonly CandleRow[];
  /** Undefined while the market has never traded. */
  ticker(query: TickerQuery): TickerRow | undefined;
}

/** The past, page by page; newest first unless the query says otherwise. */
export interface HistoryQueries {
  trades(query: TradeQuery): Answer<Page<TradeRow>>;
  /** As `candles` of the live market, as far back as the history reaches. */
  pastCandles(query: CandleQuery): Answer<readonly CandleRow[]>;
  /** Candles of marks and indexes, as far back as the history reaches; ascending, empty ones included. */
  priceCandles(query: PriceCandleQuery): Answer<readonly PriceCandleRow[]>;
  orders(query: OrderQuery): Answer<Page<OrderRow>>;
  fills(query: FillQuery): Answer<Page<FillRow>>;
  strategies(query: StrategyQuery): Answer<Page<StrategyRow>>;
  deposits(query: DepositQuery): Answer<Page<DepositRow>>;
  withdrawals(query: WithdrawalQuery): Answer<Page<WithdrawalView>>;
  transfers(query: TransferQuery): Answer<Page<TransferRow>>;
  fundingPayments(query: FundingPaymentQuery): Answer<Page<FundingPaymentRow>>;
  fundingRates(query: FundingRateQuery): Answer<Page<FundingRateRow>>;
  interest(query: InterestQuery): Answer<Page<InterestRow>>;
  settlements(query: SettlementQuery): Answer<Page<SettlementRow>>;
  loanMovements(query: LoanMovementQuery): Answer<Page<LoanMovementRow>>;
  loans(query: LoanQuery): Answer<Page<LoanRow>>;
  liquidations(query: LiquidationQuery): Answer<Page<LiquidationRow>>;
  positions(query: PositionQuery): Answer<Page<PositionRow>>;
  rfqs(query: RfqQuery): Answer<Page<RfqView>>;
  quotes(query: QuoteQuery): Answer<Page<QuoteView>>;
  rfqFills(query: RfqFillQuery): Answer<Page<RfqFillRow>>;
  quoteFills(query: RfqFillQuery): Answer<Page<RfqFillRow>>;
  dustConversions(query: DustQuery): Answer<Page<DustRow>>;
  /** Oldest first. */
  poolHistory(query: PoolQuery): Answer<readonly PoolRow[]>;
  /** Oldest first. */
  vaultHistory(query: VaultQuery): Answer<readonly VaultRow[]>;
}
