// What happens to requests for quotes and to quotes, and the sale of dust.
import type { Atoms } from '@glasshouse/units';
import type { QuoteView, RfqFillView, RfqView } from './rfq-views.js';
import type { ExpiryReason } from './vocabulary.js';

export type RfqOpened = { readonly kind: 'rfqOpened'; readonly rfq: RfqView };
/** Its times have begun anew. */
export type RfqRefreshed = { readonly kind: 'rfqRefreshed'; readonly rfq: RfqView };
/** It ended unfilled: cancelled, or expired; its quotes end with it. */
export type RfqClosed = {
  readonly kind: 'rfqClosed';
  readonly rfq: RfqView;
  /** Why its owner could not take the quote that would have filled it; undefined when that is not why it ended. */
  readonly reason: ExpiryReason | undefined;
};
export type QuoteOpened = { readonly kind: 'quoteOpened'; readonly quote: QuoteView; readonly rfq: RfqView };
export type QuoteClosed = {
  readonly kind: 'quoteClosed';
  readonly quote: QuoteView;
  /** Of the request. */
  readonly rfqAccountId: number;
  /** Undefined when its time was over. */
  readonly reason: QuoteEnd | undefined;
};
/**
 * `replaced` by its owner's next one; `outquoted` by better ones, more than a request keeps; `requestEnded`; `withdrawn` with all
 * that its account had open; otherwise its owner could not settle it when it was accepted.
 */
export type QuoteEnd = 'replaced' | 'outquoted' | 'requestEnded' | 'withdrawn' | ExpiryReason;
/** A quote was accepted and both sides have paid. */
export type RfqFilled = {
  readonly kind: 'rfqFilled';
  readonly rfq: RfqView;
  readonly quote: QuoteView;
  readonly fill: RfqFillView;
};
/** Less than an order's worth of an asset, bought by the venue out of its fees. */
export type DustConverted = {
  readonly kind: 'dustConverted';
  readonly dustId: number;
  readonly accountId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  readonly quoteAssetId: number;
  /** At the index, and what of it was paid out: the taker fee less. */
  readonly valueAtoms: Atoms;
  readonly receivedAtoms: Atoms;
};

export type RfqEvent = RfqOpened | RfqRefreshed | RfqClosed | QuoteOpened | QuoteClosed | RfqFilled | DustConverted;
