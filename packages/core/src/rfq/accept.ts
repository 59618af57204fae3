// Taking a quote: its owner and who asked settle in the one command, or one of them cannot. Who asked is told why and keeps the
// request; a quoter who cannot pay loses the quote.
import { type AcceptQuote, ORDER_STATUS, ORDER_TYPE } from '@glasshouse/protocol';
import { marketAdmits } from '../orders/admission.js';
import { reaches } from '../prices/bands.js';
import type { Market } from '../state/markets.js';
import { reject } from '../state/reject.js';
import { quoteViewOf, rfqViewOf } from '../state/rfq-views.js';
import type { Quote, Rfq } from '../state/rfqs.js';
import type { State } from '../state/state.js';
import { priceText } from '../state/texts.js';
import { closeQuote, endBy, forgetRfq } from './end.js';
import { type Fill, fillAt, makerOf, partyRefusal, settleFill, takerOf, ticksFor } from './fill.js';
import { ownRfq } from './own.js';

/** What a priced order is told of the market's state holds for quotes and their acceptance. */
export const PRICED = { orderType: ORDER_TYPE.limit, postOnly: false } as const;

/** The quoter has been looked at too. */
export function execute(state: State, market: Market, rfq: Rfq, quote: Quote, fill: Fill): void {
  const moved = settleFill(state, market, takerOf(rfq), makerOf(quote, rfq.side), fill);
  state.rfqs.deleteQuote(quote);
  state.scope.emit?.({
    kind: 'rfqFilled',
    rfq: rfqViewOf(rfq, ORDER_STATUS.filled),
    quote: quoteViewOf(quote, ORDER_STATUS.filled),
    fill: moved,
  });
  forgetRfq(state, rfq);
}

function withinPrice(state: State, market: Market, rfq: Rfq, ticks: number): boolean {
  if (rfq.priceTicks === 0 || reaches(rfq.side, rfq.priceTicks, ticks)) return true;
  const price = priceText(market, rfq.priceTicks);
  reject(state, 'quoteWorseThanPrice', { price, quote: priceText(market, ticks) });
  return false;
}

function settle(state: State, market: Market, rfq: Rfq, quote: Quote): void {
  const fill = fillAt(market, rfq, ticksFor(quote, rfq.side));
  if (fill === undefined) return closeQuote(state, quote, 'InvalidQuantity');
  const refusal = partyRefusal(state, market, takerOf(rfq), fill);
  if (refusal !== undefined) return reject(state, refusal.reason, refusal.details);
  const quoterFails = partyRefusal(state, market, makerOf(quote, rfq.side), fill);
  if (quoterFails !== undefined) return closeQuote(state, quote, endBy(quoterFails));
  execute(state, market, rfq, quote, fill);
}

export function acceptQuote(state: State, { rfqId, clientId, quoteId }: AcceptQuote): void {
  const rfq = ownRfq(state, rfqId, clientId);
  if (rfq === undefined) return;
  const quote = rfq.quotes.find((candidate) => candidate.quoteId === quoteId);
  if (quote === undefined) return reject(state, 'quoteUnknown', { quoteId: String(quoteId) });
  const market = state.markets.get(rfq.marketId) as Market;
  if (!marketAdmits(state, market, PRICED) || !withinPrice(state, market, rfq, ticksFor(quote, rfq.side))) return;
  settle(state, market, rfq, quote);
}
