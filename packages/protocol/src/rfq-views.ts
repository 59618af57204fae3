// Pictures of requests for quotes and of quotes.
import type { Atoms, Lots, Ticks, TimeUs } from '@glasshouse/units';
import type { OrderStatus, RfqMode, Side } from './vocabulary.js';

export type RfqView = {
  /** Requests and quotes take their ids where orders do. */
  readonly rfqId: number;
  readonly accountId: number;
  readonly marketId: number;
  /** −1 when the caller gave none. */
  readonly clientId: number;
  /** Of who asks. Quoters are not told. */
  readonly side: Side;
  /** Worst price at which it may be filled; 0 for any. */
  readonly priceTicks: Ticks;
  /** One of the two is 0. */
  readonly sizeLots: Lots;
  readonly quoteSizeAtoms: Atoms;
  readonly mode: RfqMode;
  readonly status: OrderStatus;
  readonly createdUs: TimeUs;
  /** Until then it may be quoted, until the other it stands. */
  readonly submissionUs: TimeUs;
  readonly expiryUs: TimeUs;
};

export type QuoteView = {
  readonly quoteId: number;
  readonly rfqId: number;
  readonly accountId: number;
  readonly marketId: number;
  readonly clientId: number;
  /** At which the quoter buys, and sells. */
  readonly bidTicks: Ticks;
  readonly askTicks: Ticks;
  readonly status: OrderStatus;
  readonly createdUs: TimeUs;
  /** When the request would have expired when it was quoted: a quote binds no longer. */
  readonly expiryUs: TimeUs;
};

/** What the acceptance of a quote moved. */
export type RfqFillView = {
  /** The market's trades, consecutive from 1. */
  readonly tradeId: number;
  readonly priceTicks: Ticks;
  readonly sizeLots: Lots;
  readonly quoteAtoms: Atoms;
  readonly feeAssetId: number;
  /** Of the quoter; who asks pays none. */
  readonly feeAtoms: Atoms;
};

/** An account's request with the quotes for it, by the order in which they came. */
export type RfqWithQuotesView = { readonly rfq: RfqView; readonly quotes: readonly QuoteView[] };
