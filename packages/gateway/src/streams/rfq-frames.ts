// Frames of requests for quotes and of quotes, as JSON text. What one side chose is not in a frame for the other.
import type { RfqUpdateFrame } from '@glasshouse/api';
import { type QuoteView, type RfqFillView, type RfqView, SIDE } from '@glasshouse/protocol';
import { SIDE_NAME } from '../answers/names.js';
import { milliseconds } from '../answers/times.js';
import type { Listing } from '../exchange/listing.js';
import type { Times } from './frames.js';

type Fields = Pick<RfqUpdateFrame, 'e' | 'R' | 'X'> & Partial<RfqUpdateFrame>;

function frame(listing: Listing, fields: Fields, times: Times): string {
  const whole: RfqUpdateFrame = { E: times.emittedUs, T: times.engineUs, s: listing.market.symbol, ...fields };
  return JSON.stringify(whole);
}

const clientIdOf = (clientId: number) => (clientId < 0 ? {} : { C: String(clientId) });

function sizeOf(listing: Listing, { sizeLots, quoteSizeAtoms }: RfqView) {
  return sizeLots > 0 ? { q: listing.paddedQuantity(sizeLots) } : { Q: listing.paddedQuoteQuantity(quoteSizeAtoms) };
}

const timesOf = ({ submissionUs, expiryUs }: RfqView) => ({ w: milliseconds(submissionUs), W: milliseconds(expiryUs) });

/** To everybody but who asked: not the side. */
export function activeFrame(listing: Listing, rfq: RfqView, times: Times): string {
  return frame(listing, { e: 'rfqActive', R: rfq.rfqId, ...sizeOf(listing, rfq), ...timesOf(rfq), X: 'New' }, times);
}

export type OwnRfqEvent = 'rfqAccepted' | 'rfqRefreshed' | 'rfqCancelled';

/** To who asked. The reference has no word for a request whose time was over. */
export function ownRfqFrame(listing: Listing, event: OwnRfqEvent, rfq: RfqView, times: Times): string {
  const fields: Fields = {
    e: event,
    R: rfq.rfqId,
    ...clientIdOf(rfq.clientId),
    S: SIDE_NAME[rfq.side],
    ...sizeOf(listing, rfq),
    ...(rfq.priceTicks === 0 ? {} : { p: listing.paddedPrice(rfq.priceTicks) }),
    ...timesOf(rfq),
    X: event === 'rfqCancelled' ? 'Cancelled' : 'New',
  };
  return frame(listing, fields, times);
}

/** To who asked: a quote, at the price of its side for them. */
export function candidateFrame(listing: Listing, rfq: RfqView, quote: QuoteView, times: Times): string {
  const fields: Fields = {
    e: 'rfqCandidate',
    R: rfq.rfqId,
    u: quote.quoteId,
    ...clientIdOf(rfq.clientId),
    S: SIDE_NAME[rfq.side],
    ...sizeOf(listing, rfq),
    p: listing.paddedPrice(rfq.side === SIDE.bid ? quote.askTicks : quote.bidTicks),
    X: 'New',
  };
  return frame(listing, fields, times);
}

/** To who quotes. */
export function quoteFrame(
  listing: Listing,
  event: 'quoteAccepted' | 'quoteCancelled',
  quote: QuoteView,
  times: Times,
) {
  const { rfqId: R, quoteId: u, clientId } = quote;
  const X = event === 'quoteAccepted' ? 'New' : 'Cancelled';
  return frame(listing, { e: event, R, u, ...clientIdOf(clientId), X }, times);
}

/** To who asked: a candidate that is one no more. */
export function lostCandidateFrame(listing: Listing, quote: QuoteView, times: Times): string {
  return frame(listing, { e: 'quoteCancelled', R: quote.rfqId, u: quote.quoteId, X: 'Cancelled' }, times);
}

type Filled = { readonly rfq: RfqView; readonly quote: QuoteView; readonly fill: RfqFillView };

/** To both, each with its own id. */
export function filledFrame(listing: Listing, { rfq, quote, fill }: Filled, clientId: number, times: Times): string {
  const fields: Fields = {
    e: 'rfqFilled',
    R: rfq.rfqId,
    u: quote.quoteId,
    ...clientIdOf(clientId),
    S: SIDE_NAME[rfq.side],
    q: listing.paddedQuantity(fill.sizeLots),
    Q: listing.paddedQuoteQuantity(fill.quoteAtoms),
    p: listing.paddedPrice(fill.priceTicks),
    X: 'Filled',
  };
  return frame(listing, fields, times);
}
