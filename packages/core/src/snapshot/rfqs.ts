// Open requests for quotes by id, each with its quotes in the order in which they came.
import type { RfqMode, Side } from '@glasshouse/protocol';
import type { FeePpm, TimeUs } from '@glasshouse/units';
import type { Quote, Rfq } from '../state/rfqs.js';
import type { State } from '../state/state.js';
import type { SnapshotReader } from './reader.js';
import type { SnapshotWriter } from './writer.js';

const RFQ_CELLS = [
  'rfqId',
  'accountId',
  'marketId',
  'clientId',
  'side',
  'priceTicks',
  'sizeLots',
  'quoteSizeAtoms',
  'mode',
  'lendingFlags',
  'createdUs',
  'submissionUs',
  'expiryUs',
] as const satisfies readonly (keyof Rfq)[];

const QUOTE_CELLS = [
  'quoteId',
  'accountId',
  'clientId',
  'bidTicks',
  'askTicks',
  'lendingFlags',
  'feePpm',
  'createdUs',
  'expiryUs',
] as const satisfies readonly (keyof Quote)[];

function readRfq(reader: SnapshotReader): Rfq {
  return {
    rfqId: reader.number(),
    accountId: reader.number(),
    marketId: reader.number(),
    clientId: reader.number(),
    side: reader.number() as Side,
    priceTicks: reader.number(),
    sizeLots: reader.number(),
    quoteSizeAtoms: reader.number(),
    mode: reader.number() as RfqMode,
    lendingFlags: reader.number(),
    createdUs: reader.number() as TimeUs,
    submissionUs: reader.number() as TimeUs,
    expiryUs: reader.number() as TimeUs,
    quotes: [],
  };
}

function readQuote({ rfqId, marketId }: Rfq, reader: SnapshotReader): Quote {
  return {
    rfqId,
    marketId,
    quoteId: reader.number(),
    accountId: reader.number(),
    clientId: reader.number(),
    bidTicks: reader.number(),
    askTicks: reader.number(),
    lendingFlags: reader.number(),
    feePpm: reader.number() as FeePpm,
    createdUs: reader.number() as TimeUs,
    expiryUs: reader.number() as TimeUs,
  };
}

export function writeRfqs({ rfqs }: State, writer: SnapshotWriter): void {
  writer.number(rfqs.size);
  for (const rfq of rfqs.inOrder()) {
    for (const cell of RFQ_CELLS) writer.number(rfq[cell]);
    writer.number(rfq.quotes.length);
    for (const quote of rfq.quotes) for (const cell of QUOTE_CELLS) writer.number(quote[cell]);
  }
}

/** An account lists its quotes by the order in which it gave them, which is that of their ids. */
export function restoreRfqs({ rfqs }: State, reader: SnapshotReader): void {
  const quotes: { readonly rfq: Rfq; readonly quote: Quote }[] = [];
  for (let left = reader.count(); left > 0; left -= 1) {
    const rfq = readRfq(reader);
    rfqs.add(rfq);
    for (let open = reader.count(); open > 0; open -= 1) quotes.push({ rfq, quote: readQuote(rfq, reader) });
  }
  quotes.sort((a, b) => a.quote.quoteId - b.quote.quoteId);
  for (const { rfq, quote } of quotes) rfqs.addQuote(rfq, quote);
}
