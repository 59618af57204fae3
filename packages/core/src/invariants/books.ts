// What holds in every book: its queues, its counts, and what each resting order keeps locked.
import { SIDE, type Side } from '@glasshouse/protocol';
import { assert } from '@glasshouse/units';
import { reservedAssetId, reserveOf } from '../orders/reserves.js';
import type { Market } from '../state/markets.js';
import { wasTriggered } from '../state/order-flags.js';
import type { State } from '../state/state.js';

/** More than any venue lists. */
const ASSETS = 1024;

/** Atoms locked by open orders, by account and asset. */
export class LockedByOrders {
  /** Keyed by account × ASSETS + asset. */
  readonly #atoms = new Map<number, number>();

  add(accountId: number, assetId: number, atoms: number): void {
    this.#atoms.set(accountId * ASSETS + assetId, this.of(accountId, assetId) + atoms);
  }

  of(accountId: number, assetId: number): number {
    return this.#atoms.get(accountId * ASSETS + assetId) ?? 0;
  }
}

export function checkNotCrossed({ book, symbol }: Market): void {
  const bid = book.bestTicks(SIDE.bid);
  const ask = book.bestTicks(SIDE.ask);
  if (bid !== 0 && ask !== 0 && bid >= ask) assert(false, 'the book is never crossed', { symbol, bid, ask });
}

function checkFound(state: State, handle: number): void {
  const { pool, orderIds, clientIds } = state;
  const orderId = pool.orderId(handle);
  assert(orderIds.get(orderId) === handle, 'orders are found by their id', { orderId });
  const clientId = pool.clientId(handle);
  const found = clientId < 0 || clientIds.get(pool.accountId(handle), clientId) === handle;
  assert(found, 'orders are found by their client id', { orderId, clientId });
}

function checkOrder(state: State, market: Market, handle: number): void {
  const { pool } = state;
  const orderId = pool.orderId(handle);
  const remaining = pool.remainingLots(handle);
  const size = pool.sizeLots(handle);
  assert(remaining >= 1 && remaining <= size, 'an open order has lots left', { orderId, remaining, size });
  const reserve = reserveOf(state, market, handle);
  const held = pool.lockedAtoms(handle);
  assert(held === reserve, 'locked = what the open order needs', { orderId, held, reserve });
  checkFound(state, handle);
}

function checkLevel(state: State, market: Market, side: Side, ticks: number, locked: LockedByOrders): number {
  const { pool } = state;
  const { book, symbol } = market;
  let lots = 0;
  let orders = 0;
  let before = 0;
  for (let handle = book.head(side, ticks); handle !== 0; handle = pool.next(handle)) {
    checkOrder(state, market, handle);
    const orderId = pool.orderId(handle);
    if (!wasTriggered(pool.flags(handle))) {
      assert(orderId > before, 'a level queues its orders oldest first', { symbol, orderId, before });
      before = orderId;
    }
    const held = pool.lockedAtoms(handle);
    locked.add(pool.accountId(handle), reservedAssetId(market, side), held);
    lots += pool.remainingLots(handle);
    orders += 1;
  }
  assert(lots === book.levelLots(side, ticks), 'level size = Σ orders', { symbol, side, ticks, lots });
  assert(orders === book.levelOrders(side, ticks), 'level count = its orders', { symbol, side, ticks, orders });
  return orders;
}

/** Checks one book, adds what its orders lock to `locked`, and returns how many they are. */
export function checkBook(state: State, market: Market, locked: LockedByOrders): number {
  const { book, symbol } = market;
  let orders = 0;
  for (const side of [SIDE.bid, SIDE.ask]) {
    for (let ticks = book.bestTicks(side); ticks !== 0; ticks = book.worseTicks(side, ticks)) {
      orders += checkLevel(state, market, side, ticks, locked);
    }
  }
  assert(orders === book.orderCount, 'the book counts its orders', { symbol, orders });
  checkNotCrossed(market);
  return orders;
}
