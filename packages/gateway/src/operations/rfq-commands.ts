// What requests for quotes, quotes and their acceptance answer.
import type { RequestOf } from '@glasshouse/api';
import type { Event, QuoteView, RfqView } from '@glasshouse/protocol';
import { assert } from '@glasshouse/units';
import { quoteAnswer, rfqAnswer } from '../answers/rfq-answer.js';
import type { Catalogue } from '../exchange/catalogue.js';
import type { Listing } from '../exchange/listing.js';
import { Problem } from '../problem.js';
import type { Applied, CommandAnswers } from './contract.js';
import { eventOf } from './event-of.js';

function listingOfMarket(catalogue: Catalogue, marketId: number): Listing {
  const listing = catalogue.listing(marketId);
  assert(listing !== undefined, 'every market has been listed', { marketId });
  return listing;
}

/** Time may have passed with the request and ended others before: the last is the one that was cancelled. */
function cancelled({ committed, caller }: Applied): RfqView {
  const closed = committed.events.findLast(
    (event) => event.kind === 'rfqClosed' && event.rfq.accountId === caller.accountId,
  );
  assert(closed?.kind === 'rfqClosed', 'a cancel that is not rejected ends a request', { seq: committed.seq });
  return closed.rfq;
}

/** What the quoter could not do is told by its name alone. */
function accepted({ committed, body }: Applied): RfqView {
  const filled = committed.events.find((event) => event.kind === 'rfqFilled');
  if (filled !== undefined) return filled.rfq;
  const quoteId = Number((body as RequestOf<'acceptQuote'>).quoteId);
  const lost = committed.events.find((event) => event.kind === 'quoteClosed' && event.quote.quoteId === quoteId);
  assert(lost?.kind === 'quoteClosed', 'an acceptance fills a request or ends a quote', { seq: committed.seq });
  throw new Problem('quoteLost', { details: { quoteId: String(quoteId), reason: lost.reason ?? '' } });
}

function quoteIn(event: Event): QuoteView | undefined {
  return event.kind === 'quoteOpened' || event.kind === 'quoteClosed' || event.kind === 'rfqFilled'
    ? event.quote
    : undefined;
}

/** As the command left it: an immediate request may have taken it. */
function submitted({ committed }: Applied): QuoteView {
  const { quote } = eventOf(committed, 'quoteOpened');
  const last = committed.events.map(quoteIn).findLast((one) => one?.quoteId === quote.quoteId);
  return last ?? quote;
}

export function rfqCommands(catalogue: Catalogue) {
  const answer = (rfq: RfqView) => rfqAnswer(listingOfMarket(catalogue, rfq.marketId), rfq);
  return {
    submitRfq: ({ committed }) => answer(eventOf(committed, 'rfqOpened').rfq),
    refreshRfq: ({ committed }) => answer(eventOf(committed, 'rfqRefreshed').rfq),
    cancelRfq: (applied) => answer(cancelled(applied)),
    acceptQuote: (applied) => answer(accepted(applied)),
    submitQuote: (applied) => {
      const quote = submitted(applied);
      return quoteAnswer(listingOfMarket(catalogue, quote.marketId), quote);
    },
    convertDust: () => undefined,
  } satisfies Partial<CommandAnswers>;
}
