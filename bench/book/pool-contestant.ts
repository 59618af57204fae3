import { type MatchVisitor, type OrderBook, OrderIdIndex, OrderPool, type SideCode } from '@glasshouse/core';
import type { Contestant } from './contestant.js';
import { ADD, CANCEL, type Flow, REDUCE } from './flow.js';

/** The least an exchange does around a book of ours: ids, the pool, fills counted, filled makers released. */
export class PoolContestant implements Contestant, MatchVisitor {
  filledLots = 0;
  readonly #pool: OrderPool;
  readonly #index: OrderIdIndex;
  readonly #book: OrderBook;

  constructor(create: (pool: OrderPool) => OrderBook) {
    this.#pool = new OrderPool();
    this.#index = new OrderIdIndex(this.#pool);
    this.#book = create(this.#pool);
  }

  get restingOrders(): number {
    return this.#book.orderCount;
  }

  play(flow: Flow, from: number, to: number): void {
    const { kind, side, ticks, lots, id } = flow;
    for (let n = from; n < to; n++) {
      const what = kind[n];
      if (what === ADD) this.#add(id[n]!, side[n] as SideCode, ticks[n]!, lots[n]!);
      else if (what === CANCEL) this.#cancel(id[n]!);
      else if (what === REDUCE) this.#reduce(id[n]!, lots[n]!);
      else this.#book.match(side[n] as SideCode, ticks[n]!, lots[n]!, this);
    }
  }

  offer(_maker: number, _ticks: number, maxLots: number): number {
    return maxLots;
  }

  filled(maker: number, _ticks: number, lots: number): void {
    this.filledLots += lots;
    if (this.#pool.remainingLots(maker) === 0) this.#forget(maker);
  }

  removed(maker: number): void {
    this.#forget(maker);
  }

  #add(id: number, side: SideCode, ticks: number, lots: number): void {
    const left = this.#book.match(side, ticks, lots, this);
    if (left === 0) return;
    const pool = this.#pool;
    const handle = pool.allocate();
    pool.setOrderId(handle, id);
    pool.setSide(handle, side);
    pool.setPriceTicks(handle, ticks);
    pool.setSizeLots(handle, lots);
    pool.setRemainingLots(handle, left);
    this.#index.set(id, handle);
    this.#book.rest(handle);
  }

  #cancel(id: number): void {
    const handle = this.#index.get(id);
    if (handle === 0) return;
    this.#book.remove(handle);
    this.#forget(handle);
  }

  #reduce(id: number, lots: number): void {
    const handle = this.#index.get(id);
    if (handle === 0) return;
    if (lots < this.#pool.remainingLots(handle)) this.#book.reduce(handle, lots);
    else this.#cancel(id);
  }

  #forget(handle: number): void {
    this.#index.delete(this.#pool.orderId(handle));
    this.#pool.release(handle);
  }
}
