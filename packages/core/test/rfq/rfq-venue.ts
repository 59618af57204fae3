// A venue with a market in which one asks for quotes of SOL, worth 150 outside.
import type { Event, QuoteView, RfqView } from '@glasshouse/protocol';
import { type Parameters, RFQ_GENESIS } from '@glasshouse/testkit';
import { LendingVenue } from '../lending/lending-venue.js';

export const RFQ = 'SOL_USDC_RFQ';

/** More than a test's index has: all that are needed. */
const LIVE = 3;

export class RfqVenue extends LendingVenue {
  constructor(options: { readonly fees?: boolean; readonly genesis?: object } = {}) {
    super({ genesis: RFQ_GENESIS, ...options });
  }

  override index(symbol: string, price: number, liveSources = LIVE): void {
    super.index(symbol, price);
    const entry = this.state.assetPrices[(this.state.assets.bySymbol(symbol)?.assetId ?? 0) - 1];
    if (entry !== undefined) entry.liveSources = liveSources;
  }

  ask(keyId: number, side: 'Bid' | 'Ask', rest: Parameters): Event[] {
    return this.command(keyId, 'rfqSubmit', { symbol: RFQ, side, ...rest });
  }

  quote(keyId: number, rfqId: number, bidPrice: string, askPrice: string, rest: Parameters = {}): Event[] {
    return this.command(keyId, 'quoteSubmit', { rfqId, bidPrice, askPrice, ...rest });
  }

  accept(keyId: number, rfqId: number, quoteId: number): Event[] {
    return this.command(keyId, 'quoteAccept', { rfqId, quoteId });
  }
}

/** The request that has been opened. */
export function opened(events: readonly Event[]): RfqView {
  const event = events.find(({ kind }) => kind === 'rfqOpened');
  if (event?.kind !== 'rfqOpened') throw new Error(`no request: ${JSON.stringify(events)}`);
  return event.rfq;
}

export function quoted(events: readonly Event[]): QuoteView {
  const event = events.find(({ kind }) => kind === 'quoteOpened');
  if (event?.kind !== 'quoteOpened') throw new Error(`no quote: ${JSON.stringify(events)}`);
  return event.quote;
}

/** What happened to requests and quotes, short. */
export function story(events: readonly Event[]): string[] {
  return events.flatMap((event) => {
    switch (event.kind) {
      case 'rejected':
        return [`rejected ${event.reason}`];
      case 'rfqOpened':
      case 'rfqRefreshed':
      case 'rfqFilled':
      case 'quoteOpened':
        return [event.kind];
      case 'rfqClosed':
      case 'quoteClosed':
        return [event.reason === undefined ? event.kind : `${event.kind} ${event.reason}`];
      default:
        return [];
    }
  });
}
