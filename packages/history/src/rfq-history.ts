// Requests for quotes as those who asked have them, quotes as those who gave them have them, and what both have traded by them.
import {
  ORDER_STATUS,
  type QuoteView,
  type RfqFilled,
  type RfqFillView,
  type RfqView,
  SIDE,
} from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import type { ListBounds } from './account-lists.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import type { Page, QuoteQuery, RfqFillQuery, RfqFillRow, RfqQuery } from './queries.js';
import { RowLog } from './row-log.js';

/** Places are saved: never reorder. */
const RFQ_FIELDS = [
  'rfqId',
  'accountId',
  'marketId',
  'clientId',
  'side',
  'priceTicks',
  'sizeLots',
  'quoteSizeAtoms',
  'mode',
  'status',
  'createdUs',
  'submissionUs',
  'expiryUs',
] as const satisfies readonly (keyof RfqView)[];
const QUOTE_FIELDS = [
  'quoteId',
  'rfqId',
  'accountId',
  'marketId',
  'clientId',
  'bidTicks',
  'askTicks',
  'status',
  'createdUs',
  'expiryUs',
] as const satisfies readonly (keyof QuoteView)[];
const FILL_FIELDS = [
  'tradeId',
  'priceTicks',
  'sizeLots',
  'quoteAtoms',
  'feeAssetId',
  'feeAtoms',
] as const satisfies readonly (keyof RfqFillView)[];

function write<Row>(writer: ByteWriter, row: Row, fields: readonly (keyof Row)[]): void {
  for (const field of fields) writer.integer(row[field] as number);
}

/** Every field of these rows is a number. */
function read<Row>(reader: ByteReader, fields: readonly (keyof Row)[]): Row {
  return Object.fromEntries(fields.map((field) => [field, reader.integer()])) as Row;
}

function writeFill(writer: ByteWriter, { rfq, quote, fill, timeUs }: RfqFillRow): void {
  write(writer, rfq, RFQ_FIELDS);
  write(writer, quote, QUOTE_FIELDS);
  write(writer, fill, FILL_FIELDS);
  writer.integer(timeUs);
}

function readFill(reader: ByteReader): RfqFillRow {
  return {
    rfq: read<RfqView>(reader, RFQ_FIELDS),
    quote: read<QuoteView>(reader, QUOTE_FIELDS),
    fill: read<RfqFillView>(reader, FILL_FIELDS),
    timeUs: reader.integer() as TimeUs,
  };
}

const fits = <Value>(asked: Value | undefined, value: Value): boolean => asked === undefined || asked === value;

/** Rows of one kind with their last known state. One that the bound has pushed out while it was open comes back as a new row. */
class States<Row extends { readonly accountId: number; readonly status: number }> {
  readonly log: RowLog<Row>;
  private readonly open = new Map<number, number>();

  constructor(
    bounds: ListBounds,
    private readonly idOf: (row: Row) => number,
    private readonly fields: readonly (keyof Row)[],
  ) {
    this.log = new RowLog(bounds, (row) => this.open.delete(idOf(row)));
  }

  record(row: Row): void {
    const id = this.idOf(row);
    const known = this.open.get(id);
    const slot = known ?? this.log.append(row.accountId, row);
    if (known !== undefined) this.log.replace(known, row);
    this.note(row, slot);
  }

  private note(row: Row, slot: number): void {
    const id = this.idOf(row);
    if (row.status === ORDER_STATUS.new) this.open.set(id, slot);
    else this.open.delete(id);
  }

  write(writer: ByteWriter): void {
    this.log.write(writer, (row) => write(writer, row, this.fields));
  }

  read(reader: ByteReader): void {
    this.log.read(
      reader,
      () => read<Row>(reader, this.fields),
      (row, slot) => this.note(row, slot),
    );
  }
}

export class RfqHistory {
  private readonly rfqs: States<RfqView>;
  private readonly quotes: States<QuoteView>;
  private readonly rfqFills: RowLog<RfqFillRow>;
  private readonly quoteFills: RowLog<RfqFillRow>;

  constructor(bounds: ListBounds) {
    this.rfqs = new States(bounds, ({ rfqId }) => rfqId, RFQ_FIELDS);
    this.quotes = new States(bounds, ({ quoteId }) => quoteId, QUOTE_FIELDS);
    this.rfqFills = new RowLog(bounds);
    this.quoteFills = new RowLog(bounds);
  }

  recordRfq(rfq: RfqView): void {
    this.rfqs.record(rfq);
  }

  recordQuote(quote: QuoteView): void {
    this.quotes.record(quote);
  }

  recordFill({ rfq, quote, fill }: RfqFilled, timeUs: TimeUs): void {
    this.rfqs.record(rfq);
    this.quotes.record(quote);
    const row = { rfq, quote, fill, timeUs };
    this.rfqFills.append(rfq.accountId, row);
    this.quoteFills.append(quote.accountId, row);
  }

  rfqPage(query: RfqQuery): Page<RfqView> {
    const { marketId, rfqId, side, status } = query;
    return this.rfqs.log.page(
      query,
      (rfq) =>
        fits(marketId, rfq.marketId) && fits(rfqId, rfq.rfqId) && fits(side, rfq.side) && fits(status, rfq.status),
    );
  }

  quotePage(query: QuoteQuery): Page<QuoteView> {
    const { marketId, quoteId, status } = query;
    return this.quotes.log.page(
      query,
      (quote) => fits(marketId, quote.marketId) && fits(quoteId, quote.quoteId) && fits(status, quote.status),
    );
  }

  /** Of those who asked. */
  rfqFillPage(query: RfqFillQuery): Page<RfqFillRow> {
    const { marketId, quoteId, side } = query;
    return this.rfqFills.page(
      query,
      ({ rfq, quote }) => fits(marketId, rfq.marketId) && fits(quoteId, quote.quoteId) && fits(side, rfq.side),
    );
  }

  /** Of those who quoted: `side` is theirs. */
  quoteFillPage(query: RfqFillQuery): Page<RfqFillRow> {
    const { marketId, quoteId, side } = query;
    const asked = side === undefined ? undefined : side === SIDE.bid ? SIDE.ask : SIDE.bid;
    return this.quoteFills.page(
      query,
      ({ rfq, quote }) => fits(marketId, rfq.marketId) && fits(quoteId, quote.quoteId) && fits(asked, rfq.side),
    );
  }

  write(writer: ByteWriter): void {
    this.rfqs.write(writer);
    this.quotes.write(writer);
    for (const log of [this.rfqFills, this.quoteFills]) log.write(writer, (row) => writeFill(writer, row));
  }

  read(reader: ByteReader): void {
    this.rfqs.read(reader);
    this.quotes.read(reader);
    for (const log of [this.rfqFills, this.quoteFills]) log.read(reader, () => readFill(reader));
  }
}
