import type { Event, QuoteView, RfqView } from '@glasshouse/protocol';

/** Open requests for quotes and their quotes, as events tell of them. */
export class OpenRfqs {
  readonly #rfqs = new Map<number, RfqView>();
  readonly #quotes = new Map<number, QuoteView>();

  get rfqs(): readonly RfqView[] {
    return [...this.#rfqs.values()];
  }

  get quotes(): readonly QuoteView[] {
    return [...this.#quotes.values()];
  }

  get(rfqId: number): RfqView | undefined {
    return this.#rfqs.get(rfqId);
  }

  observe(event: Event): void {
    switch (event.kind) {
      case 'rfqOpened':
      case 'rfqRefreshed':
        this.#rfqs.set(event.rfq.rfqId, event.rfq);
        break;
      case 'quoteOpened':
        this.#quotes.set(event.quote.quoteId, event.quote);
        break;
      case 'rfqClosed':
        this.#rfqs.delete(event.rfq.rfqId);
        break;
      case 'quoteClosed':
        this.#quotes.delete(event.quote.quoteId);
        break;
      case 'rfqFilled':
        this.#rfqs.delete(event.rfq.rfqId);
        this.#quotes.delete(event.quote.quoteId);
        break;
    }
  }
}
