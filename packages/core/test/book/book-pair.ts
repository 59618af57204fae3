import { expect } from 'vitest';
import { FastBook } from '../../src/book/fast-book.js';
import { NaiveBook } from '../../src/book/naive-book.js';
import { BID, type MatchVisitor, type OrderBook, REMOVE, type SideCode, STOP } from '../../src/book/order-book.js';
import { OrderPool } from '../../src/book/order-pool.js';

/** What a visitor does with the next maker; after a fill or removal it may also change the book. */
export interface Answer {
  readonly kind: 'fill' | 'part' | 'remove' | 'stop';
  readonly after?: 'cancel' | 'rest';
}

export type Step =
  | { readonly kind: 'rest'; readonly side: SideCode; readonly ticks: number; readonly lots: number }
  | { readonly kind: 'cancel'; readonly pick: number }
  | { readonly kind: 'reduce'; readonly pick: number }
  | {
      readonly kind: 'match';
      readonly side: SideCode;
      readonly ticks: number;
      readonly lots: number;
      readonly answers: readonly Answer[];
    };

interface LevelState {
  readonly ticks: number;
  readonly lots: number;
  readonly orders: number;
  readonly queue: readonly (readonly [handle: number, lots: number])[];
}

/** As `expect(…).toBe`, which is too slow for the millions of values that agree. */
function same(actual: unknown, expected: unknown): void {
  if (actual !== expected) expect(actual).toBe(expected);
}

export function queueOf(pool: OrderPool, head: number): [handle: number, lots: number][] {
  const queue: [number, number][] = [];
  let previous = 0;
  for (let handle = head; handle !== 0; handle = pool.next(handle)) {
    same(pool.previous(handle), previous);
    queue.push([handle, pool.remainingLots(handle)]);
    previous = handle;
  }
  return queue;
}

function sideState(book: OrderBook, pool: OrderPool, side: SideCode): LevelState[] {
  const levels: LevelState[] = [];
  for (let ticks = book.bestTicks(side); ticks !== 0; ticks = book.worseTicks(side, ticks)) {
    const queue = queueOf(pool, book.head(side, ticks));
    levels.push({ ticks, lots: book.levelLots(side, ticks), orders: book.levelOrders(side, ticks), queue });
  }
  return levels;
}

/** A book, its pool and the owner of its orders: everything that a flow changes. */
class Rig {
  readonly pool = new OrderPool(4);
  readonly book: OrderBook;
  readonly live: number[] = [];
  readonly calls: string[] = [];

  constructor(create: (pool: OrderPool) => OrderBook) {
    this.book = create(this.pool);
  }

  state(): unknown {
    const bids = sideState(this.book, this.pool, 0);
    const asks = sideState(this.book, this.pool, 1);
    return { orders: this.book.orderCount, live: this.pool.size, bids, asks };
  }

  rest(side: SideCode, ticks: number, lots: number): number {
    const { pool } = this;
    const handle = pool.allocate();
    pool.setSide(handle, side);
    pool.setPriceTicks(handle, ticks);
    pool.setRemainingLots(handle, lots);
    this.book.rest(handle);
    this.live.push(handle);
    return handle;
  }

  cancel(pick: number): void {
    const handle = this.live[pick % this.live.length];
    if (handle === undefined) return;
    this.book.remove(handle);
    this.#forget(handle);
  }

  reduce(pick: number): void {
    const handle = this.live[pick % this.live.length];
    if (handle === undefined) return;
    const remaining = this.pool.remainingLots(handle);
    if (remaining > 1) this.book.reduce(handle, 1 + (pick % (remaining - 1)));
  }

  match(side: SideCode, ticks: number, lots: number, answers: readonly Answer[]): number {
    return this.book.match(side, ticks, lots, this.#visitor(answers));
  }

  #visitor(answers: readonly Answer[]): MatchVisitor {
    let turn = -1;
    // Endless if every maker removed were replaced: a visitor is done meddling after a few.
    const answer = (): Answer => (turn < 20 ? answers[turn % answers.length]! : { kind: 'fill' });
    return {
      offer: (maker, ticks, maxLots) => {
        turn++;
        this.calls.push(`offer ${maker} ${ticks} ${maxLots}`);
        switch (answer().kind) {
          case 'fill':
            return maxLots;
          case 'part':
            return Math.ceil(maxLots / 2);
          case 'remove':
            return REMOVE;
          case 'stop':
            return STOP;
        }
      },
      filled: (maker, ticks, filled) => {
        this.calls.push(`filled ${maker} ${ticks} ${filled} leaves ${this.pool.remainingLots(maker)}`);
        if (this.pool.remainingLots(maker) === 0) this.#forget(maker);
        this.#meddle(answer(), ticks);
      },
      removed: (maker) => {
        this.calls.push(`removed ${maker}`);
        const ticks = this.pool.priceTicks(maker);
        this.#forget(maker);
        this.#meddle(answer(), ticks);
      },
    };
  }

  /** What an owner may do between two makers: cancel another order, or let a new one rest on either side. */
  #meddle({ after }: Answer, ticks: number): void {
    if (after === 'cancel') this.cancel(ticks);
    if (after === 'rest' && this.live.length < 500) this.rest(ticks % 2 === 0 ? BID : 1, ticks, 1 + (ticks % 7));
  }

  #forget(handle: number): void {
    this.live[this.live.indexOf(handle)] = this.live.at(-1)!;
    this.live.pop();
    this.pool.release(handle);
  }
}

/** The fast book and its model, driven by the same steps. */
export class BookPair {
  readonly fast = new Rig((pool) => new FastBook(pool));
  readonly naive = new Rig((pool) => new NaiveBook(pool));

  play(step: Step): void {
    same(apply(this.fast, step), apply(this.naive, step));
    same(this.fast.calls.splice(0).join('\n'), this.naive.calls.splice(0).join('\n'));
  }

  expectSameTouch(): void {
    for (const side of [0, 1] as const) {
      const ticks = this.naive.book.bestTicks(side);
      same(this.fast.book.bestTicks(side), ticks);
      same(this.fast.book.head(side, ticks), this.naive.book.head(side, ticks));
      same(this.fast.book.levelLots(side, ticks), this.naive.book.levelLots(side, ticks));
      same(this.fast.book.worseTicks(side, ticks), this.naive.book.worseTicks(side, ticks));
    }
  }

  expectSameState(): void {
    expect(this.fast.state()).toEqual(this.naive.state());
  }
}

function apply(rig: Rig, step: Step): number | undefined {
  switch (step.kind) {
    case 'rest':
      return rig.rest(step.side, step.ticks, step.lots);
    case 'cancel':
      rig.cancel(step.pick);
      return undefined;
    case 'reduce':
      rig.reduce(step.pick);
      return undefined;
    case 'match':
      return rig.match(step.side, step.ticks, step.lots, step.answers);
  }
}
