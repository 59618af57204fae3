// Every fill of every account.
import {
  type BackstopAssigned,
  type FillOrigin,
  type FillView,
  type OrderView,
  type RfqFilled,
  SIDE,
} from '@glasshouse/protocol';
import type { Atoms, Lots, Ticks, TimeUs } from '@glasshouse/units';
import { AccountLists, type ListBounds } from './account-lists.js';
import type { ByteReader, ByteWriter } from './encoding.js';
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

export type FillNews = { readonly origin: FillOrigin; readonly timeUs: TimeUs };

/** A part of a position that changed hands without an order. */
export type PassedOn = Pick<BackstopAssigned, 'marketId' | 'side' | 'sizeLots' | 'quoteAtoms'> & {
  readonly accountId: number;
  readonly feeAssetId: number;
  readonly feeAtoms: number;
};
const NO_ORDER = 0;
const NO_CLIENT_ID = -1;
const NO_STRATEGY = 0;

export class FillHistory {
  private readonly lists: AccountLists;
  private readonly columns = new SlotColumns(WIDTH);

  constructor(bounds: ListBounds) {
    this.lists = new AccountLists(bounds);
  }

  record(order: OrderView, fill: FillView, { origin, timeUs }: FillNews): void {
    this.append(order.accountId, [
      fill.tradeId,
      order.marketId,
      order.orderId,
      order.clientId,
      order.side,
      fill.priceTicks,
      fill.sizeLots,
      fill.quoteAtoms,
      flagsOf(fill.isMaker, origin),
      fill.feeAssetId,
      fill.feeAtoms,
      timeUs,
      order.strategyId ?? NO_STRATEGY,
    ]);
  }

  recordPassedOn(passed: PassedOn, { origin, timeUs }: FillNews): void {
    const { accountId, marketId, side, sizeLots, quoteAtoms, feeAssetId, feeAtoms } = passed;
    const identity = [NO_ORDER, marketId, NO_ORDER, NO_CLIENT_ID];
    const terms = [side, 0, sizeLots, quoteAtoms, flagsOf(false, origin), feeAssetId, feeAtoms, timeUs, NO_STRATEGY];
    this.append(accountId, [...identity, ...terms]);
  }

  /** Whoever asked is a taker under the request's id, who quoted a maker under the quote's. */
  recordQuoted({ rfq, quote, fill }: RfqFilled, timeUs: TimeUs): void {
    const terms = [fill.priceTicks, fill.sizeLots, fill.quoteAtoms];
    const end = (isMaker: boolean, feeAtoms: number) => [flagsOf(isMaker, 'user'), fill.feeAssetId, feeAtoms, timeUs];
    const { marketId, side } = rfq;
    const taker = [fill.tradeId, marketId, rfq.rfqId, rfq.clientId, side];
    this.append(rfq.accountId, [...taker, ...terms, ...end(false, 0)]);
    const maker = [fill.tradeId, marketId, quote.quoteId, quote.clientId, side === SIDE.bid ? SIDE.ask : SIDE.bid];
    this.append(quote.accountId, [...maker, ...terms, ...end(true, fill.feeAtoms)]);
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
