// Open orders in book order: market, bids then asks, best price first, first come first. Resting them again in that order gives
// the same book; the accounts' lists go by order id, which is their order of arrival.
import { SIDE } from '@glasshouse/protocol';
import { linkOrder } from '../state/account-orders.js';
import type { State } from '../state/state.js';
import { SnapshotDamaged, type SnapshotReader } from './reader.js';
import type { SnapshotWriter } from './writer.js';

function handlesInBookOrder(state: State): Int32Array {
  const handles = new Int32Array(state.pool.size);
  let count = 0;
  for (const { book } of state.markets.list) {
    for (const side of [SIDE.bid, SIDE.ask]) {
      for (let ticks = book.bestTicks(side); ticks !== 0; ticks = book.worseTicks(side, ticks)) {
        for (let handle = book.head(side, ticks); handle !== 0; handle = state.pool.next[handle] as number) {
          handles[count] = handle;
          count += 1;
        }
      }
    }
  }
  return handles;
}

type OrderColumn = Float64Array | Int32Array | Uint8Array | Uint16Array;

function orderColumns(state: State): readonly OrderColumn[] {
  const { pool } = state;
  return [
    pool.orderId,
    pool.accountId,
    pool.marketId,
    pool.side,
    pool.priceTicks,
    pool.sizeLots,
    pool.remainingLots,
    pool.filledQuoteAtoms,
    pool.makerQuoteAtoms,
    pool.makerFeePpm,
    pool.lockedAtoms,
    pool.clientId,
    pool.flags,
    pool.createdUs,
  ];
}

export function writeOrders(state: State, writer: SnapshotWriter): void {
  const handles = handlesInBookOrder(state);
  writer.number(handles.length);
  const gathered = new Float64Array(handles.length);
  for (const column of orderColumns(state)) {
    for (let index = 0; index < handles.length; index += 1)
      gathered[index] = column[handles[index] as number] as number;
    writer.column(gathered, 0, handles.length - 1);
  }
}

function restInBooks(state: State, count: number): void {
  const { pool, markets } = state;
  for (let handle = 1; handle <= count; handle += 1) {
    const market = markets.get(pool.marketId[handle] as number);
    if (market === undefined) throw new SnapshotDamaged(`order of market ${pool.marketId[handle]}`);
    market.book.rest(handle);
  }
}

function linkByArrival(state: State, count: number): void {
  const { pool } = state;
  const handles = Int32Array.from({ length: count }, (_, index) => index + 1);
  handles.sort((a, b) => (pool.orderId[a] as number) - (pool.orderId[b] as number));
  for (const handle of handles) linkOrder(state, handle);
}

/** Into an empty pool, whose handles then run from 1 in book order. */
export function restoreOrders(state: State, reader: SnapshotReader): void {
  const count = reader.count();
  for (let index = 0; index < count; index += 1) state.pool.allocate();
  const values = new Float64Array(count);
  for (const column of orderColumns(state)) {
    reader.column(values, 0, count - 1);
    column.set(values, 1);
  }
  restInBooks(state, count);
  linkByArrival(state, count);
}
