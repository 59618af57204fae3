// The last trades of one market.
import type { TradeView } from '@glasshouse/protocol';
import type { Atoms, Lots, Ticks, TimeUs } from '@glasshouse/units';
import { BoundedColumns } from './bounded-columns.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import type { Page, TradeQuery, TradeRow } from './queries.js';

const TRADE_ID = 0;
const PRICE = 1;
const SIZE = 2;
const QUOTE = 3;
const TAKER_SIDE = 4;
const MAKER_ORDER = 5;
const TAKER_ORDER = 6;
const TIME = 7;
const WIDTH = 8;

export class TradeLog {
  private readonly rows: BoundedColumns;

  constructor(bound: number) {
    this.rows = new BoundedColumns(WIDTH, bound);
  }

  add(trade: TradeView, timeUs: TimeUs): void {
    const { rows } = this;
    const row = rows.push();
    rows.column(TRADE_ID)[row] = trade.tradeId;
    rows.column(PRICE)[row] = trade.priceTicks;
    rows.column(SIZE)[row] = trade.sizeLots;
    rows.column(QUOTE)[row] = trade.quoteAtoms;
    rows.column(TAKER_SIDE)[row] = trade.takerSide;
    rows.column(MAKER_ORDER)[row] = trade.makerOrderId;
    rows.column(TAKER_ORDER)[row] = trade.takerOrderId;
    rows.column(TIME)[row] = timeUs;
  }

  page(query: TradeQuery): Page<TradeRow> {
    const { first, end, length } = this.rows;
    const ascending = query.sort === 'ascending';
    const start = ascending ? first + query.offset : end - 1 - query.offset;
    const count = Math.max(0, Math.min(query.limit, length - query.offset));
    const rows = Array.from({ length: count }, (_, index) => this.row(ascending ? start + index : start - index));
    return { rows, total: length };
  }

  private row(row: number): TradeRow {
    const { rows } = this;
    return {
      tradeId: rows.value(TRADE_ID, row),
      priceTicks: rows.value(PRICE, row) as Ticks,
      sizeLots: rows.value(SIZE, row) as Lots,
      quoteAtoms: rows.value(QUOTE, row) as Atoms,
      takerSide: rows.value(TAKER_SIDE, row) as TradeRow['takerSide'],
      makerOrderId: rows.value(MAKER_ORDER, row),
      takerOrderId: rows.value(TAKER_ORDER, row),
      timeUs: rows.value(TIME, row) as TimeUs,
    };
  }

  write(writer: ByteWriter): void {
    this.rows.write(writer);
  }

  read(reader: ByteReader): void {
    this.rows.read(reader);
  }
}
