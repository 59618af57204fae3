// Open orders in book order: market, bids then asks, best price first, first come first. Resting them again in that order gives
// the same book; the accounts' lists go by order id, which is their order of arrival.
import { SIDE } from '@glasshouse/protocol';
import { ORDER_CELL, type OrderCell } from '../book/index.js';
import { countOpenLots } from '../orders/open-lots.js';
import { indexOrder, listOrder } from '../state/account-orders.js';
import type { State } from '../state/state.js';
import { SnapshotDamaged, type SnapshotReader } from './reader.js';
import type { SnapshotWriter } from './writer.js';

function handlesInBookOrder(state: State): Int32Array {
  const handles = new Int32Array(state.pool.size);
  let count = 0;
  for (const { book } of state.markets.list) {
    for (const side of [SIDE.bid, SIDE.ask]) {
      for (let ticks = book.bestTicks(side); ticks !== 0; ticks = book.worseTicks(side, ticks)) {
        for (let handle = book.head(side, ticks); handle !== 0; handle = state.pool.next(handle)) {
          handles[count] = handle;
          count += 1;
        }
      }
    }
  }
  return handles;
}

const SAVED_CELLS: readonly OrderCell[] = [
  ORDER_CELL.orderId,
  ORDER_CELL.accountId,
  ORDER_CELL.marketId,
  ORDER_CELL.side,
  ORDER_CELL.priceTicks,
  ORDER_CELL.sizeLots,
  ORDER_CELL.remainingLots,
  ORDER_CELL.filledQuoteAtoms,
  ORDER_CELL.makerQuoteAtoms,
  ORDER_CELL.makerFeePpm,
  ORDER_CELL.lockedAtoms,
  ORDER_CELL.clientId,
  ORDER_CELL.flags,
  ORDER_CELL.createdUs,
];

export function writeOrders(state: State, writer: SnapshotWriter): void {
  const handles = handlesInBookOrder(state);
  writer.number(handles.length);
  const gathered = new Float64Array(handles.length);
  for (const cell of SAVED_CELLS) {
    for (let index = 0; index < handles.length; index += 1)
      gathered[index] = state.pool.cell(handles[index] as number, cell);
    writer.column(gathered, 0, handles.length - 1);
  }
}

function restInBooks(state: State, count: number): void {
  const { pool, markets } = state;
  for (let handle = 1; handle <= count; handle += 1) {
    const market = markets.get(pool.marketId(handle));
    if (market === undefined) throw new SnapshotDamaged(`order of market ${pool.marketId(handle)}`);
    market.book.rest(handle);
    countOpenLots(state, handle, pool.remainingLots(handle));
  }
}

/** Ids are sorted as numbers and found again through the index: much quicker than sorting handles by a comparison of ids. */
function linkByArrival(state: State, count: number): void {
  const ids = new Float64Array(count);
  for (let handle = 1; handle <= count; handle += 1) {
    ids[handle - 1] = state.pool.orderId(handle);
    indexOrder(state, handle);
  }
  for (const orderId of ids.sort()) listOrder(state, state.orderIds.get(orderId));
}

/** Into an empty pool, whose handles then run from 1 in book order. */
export function restoreOrders(state: State, reader: SnapshotReader): void {
  const count = reader.count();
  for (let index = 0; index < count; index += 1) state.pool.allocate();
  const values = new Float64Array(count);
  for (const cell of SAVED_CELLS) {
    reader.column(values, 0, count - 1);
    for (let index = 0; index < count; index += 1) state.pool.setCell(index + 1, cell, values[index] as number);
  }
  restInBooks(state, count);
  linkByArrival(state, count);
}
