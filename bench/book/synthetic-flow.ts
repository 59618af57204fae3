import { ASK, BID, FastBook, type MatchVisitor, OrderPool, type SideCode } from '@glasshouse/core';
import { ADD, CANCEL, emptyFlow, type Flow, TAKE } from './flow.js';
import { Random } from './random.js';

const START_TICKS = 6_000_000;
const TAKE_SHARE = 0.1;

export interface SyntheticOptions {
  readonly seed: number;
  readonly messages: number;
  readonly resting: number;
  /** Mean distance of a new order from the touch, in ticks. */
  readonly meanDistance: number;
}

/**
 * A market as a stream of messages: new orders at geometric distances behind the touch, cancels of any live order,
 * takers that walk the price up and down in spells. About half adds, 40 % cancels, 10 % takers, around a steady
 * number of resting orders. A book is run along so that cancels name live orders and adds do not cross.
 */
export function syntheticFlow(options: SyntheticOptions): Flow {
  return new Generator(options).generate();
}

class Generator implements MatchVisitor {
  readonly #options: SyntheticOptions;
  readonly #random: Random;
  readonly #flow: Flow;
  readonly #pool: OrderPool;
  readonly #book: FastBook;
  readonly #live: number[] = [];
  readonly #placeOf = new Map<number, number>();
  #n = 0;
  #buyers = 0.5;

  constructor(options: SyntheticOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#flow = emptyFlow(options.resting + options.messages, options.resting);
    this.#pool = new OrderPool(options.resting);
    this.#book = new FastBook(this.#pool);
  }

  generate(): Flow {
    for (let n = 0; n < this.#flow.opening; n++) this.#add();
    for (let n = 0; n < this.#options.messages; n++) this.#next();
    return this.#flow;
  }

  #next(): void {
    const roll = this.#random.fraction();
    if (this.#random.below(5_000) === 0) this.#buyers = 0.3 + 0.4 * this.#random.fraction();
    const adds = this.#live.length < this.#options.resting ? 0.55 : 0.35;
    if (roll < TAKE_SHARE) this.#take();
    else if (roll < TAKE_SHARE + adds || this.#live.length === 0) this.#add();
    else this.#cancel(this.#live[this.#random.below(this.#live.length)]!);
  }

  #add(): void {
    const side = this.#random.below(2) as SideCode;
    const ticks = this.#passiveTicks(side);
    const lots = 1 + this.#random.geometric(20);
    const handle = this.#pool.allocate();
    this.#emit(ADD, side, ticks, lots, this.#n + 1);
    this.#pool.setOrderId(handle, this.#n);
    this.#pool.setSide(handle, side);
    this.#pool.setPriceTicks(handle, ticks);
    this.#pool.setRemainingLots(handle, lots);
    this.#book.rest(handle);
    this.#placeOf.set(handle, this.#live.length);
    this.#live.push(handle);
  }

  #cancel(handle: number): void {
    this.#emit(CANCEL, this.#pool.side(handle), 0, 0, this.#pool.orderId(handle));
    this.#book.remove(handle);
    this.#forget(handle);
  }

  #take(): void {
    const side = this.#random.fraction() < this.#buyers ? BID : ASK;
    const touch = this.#book.bestTicks(side === BID ? ASK : BID);
    const reach = this.#random.geometric(2);
    const ticks = side === BID ? touch + reach : touch - reach;
    const lots = 1 + this.#random.geometric(25);
    this.#emit(TAKE, side, ticks, lots, 0);
    this.#book.match(side, ticks, lots, this);
  }

  offer(_maker: number, _ticks: number, maxLots: number): number {
    return maxLots;
  }

  filled(maker: number): void {
    if (this.#pool.remainingLots(maker) === 0) this.#forget(maker);
  }

  removed(maker: number): void {
    this.#forget(maker);
  }

  /** Behind its own touch most often, sometimes inside the spread, never through the other side. */
  #passiveTicks(side: SideCode): number {
    const other = this.#book.bestTicks(side === BID ? ASK : BID);
    const own = this.#book.bestTicks(side);
    const away = this.#random.geometric(this.#options.meanDistance) - 2;
    const from = own === 0 ? START_TICKS + (side === BID ? -1 : 1) : own;
    if (side === BID) return other === 0 ? from - away : Math.min(from - away, other - 1);
    return Math.max(from + away, other + 1);
  }

  #emit(kind: number, side: number, ticks: number, lots: number, id: number): void {
    const n = this.#n++;
    this.#flow.kind[n] = kind;
    this.#flow.side[n] = side;
    this.#flow.ticks[n] = ticks;
    this.#flow.lots[n] = lots;
    this.#flow.id[n] = id;
  }

  #forget(handle: number): void {
    const place = this.#placeOf.get(handle)!;
    const last = this.#live.at(-1)!;
    this.#live[place] = last;
    this.#placeOf.set(last, place);
    this.#live.pop();
    this.#pool.release(handle);
  }
}
