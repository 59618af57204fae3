// Requests for quotes, quotes, and what was traded by them: of those who asked and of those who quoted.
import { type QuoteView, type RfqFilled, type RfqView, SIDE, type Side } from '@glasshouse/protocol';
import type { Page, QuoteQuery, RfqFillQuery, RfqFillRow, RfqQuery } from '../../queries.js';
import type { Database } from '../database.js';
import type { CurrentMoment } from '../moment.js';
import { readPage, where } from '../page-query.js';
import { AddedRows, ChangedRows, type Pending, Places } from '../row-batch.js';
import { type Placed, replaced, table } from '../table.js';

type RfqRecord = RfqView & { readonly seq: number };

export const RFQS = table<RfqRecord>(
  'rfqs',
  {
    rfqId: 'bigint',
    accountId: 'bigint',
    seq: 'bigint',
    marketId: 'integer',
    clientId: 'bigint',
    side: 'smallint',
    priceTicks: 'bigint',
    sizeLots: 'bigint',
    quoteSizeAtoms: 'bigint',
    mode: 'smallint',
    status: 'smallint',
    createdUs: 'bigint',
    submissionUs: 'bigint',
    expiryUs: 'bigint',
  },
  ['rfqId'],
  replaced<RfqRecord>('priceTicks', 'sizeLots', 'quoteSizeAtoms', 'status', 'submissionUs', 'expiryUs'),
);

type QuoteRecord = QuoteView & { readonly seq: number };

export const QUOTES = table<QuoteRecord>(
  'quotes',
  {
    quoteId: 'bigint',
    rfqId: 'bigint',
    accountId: 'bigint',
    seq: 'bigint',
    marketId: 'integer',
    clientId: 'bigint',
    bidTicks: 'bigint',
    askTicks: 'bigint',
    status: 'smallint',
    createdUs: 'bigint',
    expiryUs: 'bigint',
  },
  ['quoteId'],
  replaced<QuoteRecord>('bidTicks', 'askTicks', 'status', 'expiryUs'),
);

type Role = 'asked' | 'quoted';
type RfqFillRecord = Placed &
  RfqFillRow & {
    readonly accountId: number;
    readonly role: Role;
    readonly marketId: number;
    readonly quoteId: number;
    readonly side: Side;
  };

export const RFQ_FILLS = table<RfqFillRecord>(
  'rfq_fills',
  {
    accountId: 'bigint',
    role: 'text',
    seq: 'bigint',
    place: 'integer',
    timeUs: 'bigint',
    marketId: 'integer',
    quoteId: 'bigint',
    side: 'smallint',
    rfq: 'json',
    quote: 'json',
    fill: 'json',
  },
  ['accountId', 'role', 'seq', 'place'],
);

export class RfqRecords {
  private readonly rfqs = new ChangedRows(RFQS, ({ seq }, later) => ({ ...later, seq }));
  private readonly quotes = new ChangedRows(QUOTES, ({ seq }, later) => ({ ...later, seq }));
  private readonly fills = new AddedRows(RFQ_FILLS);
  private readonly places = new Places();

  constructor(private readonly moment: CurrentMoment) {}

  get pending(): readonly Pending[] {
    return [this.rfqs, this.quotes, this.fills];
  }

  recordRfq(rfq: RfqView): void {
    this.rfqs.put({ ...rfq, seq: this.moment.now.seq });
  }

  recordQuote(quote: QuoteView): void {
    this.quotes.put({ ...quote, seq: this.moment.now.seq });
  }

  recordFill({ rfq, quote, fill }: RfqFilled): void {
    this.recordRfq(rfq);
    this.recordQuote(quote);
    const { seq, timeUs } = this.moment.now;
    const both = { rfq, quote, fill, timeUs, marketId: rfq.marketId, quoteId: quote.quoteId };
    const asked = { accountId: rfq.accountId, role: 'asked', side: rfq.side } as const;
    this.fills.add({ ...both, ...asked, ...this.places.next(seq) });
    const side = rfq.side === SIDE.bid ? SIDE.ask : SIDE.bid;
    const quoted = { accountId: quote.accountId, role: 'quoted', side } as const;
    this.fills.add({ ...both, ...quoted, ...this.places.next(seq) });
  }
}

export function rfqPage(database: Database, query: RfqQuery): Promise<Page<RfqView>> {
  return readPage<RfqRecord, RfqView>(
    database,
    {
      table: RFQS,
      order: ['rfqId'],
      conditions: [
        ...where(RFQS, 'accountId', '=', query.accountId),
        ...where(RFQS, 'marketId', '=', query.marketId),
        ...where(RFQS, 'rfqId', '=', query.rfqId),
        ...where(RFQS, 'side', '=', query.side),
        ...where(RFQS, 'status', '=', query.status),
      ],
      select: RFQS.columns.map(({ property }) => property).filter((property) => property !== 'seq'),
    },
    query,
  );
}

export function quotePage(database: Database, query: QuoteQuery): Promise<Page<QuoteView>> {
  return readPage<QuoteRecord, QuoteView>(
    database,
    {
      table: QUOTES,
      order: ['quoteId'],
      conditions: [
        ...where(QUOTES, 'accountId', '=', query.accountId),
        ...where(QUOTES, 'marketId', '=', query.marketId),
        ...where(QUOTES, 'quoteId', '=', query.quoteId),
        ...where(QUOTES, 'status', '=', query.status),
      ],
      select: QUOTES.columns.map(({ property }) => property).filter((property) => property !== 'seq'),
    },
    query,
  );
}

export function rfqFillPage(database: Database, role: Role, query: RfqFillQuery): Promise<Page<RfqFillRow>> {
  return readPage<RfqFillRecord, RfqFillRow>(
    database,
    {
      table: RFQ_FILLS,
      order: ['seq', 'place'],
      conditions: [
        ...where(RFQ_FILLS, 'accountId', '=', query.accountId),
        ...where(RFQ_FILLS, 'role', '=', role),
        ...where(RFQ_FILLS, 'marketId', '=', query.marketId),
        ...where(RFQ_FILLS, 'quoteId', '=', query.quoteId),
        ...where(RFQ_FILLS, 'side', '=', query.side),
      ],
      select: ['rfq', 'quote', 'fill', 'timeUs'],
    },
    query,
  );
}
