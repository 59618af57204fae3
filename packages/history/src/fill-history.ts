// Every fill of every account.
import type { FillOrigin } from '@glasshouse/protocol';
import type { Atoms, Lots, Ticks, TimeUs } from '@glasshouse/units';
import { AccountLists, type ListBounds } from './account-lists.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import { FillRecorder } from './fill-recorder.js';
import { inMarkets, pageOf, within } from './page.js';
import type { FillQuery, FillRow, Page } from './queries.js';
import { SlotColumns } from './slot-columns.js';

const MARKET_ID = 1;
const ORDER_ID = 2;
const FLAGS = 8;
const TIME = 11;
const STRATEGY_ID = 12;
const WIDTH = 13;

const MAKER = 1;
/** Above the flag of the maker. Places are saved: never reorder. */
const ORIGINS: readonly FillOrigin[] = ['user', 'conversion', 'liquidation', 'backstop', 'deleverage'];
const ORIGIN_UNIT = 2;

function flagsOf(isMaker: boolean, origin: FillOrigin): number {
  return (isMaker ? MAKER : 0) + ORIGINS.indexOf(origin) * ORIGIN_UNIT;
}

const originOf = (flags: number): FillOrigin => ORIGINS[Math.floor(flags / ORIGIN_UNIT)] as FillOrigin;

export class FillHistory extends FillRecorder {
  private readonly lists: AccountLists;
  private readonly columns = new SlotColumns(WIDTH);

  constructor(bounds: ListBounds) {
    super();
    this.lists = new AccountLists(bounds);
  }

  protected override add(accountId: number, row: FillRow): void {
    this.append(accountId, [
      row.tradeId,
      row.marketId,
      row.orderId,
      row.clientId,
      row.side,
      row.priceTicks,
      row.sizeLots,
      row.quoteAtoms,
      flagsOf(row.isMaker, row.origin),
      row.feeAssetId,
      row.feeAtoms,
      row.timeUs,
      row.strategyId,
    ]);
  }

  private append(accountId: number, values: readonly number[]): void {
    this.columns.set(this.lists.append(accountId), values);
  }

  page(query: FillQuery): Page<FillRow> {
    const { columns, lists } = this;
    const slots = query.sort === 'ascending' ? lists.oldestFirst(query.accountId) : lists.newestFirst(query.accountId);
    const passes = (slot: number) =>
      inMarkets(columns.get(MARKET_ID, slot), query) &&
      (query.orderId === undefined || columns.get(ORDER_ID, slot) === query.orderId) &&
      (query.strategyId === undefined || columns.get(STRATEGY_ID, slot) === query.strategyId) &&
      (query.origins === undefined || query.origins.includes(originOf(columns.get(FLAGS, slot)))) &&
      within(columns.get(TIME, slot), query);
    return pageOf(slots, query, passes, (slot) => this.row(slot));
  }

  private row(slot: number): FillRow {
    const value = (column: number) => this.columns.get(column, slot);
    return {
      tradeId: value(0),
      marketId: value(MARKET_ID),
      orderId: value(ORDER_ID),
      clientId: value(3),
      side: value(4) as FillRow['side'],
      priceTicks: value(5) as Ticks,
      sizeLots: value(6) as Lots,
      quoteAtoms: value(7) as Atoms,
      isMaker: (value(FLAGS) & MAKER) !== 0,
      origin: originOf(value(FLAGS)),
      feeAssetId: value(9),
      feeAtoms: value(10) as Atoms,
      timeUs: value(TIME) as TimeUs,
      strategyId: value(STRATEGY_ID),
    };
  }

  write(writer: ByteWriter): void {
    writer.integer(this.lists.size);
    for (const slot of this.lists.all()) {
      writer.integer(this.lists.ownerOf(slot));
      for (let column = 0; column < WIDTH; column += 1) writer.integer(this.columns.get(column, slot));
    }
  }

  read(reader: ByteReader): void {
    const values = new Array<number>(WIDTH).fill(0);
    for (let left = reader.count(); left > 0; left -= 1) {
      const accountId = reader.integer();
      for (let column = 0; column < WIDTH; column += 1) values[column] = reader.integer();
      this.append(accountId, values);
    }
  }
}
