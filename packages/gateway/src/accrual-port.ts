// What the gateway asks of the past of positions and loans: funding, interest, settlement, movements, pools.
import type { BorrowLendChanged, BorrowLendSource, CullReason, InterestPosted } from '@glasshouse/protocol';
import type { Atoms, Lots, Price, TimeUs } from '@glasshouse/units';
import type { Answer, Page, Paging } from './page-port.js';

/** Positive was received. */
export type FundingPaymentRow = {
  readonly marketId: number;
  readonly sizeLots: Lots;
  readonly fundingAtoms: Atoms;
  readonly timeUs: TimeUs;
  readonly markPrice: Price;
  readonly rate: number;
};

export type FundingRateRow = { readonly intervalEndUs: TimeUs; readonly rate: number };

/** Positive was earned. */
export type InterestRow = {
  readonly assetId: number;
  readonly interestAtoms: Atoms;
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
export type SettlementRowSource =
  | 'pnl'
  | 'funding'
  | 'fee'
  | 'systemFee'
  | 'backstopFund'
  | 'backstopProvider'
  | 'deleverage'
  | 'liability'
  | CullReason;

export type SettlementRow = {
  readonly assetId: number;
  /** 0 when it concerns none, or none that is known any more. */
  readonly positionId: number;
  readonly source: SettlementRowSource;
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

export type LoanRow = {
  readonly assetId: number;
  readonly side: LoanSide;
  readonly quantityAtoms: Atoms;
  readonly source: LoanSource;
  readonly interestAtoms: Atoms;
  /** 0 before interest was posted. */
  readonly averageRate: number;
  readonly openedUs: TimeUs;
  readonly open: boolean;
};

export type PoolRow = {
  readonly lentAtoms: Atoms;
  readonly borrowedAtoms: Atoms;
  readonly timeUs: TimeUs;
  readonly utilization: number;
  readonly borrowRate: number;
  readonly lendRate: number;
};

/** Filters of what an account's rows must be; an absent one lets everything pass. */
type OfAsset = { readonly accountId: number; readonly assetId?: number | undefined };
type FromSources<Source> = { readonly sources?: readonly Source[] | undefined };
type FundingFilter = { readonly accountId: number; readonly marketId?: number | undefined };
type LoanFilter = OfAsset & { readonly side?: LoanSide | undefined; readonly open?: boolean | undefined };
type MovementFilter = OfAsset & FromSources<LoanSource> & { readonly change?: LoanMovementRow['change'] | undefined };

export interface AccrualHistory {
  fundingPayments(query: FundingFilter & Paging): Answer<Page<FundingPaymentRow>>;
  fundingRates(query: { readonly marketId: number } & Paging): Answer<Page<FundingRateRow>>;
  interest(query: OfAsset & FromSources<InterestRow['source']> & Paging): Answer<Page<InterestRow>>;
  settlements(
    query: { readonly accountId: number } & FromSources<SettlementRowSource> & Paging,
  ): Answer<Page<SettlementRow>>;
  loanMovements(query: MovementFilter & Paging): Answer<Page<LoanMovementRow>>;
  loans(query: LoanFilter & Paging): Answer<Page<LoanRow>>;
  /** The last row of each step of the given length, from `fromUs` on, oldest first. */
  poolHistory(query: {
    readonly assetId: number;
    readonly fromUs: number;
    readonly stepUs: number;
  }): Answer<readonly PoolRow[]>;
}
