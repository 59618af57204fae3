// A request that is filled is filled by a quote that stands for it, at the price that was quoted for its side, for the size that was
// asked for; its quoter pays the maker rate of the moment of the quote, who asked pays nothing.
import type { Event, QuoteView, RfqFilled, RfqView } from '@glasshouse/protocol';
import { SIDE } from '@glasshouse/protocol';
import type { Catalogue } from './catalogue.js';
import { chargedAtoms } from './charged.js';
import type { FeeBook } from './fees.js';
import type { FindingLog } from './finding.js';

type OpenQuote = { readonly quote: QuoteView; readonly makerPpm: number };

export class QuoteBook {
  readonly #rfqs = new Map<number, RfqView>();
  readonly #quotes = new Map<number, OpenQuote>();

  constructor(private readonly fees: FeeBook) {}

  observe(event: Event, timeUs: number, catalogue: Catalogue, findings: FindingLog): void {
    switch (event.kind) {
      case 'rfqOpened':
      case 'rfqRefreshed':
        this.#rfqs.set(event.rfq.rfqId, event.rfq);
        break;
      case 'quoteOpened':
        this.#open(event.quote, timeUs, findings);
        break;
      case 'rfqClosed':
        this.#rfqs.delete(event.rfq.rfqId);
        break;
      case 'quoteClosed':
        this.#quotes.delete(event.quote.quoteId);
        break;
      case 'rfqFilled':
        this.#fill(event, timeUs, catalogue, findings);
        break;
      default:
    }
  }

  #open(quote: QuoteView, timeUs: number, findings: FindingLog): void {
    const { accountId, marketId, rfqId, quoteId } = quote;
    const rfq = this.#rfqs.get(rfqId);
    if (rfq === undefined || timeUs >= rfq.submissionUs || rfq.accountId === accountId) {
      findings.add('quoteInTime', { accountId, marketId }, 'a request of another that is quoted', `quote ${quoteId}`);
    }
    const makerPpm = Math.max(0, this.fees.tierOf(accountId)?.makerPpm ?? 0);
    this.#quotes.set(quoteId, { quote, makerPpm });
  }

  #fill(event: RfqFilled, timeUs: number, catalogue: Catalogue, findings: FindingLog): void {
    const { rfqId, accountId, marketId } = event.rfq;
    const rfq = this.#rfqs.get(rfqId);
    const open = this.#quotes.get(event.quote.quoteId);
    this.#rfqs.delete(rfqId);
    this.#quotes.delete(event.quote.quoteId);
    const stands = open?.quote.rfqId === rfqId && open.quote.expiryUs > timeUs;
    if (rfq === undefined || open === undefined || !stands) {
      const told = `request ${rfqId}, quote ${event.quote.quoteId}`;
      return findings.add('quoteStands', { accountId, marketId }, 'a request and a quote that stands for it', told);
    }
    checkTerms(event, rfq, open.quote, catalogue, findings);
    const place = { accountId: open.quote.accountId, marketId };
    const { quoteAtoms, feeAtoms } = event.fill;
    findings.expectSame('quoteFee', place, chargedAtoms(quoteAtoms, open.makerPpm), feeAtoms);
  }
}

function checkTerms({ fill }: RfqFilled, rfq: RfqView, quote: QuoteView, catalogue: Catalogue, findings: FindingLog) {
  const { accountId, marketId, side, priceTicks, sizeLots, quoteSizeAtoms } = rfq;
  const place = { accountId, marketId };
  const isBid = side === SIDE.bid;
  const ticks = isBid ? quote.askTicks : quote.bidTicks;
  findings.expectSame('filledAtQuote', place, ticks, fill.priceTicks);
  if (priceTicks !== 0 && (isBid ? ticks > priceTicks : ticks < priceTicks)) {
    findings.add('filledAtQuote', place, `no worse than ${priceTicks}`, ticks);
  }
  const lotAtoms = BigInt(ticks) * BigInt(catalogue.market(marketId).atomsPerTickLot);
  const lots = sizeLots > 0 ? BigInt(sizeLots) : BigInt(quoteSizeAtoms) / lotAtoms;
  findings.expectSame('filledAtQuote', place, lots, fill.sizeLots);
  findings.expectSame('filledAtQuote', place, lots * lotAtoms, fill.quoteAtoms);
}
