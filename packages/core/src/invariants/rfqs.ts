// What holds of requests for quotes: what is open can be found, ends in time, and is within its market's limits.
import { MARKET_KIND } from '@glasshouse/protocol';
import { assert } from '@glasshouse/units';
import type { Quote, Rfq } from '../state/rfqs.js';
import type { State } from '../state/state.js';

function checkQuote({ rfqs, timeUs }: State, rfq: Rfq, quote: Quote): void {
  const { quoteId, rfqId, bidTicks, askTicks, expiryUs } = quote;
  assert(rfqs.quote(quoteId) === quote && rfqId === rfq.rfqId, 'a quote is found by its id', { quoteId });
  assert(rfqs.quotesOf(quote.accountId).includes(quote), 'an account lists its quotes', { quoteId });
  assert(bidTicks <= askTicks, 'a quote buys for no more than it sells', { quoteId, bidTicks, askTicks });
  const inTime = expiryUs > timeUs && expiryUs <= rfq.expiryUs;
  assert(inTime, 'an open quote has time left, no more than its request', { quoteId, expiryUs });
  assert(quote.accountId !== rfq.accountId, 'nobody quotes to themselves', { quoteId });
}

function checkRfq(state: State, rfq: Rfq): void {
  const { rfqs, timeUs, markets } = state;
  const { rfqId, accountId, sizeLots, quoteSizeAtoms, quotes, submissionUs, expiryUs } = rfq;
  assert(rfqs.ofAccount(accountId).includes(rfq), 'an account lists its requests', { rfqId });
  assert(markets.get(rfq.marketId)?.kind === MARKET_KIND.rfq, 'quotes are asked for where there is no book', { rfqId });
  assert(sizeLots > 0 !== quoteSizeAtoms > 0, 'a request is of a size or of a quote quantity', { rfqId });
  assert(expiryUs > timeUs && submissionUs <= expiryUs, 'an open request has time left', { rfqId, expiryUs });
  const quoters = new Set(quotes.map((quote) => quote.accountId));
  assert(quoters.size === quotes.length, 'an account has one quote for a request', { rfqId });
  for (const quote of quotes) checkQuote(state, rfq, quote);
}

function checkNoBook({ markets }: State): void {
  for (const { kind, symbol, book } of markets.list) {
    if (kind !== MARKET_KIND.rfq) continue;
    assert(book.orderCount === 0, 'a market of requests has no orders', { symbol });
  }
}

/** Nobody whom the exchange acts for has anything open. */
function checkNotLiquidated({ liquidations, rfqs }: State): void {
  for (const { accountId } of liquidations.inOrder()) {
    const open = rfqs.ofAccount(accountId).length + rfqs.quotesOf(accountId).length;
    assert(open === 0, 'an account in liquidation neither asks nor quotes', { accountId, open });
  }
}

export function checkRfqs(state: State): void {
  const { rfqs, accounts } = state;
  const open = rfqs.inOrder();
  for (const rfq of open) checkRfq(state, rfq);
  const quotes = open.reduce((sum, rfq) => sum + rfq.quotes.length, 0);
  assert(quotes === rfqs.quoteCount, 'every quote has its request', { quotes });
  assert(rfqs.dueCount === rfqs.size + quotes, 'everything open has its end', { due: rfqs.dueCount });
  const ends = open.flatMap((rfq) => [rfq.expiryUs, ...rfq.quotes.map(({ expiryUs }) => expiryUs)]);
  const first = Math.min(...ends);
  assert(rfqs.nextEndUs === first, 'what ends first is known', { nextEndUs: rfqs.nextEndUs, first });
  let listed = 0;
  for (let id = 1; id <= accounts.count; id += 1) listed += rfqs.ofAccount(id).length + rfqs.quotesOf(id).length;
  assert(listed === rfqs.size + quotes, 'accounts list what is open alone', { listed });
  checkNoBook(state);
  checkNotLiquidated(state);
}
