import {
  ORDER_STATUS,
  type OrderStatus,
  type QuoteView,
  type RfqView,
  type RfqWithQuotesView,
} from '@glasshouse/protocol';
import type { Atoms, Lots, Ticks } from '@glasshouse/units';
import type { Quote, Rfq } from './rfqs.js';
import type { State } from './state.js';

/** An open request; `status` is for one that is about to leave. */
export function rfqViewOf(rfq: Rfq, status: OrderStatus = ORDER_STATUS.new): RfqView {
  const { rfqId, accountId, marketId, clientId, side, mode, createdUs, submissionUs, expiryUs } = rfq;
  return {
    rfqId,
    accountId,
    marketId,
    clientId,
    side,
    priceTicks: rfq.priceTicks as Ticks,
    sizeLots: rfq.sizeLots as Lots,
    quoteSizeAtoms: rfq.quoteSizeAtoms as Atoms,
    mode,
    status,
    createdUs,
    submissionUs,
    expiryUs,
  };
}

export function quoteViewOf(quote: Quote, status: OrderStatus = ORDER_STATUS.new): QuoteView {
  const { quoteId, rfqId, accountId, marketId, clientId, createdUs, expiryUs } = quote;
  const bidTicks = quote.bidTicks as Ticks;
  const askTicks = quote.askTicks as Ticks;
  return { quoteId, rfqId, accountId, marketId, clientId, bidTicks, askTicks, status, createdUs, expiryUs };
}

/** Of all accounts, oldest first. */
export const openRfqViews = ({ rfqs }: State): RfqView[] => rfqs.inOrder().map((rfq) => rfqViewOf(rfq));

/** The account's open requests with the quotes for them, oldest first; of one market when given. */
export function rfqViews({ rfqs }: State, accountId: number, marketId?: number): RfqWithQuotesView[] {
  const own = rfqs.ofAccount(accountId).filter((rfq) => marketId === undefined || rfq.marketId === marketId);
  return own.map((rfq) => ({ rfq: rfqViewOf(rfq), quotes: rfq.quotes.map((quote) => quoteViewOf(quote)) }));
}
