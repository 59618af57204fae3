// Requests for quotes that are open, and the quotes for them. Nothing is locked for either: whoever cannot pay when a quote is
// accepted loses what they had offered.
import type { RfqMode, Side } from '@glasshouse/protocol';
import type { FeePpm, TimeUs } from '@glasshouse/units';

export type Quote = {
  readonly quoteId: number;
  readonly rfqId: number;
  readonly accountId: number;
  readonly marketId: number;
  /** −1 when the caller gave none. */
  readonly clientId: number;
  readonly bidTicks: number;
  readonly askTicks: number;
  /** What its owner asks of lending, as bits of ORDER_FLAG. */
  readonly lendingFlags: number;
  /** Of the moment it was given. */
  readonly feePpm: FeePpm;
  readonly createdUs: TimeUs;
  readonly expiryUs: TimeUs;
};

export type Rfq = {
  readonly rfqId: number;
  readonly accountId: number;
  readonly marketId: number;
  readonly clientId: number;
  readonly side: Side;
  /** 0 for any price. */
  readonly priceTicks: number;
  /** One of the two is 0. */
  readonly sizeLots: number;
  readonly quoteSizeAtoms: number;
  readonly mode: RfqMode;
  readonly lendingFlags: number;
  readonly createdUs: TimeUs;
  submissionUs: TimeUs;
  expiryUs: TimeUs;
  /** By the order in which they came. */
  readonly quotes: Quote[];
};

type Due = { readonly timeUs: TimeUs; readonly id: number };

/** How many of the sorted list end before `due`, ties by id. */
function placeOf(list: readonly Due[], due: Due): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = list[middle] as Due;
    if (other.timeUs < due.timeUs || (other.timeUs === due.timeUs && other.id < due.id)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function listed<Item>(lists: Map<number, Item[]>, key: number): Item[] {
  const list = lists.get(key);
  if (list !== undefined) return list;
  const added: Item[] = [];
  lists.set(key, added);
  return added;
}

function unlist<Item>(lists: Map<number, Item[]>, key: number, item: Item): void {
  const list = lists.get(key) ?? [];
  const place = list.indexOf(item);
  if (place >= 0) list.splice(place, 1);
  if (list.length === 0) lists.delete(key);
}

export class Rfqs {
  readonly #rfqs = new Map<number, Rfq>();
  readonly #quotes = new Map<number, Quote>();
  readonly #rfqsOf = new Map<number, Rfq[]>();
  readonly #quotesOf = new Map<number, Quote[]>();
  /** Ends of requests and quotes, the earliest first. */
  readonly #due: Due[] = [];

  get size(): number {
    return this.#rfqs.size;
  }

  get quoteCount(): number {
    return this.#quotes.size;
  }

  get dueCount(): number {
    return this.#due.length;
  }

  get(rfqId: number): Rfq | undefined {
    return this.#rfqs.get(rfqId);
  }

  quote(quoteId: number): Quote | undefined {
    return this.#quotes.get(quoteId);
  }

  /** By rising id. */
  inOrder(): Rfq[] {
    return [...this.#rfqs.values()].sort((a, b) => a.rfqId - b.rfqId);
  }

  /** Oldest first. */
  ofAccount(accountId: number): readonly Rfq[] {
    return this.#rfqsOf.get(accountId) ?? [];
  }

  quotesOf(accountId: number): readonly Quote[] {
    return this.#quotesOf.get(accountId) ?? [];
  }

  byClientId(accountId: number, clientId: number): Rfq | undefined {
    return this.ofAccount(accountId).find((rfq) => rfq.clientId === clientId);
  }

  /** When the first of them ends; Infinity when nothing is open. */
  get nextEndUs(): number {
    return this.#due[0]?.timeUs ?? Number.POSITIVE_INFINITY;
  }

  /** Id of the request or quote that ends first. */
  get nextEnd(): number {
    return this.#due[0]?.id ?? 0;
  }

  add(rfq: Rfq): void {
    this.#rfqs.set(rfq.rfqId, rfq);
    listed(this.#rfqsOf, rfq.accountId).push(rfq);
    this.#schedule({ timeUs: rfq.expiryUs, id: rfq.rfqId });
  }

  /** With no quotes left. */
  delete(rfq: Rfq): void {
    this.#rfqs.delete(rfq.rfqId);
    unlist(this.#rfqsOf, rfq.accountId, rfq);
    this.#unschedule({ timeUs: rfq.expiryUs, id: rfq.rfqId });
  }

  setTimes(rfq: Rfq, submissionUs: TimeUs, expiryUs: TimeUs): void {
    this.#unschedule({ timeUs: rfq.expiryUs, id: rfq.rfqId });
    rfq.submissionUs = submissionUs;
    rfq.expiryUs = expiryUs;
    this.#schedule({ timeUs: expiryUs, id: rfq.rfqId });
  }

  addQuote(rfq: Rfq, quote: Quote): void {
    rfq.quotes.push(quote);
    this.#quotes.set(quote.quoteId, quote);
    listed(this.#quotesOf, quote.accountId).push(quote);
    this.#schedule({ timeUs: quote.expiryUs, id: quote.quoteId });
  }

  deleteQuote(quote: Quote): void {
    const quotes = this.#rfqs.get(quote.rfqId)?.quotes ?? [];
    const place = quotes.indexOf(quote);
    if (place >= 0) quotes.splice(place, 1);
    this.#quotes.delete(quote.quoteId);
    unlist(this.#quotesOf, quote.accountId, quote);
    this.#unschedule({ timeUs: quote.expiryUs, id: quote.quoteId });
  }

  #schedule(due: Due): void {
    this.#due.splice(placeOf(this.#due, due), 0, due);
  }

  #unschedule(due: Due): void {
    this.#due.splice(placeOf(this.#due, due), 1);
  }
}
