// Brings the exchange's levels to the feed's as fast as answers come: a level has one change on its way at a time, and when
// the feed has moved on meanwhile, the next change goes straight to the newest target.
import { SIDE, type Side } from '@glasshouse/protocol';
import type { LimitOrder } from '../../request-text.js';
import type { LevelMaker, LevelTarget, Shrink } from '../level-maker.js';

export type LevelRequests = {
  shrink(shrink: Shrink): Promise<void>;
  /** Places at most `batchSize` orders; resolves with their ids. */
  place(orders: readonly LimitOrder[]): Promise<readonly number[]>;
  readonly batchSize: number;
};

const MOST_IN_FLIGHT = 64;
/** Levels are far fewer. */
const SIDES = 2;

const keyOf = ({ side, ticks }: LevelTarget): number => ticks * SIDES + side;

export class LevelSync {
  /** Levels that are not, or not known to be, at their target. */
  readonly #open = new Map<number, LevelTarget>();
  readonly #busy = new Set<number>();
  #inFlight = 0;
  #failure: unknown;
  #wake: (() => void)[] = [];

  constructor(
    private readonly maker: LevelMaker,
    private readonly requests: LevelRequests,
  ) {}

  /** Takes new targets; throws what went wrong with the ones before. */
  set(targets: readonly LevelTarget[]): void {
    if (this.#failure !== undefined) throw this.#failure;
    for (const target of targets) this.#open.set(keyOf(target), target);
    this.#pump();
  }

  /** Resolves when every level is at its target. */
  async settled(): Promise<void> {
    while (this.#open.size > 0 && this.#failure === undefined) {
      await new Promise<void>((resolve) => void this.#wake.push(resolve));
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  #pump(): void {
    if (this.#failure !== undefined) return;
    const additions: LevelTarget[] = [];
    for (const [key, target] of this.#open) {
      if (this.#busy.has(key)) continue;
      if (this.#inFlight >= MOST_IN_FLIGHT) break;
      const held = this.maker.lots(target.side, target.ticks);
      if (held === target.lots) this.#open.delete(key);
      else if (held > target.lots) this.#shrink(key, target);
      else if (!this.#wouldCross(target)) additions.push(target);
    }
    this.#place(additions);
    if (this.#open.size === 0) this.#wakeAll();
  }

  /** The feed's book is not crossed, so only a level that has yet to go can stand in the way. */
  #wouldCross({ side, ticks }: LevelTarget): boolean {
    for (const other of this.#open.values()) {
      if (other.side === side || !reaches(side, ticks, other.ticks)) continue;
      if (this.#busy.has(keyOf(other)) || this.maker.lots(other.side, other.ticks) > 0) return true;
    }
    return false;
  }

  #shrink(key: number, target: LevelTarget): void {
    this.#busy.add(key);
    const shrinks = this.maker.shrinks([target]);
    this.#send([key], Promise.all(shrinks.map((shrink) => this.requests.shrink(shrink))));
  }

  #place(targets: readonly LevelTarget[]): void {
    const { batchSize } = this.requests;
    let orders: LimitOrder[] = [];
    let keys: number[] = [];
    for (const target of targets) {
      const parts = this.maker.additions([target]);
      if (orders.length + parts.length > batchSize && orders.length > 0) {
        this.#sendOrders(keys, orders);
        [orders, keys] = [[], []];
      }
      orders.push(...parts.slice(0, batchSize));
      keys.push(keyOf(target));
    }
    if (orders.length > 0) this.#sendOrders(keys, orders);
  }

  #sendOrders(keys: readonly number[], orders: readonly LimitOrder[]): void {
    for (const key of keys) this.#busy.add(key);
    const placed = this.requests.place(orders).then((ids) => {
      for (const [index, id] of ids.entries()) this.maker.rested(orders[index] as LimitOrder, id);
    });
    this.#send(keys, placed);
  }

  #send(keys: readonly number[], answered: Promise<unknown>): void {
    this.#inFlight += 1;
    answered.then(
      () => {
        this.#inFlight -= 1;
        for (const key of keys) this.#busy.delete(key);
        this.#pump();
      },
      (problem: unknown) => {
        this.#failure ??= problem;
        this.#wakeAll();
      },
    );
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}

function reaches(side: Side, ticks: number, oppositeTicks: number): boolean {
  return side === SIDE.bid ? ticks >= oppositeTicks : ticks <= oppositeTicks;
}
