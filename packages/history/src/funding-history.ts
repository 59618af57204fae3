// Funding: the rates of every perpetual, and what each account received or paid.
import type { FundingPaid, FundingRateSet } from '@glasshouse/protocol';
import type { Atoms, Lots, Price, TimeUs } from '@glasshouse/units';
import { AccountTable, type ReadColumn } from './account-table.js';
import { BoundedColumns } from './bounded-columns.js';
import type { HistoryBounds } from './bounds.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import type { FundingPaymentQuery, FundingPaymentRow, FundingRateQuery, FundingRateRow, Page } from './queries.js';

const MARKET_ID = 0;
const PAYMENT_WIDTH = 6;
const FIRST_REAL_OF_PAYMENT = 4;

const RATE_WIDTH = 4;
const FIRST_REAL_OF_RATE = 1;

function paymentOf(value: ReadColumn): FundingPaymentRow {
  return {
    marketId: value(MARKET_ID),
    sizeLots: value(1) as Lots,
    fundingAtoms: value(2) as Atoms,
    timeUs: value(3) as TimeUs,
    markPrice: value(4) as Price,
    rate: value(5),
  };
}

export class FundingHistory {
  private readonly payments: AccountTable;
  private readonly rates = new Map<number, BoundedColumns>();

  constructor(private readonly bounds: HistoryBounds) {
    this.payments = new AccountTable(bounds.accruals, PAYMENT_WIDTH, FIRST_REAL_OF_PAYMENT);
  }

  recordPayment(event: FundingPaid, timeUs: TimeUs): void {
    const { accountId, marketId, sizeLots, fundingAtoms, markPrice, rate } = event;
    this.payments.append(accountId, [marketId, sizeLots, fundingAtoms, timeUs, markPrice, rate]);
  }

  recordRate({ marketId, intervalEndUs, rate, averagePremium, markPrice }: FundingRateSet): void {
    const rows = this.ratesOf(marketId);
    const row = rows.push();
    [intervalEndUs, rate, averagePremium, markPrice].forEach((value, column) => {
      rows.column(column)[row] = value;
    });
  }

  private ratesOf(marketId: number): BoundedColumns {
    const known = this.rates.get(marketId);
    if (known !== undefined) return known;
    const rows = new BoundedColumns(RATE_WIDTH, this.bounds.fundingRatesPerMarket, FIRST_REAL_OF_RATE);
    this.rates.set(marketId, rows);
    return rows;
  }

  paymentPage(query: FundingPaymentQuery): Page<FundingPaymentRow> {
    const { marketId } = query;
    return this.payments.page(query, (value) => marketId === undefined || value(MARKET_ID) === marketId, paymentOf);
  }

  ratePage({ marketId, limit, offset, sort }: FundingRateQuery): Page<FundingRateRow> {
    const rates = this.rates.get(marketId);
    if (rates === undefined) return { rows: [], total: 0 };
    const count = Math.max(0, Math.min(limit, rates.length - offset));
    const place = (index: number) =>
      sort === 'ascending' ? rates.first + offset + index : rates.end - 1 - offset - index;
    const rows = Array.from({ length: count }, (_, index) => this.rate(rates, place(index)));
    return { rows, total: rates.length };
  }

  private rate(rates: BoundedColumns, row: number): FundingRateRow {
    return {
      intervalEndUs: rates.value(0, row) as TimeUs,
      rate: rates.value(1, row),
      averagePremium: rates.value(2, row),
      markPrice: rates.value(3, row) as Price,
    };
  }

  write(writer: ByteWriter): void {
    this.payments.write(writer);
    const markets = [...this.rates].sort(([a], [b]) => a - b);
    writer.integer(markets.length);
    for (const [marketId, rows] of markets) {
      writer.integer(marketId);
      rows.write(writer);
    }
  }

  read(reader: ByteReader): void {
    this.payments.read(reader);
    for (let left = reader.count(); left > 0; left -= 1) this.ratesOf(reader.integer()).read(reader);
  }
}
