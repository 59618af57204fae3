// How requests and quotes come to their end.
import { type ExpiryReason, ORDER_STATUS, type OrderStatus, type QuoteEnd } from '@glasshouse/protocol';
import type { Refusal } from '../lending/limits.js';
import { quoteViewOf, rfqViewOf } from '../state/rfq-views.js';
import type { Quote, Rfq } from '../state/rfqs.js';
import type { State } from '../state/state.js';

/** What keeps an account from settling, without its numbers: the other side hears of it. */
export function endBy({ reason }: Refusal): ExpiryReason {
  if (reason === 'insufficientFunds') return 'InsufficientFunds';
  const margin = reason === 'insufficientMargin' || reason === 'priceUnknown';
  return margin ? 'InsufficientMargin' : 'InsufficientBorrowableQuantity';
}

/** Without a reason its time was over. */
export function closeQuote({ rfqs, scope }: State, quote: Quote, reason: QuoteEnd | undefined): void {
  rfqs.deleteQuote(quote);
  const status = reason === undefined ? ORDER_STATUS.expired : ORDER_STATUS.cancelled;
  const rfqAccountId = rfqs.get(quote.rfqId)?.accountId ?? 0;
  scope.emit?.({ kind: 'quoteClosed', quote: quoteViewOf(quote, status), rfqAccountId, reason });
}

/** Takes the request off the books with the quotes that are left for it. */
export function forgetRfq(state: State, rfq: Rfq): void {
  for (const quote of [...rfq.quotes]) closeQuote(state, quote, 'requestEnded');
  state.rfqs.delete(rfq);
}

export function closeRfq(state: State, rfq: Rfq, status: OrderStatus, reason?: ExpiryReason): void {
  state.scope.emit?.({ kind: 'rfqClosed', rfq: rfqViewOf(rfq, status), reason });
  forgetRfq(state, rfq);
}

/** All that the account has asked for or offered. */
export function cancelRfqsOf(state: State, accountId: number): void {
  const { rfqs } = state;
  for (const rfq of [...rfqs.ofAccount(accountId)]) closeRfq(state, rfq, ORDER_STATUS.cancelled);
  for (const quote of [...rfqs.quotesOf(accountId)]) closeQuote(state, quote, 'withdrawn');
}

export const nextRfqEndUs = ({ rfqs }: State): number => rfqs.nextEndUs;

/** Requests and quotes whose time is over, in the order of their ends. */
export function endDueRfqs(state: State): void {
  const { rfqs } = state;
  while (rfqs.nextEndUs <= state.timeUs) {
    const id = rfqs.nextEnd;
    const rfq = rfqs.get(id);
    if (rfq === undefined) closeQuote(state, rfqs.quote(id) as Quote, undefined);
    else closeRfq(state, rfq, ORDER_STATUS.expired);
  }
}
