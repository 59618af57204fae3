import { ASK, BID, type MatchVisitor, type OrderBook, REMOVE, type SideCode, STOP } from './order-book.js';
import type { OrderPool } from './order-pool.js';
import { FILLS_OFFER, LEAVES_SOME, RESTS, RESTS_ONCE, refuse } from './refusals.js';

interface Level {
  readonly ticks: number;
  readonly orders: number[];
}

const RESTING = 1;

/** The model of the book: sorted arrays of levels, nothing kept that can be counted. For tests and as a yardstick in benches. */
export class NaiveBook implements OrderBook {
  readonly #pool: OrderPool;
  readonly #levels: readonly [bids: Level[], asks: Level[]] = [[], []];

  constructor(pool: OrderPool) {
    this.#pool = pool;
  }

  get orderCount(): number {
    return this.#levels.flat().reduce((sum, level) => sum + level.orders.length, 0);
  }

  rest(handle: number): void {
    const pool = this.#pool;
    const ticks = pool.priceTicks(handle);
    if (pool.level(handle) !== 0 || ticks < 1 || !(pool.remainingLots(handle) > 0)) refuse(RESTS_ONCE, pool, handle);
    const { orders } = this.#levelFor(this.#sideOf(handle), ticks);
    this.#link(orders.at(-1) ?? 0, handle);
    this.#link(handle, 0);
    orders.push(handle);
    pool.setLevel(handle, RESTING);
  }

  remove(handle: number): void {
    const pool = this.#pool;
    if (pool.level(handle) !== RESTING) refuse(RESTS, pool, handle);
    const levels = this.#levels[this.#sideOf(handle)];
    const index = levels.findIndex((level) => level.ticks === pool.priceTicks(handle));
    const { orders } = levels[index]!;
    const place = orders.indexOf(handle);
    orders.splice(place, 1);
    this.#link(orders[place - 1] ?? 0, orders[place] ?? 0);
    if (orders.length === 0) levels.splice(index, 1);
    pool.setLevel(handle, 0);
  }

  reduce(handle: number, lots: number): void {
    const pool = this.#pool;
    if (pool.level(handle) !== RESTING) refuse(RESTS, pool, handle);
    if (!(lots > 0 && lots < pool.remainingLots(handle))) refuse(LEAVES_SOME, pool, handle, lots);
    pool.setRemainingLots(handle, pool.remainingLots(handle) - lots);
  }

  bestTicks(side: SideCode): number {
    return this.#levels[side][0]?.ticks ?? 0;
  }

  worseTicks(side: SideCode, ticks: number): number {
    return this.#levels[side].find((level) => isBetter(side, ticks, level.ticks))?.ticks ?? 0;
  }

  head(side: SideCode, ticks: number): number {
    return this.#orders(side, ticks)[0] ?? 0;
  }

  levelLots(side: SideCode, ticks: number): number {
    return this.#orders(side, ticks).reduce((sum, handle) => sum + this.#pool.remainingLots(handle), 0);
  }

  levelOrders(side: SideCode, ticks: number): number {
    return this.#orders(side, ticks).length;
  }

  match(takerSide: SideCode, limitTicks: number, lots: number, visitor: MatchVisitor): number {
    const makerSide = takerSide === BID ? ASK : BID;
    let left = lots;
    while (left > 0) {
      const level = this.#levels[makerSide][0];
      if (level === undefined || isBetter(makerSide, limitTicks, level.ticks)) break;
      const maker = level.orders[0]!;
      const most = Math.min(left, this.#pool.remainingLots(maker));
      const answer = visitor.offer(maker, level.ticks, most);
      if (answer === STOP) break;
      if (answer === REMOVE) {
        this.remove(maker);
        visitor.removed(maker);
      } else {
        if (!(answer > 0 && answer <= most)) refuse(FILLS_OFFER, this.#pool, maker, answer);
        left -= answer;
        this.#fill(maker, answer);
        visitor.filled(maker, level.ticks, answer);
      }
    }
    return left;
  }

  #fill(maker: number, lots: number): void {
    const left = this.#pool.remainingLots(maker) - lots;
    if (left === 0) this.remove(maker);
    this.#pool.setRemainingLots(maker, left);
  }

  #sideOf(handle: number): SideCode {
    return this.#pool.side(handle) === BID ? BID : ASK;
  }

  #orders(side: SideCode, ticks: number): readonly number[] {
    return this.#levels[side].find((level) => level.ticks === ticks)?.orders ?? [];
  }

  #levelFor(side: SideCode, ticks: number): Level {
    const levels = this.#levels[side];
    const index = levels.findIndex((level) => !isBetter(side, level.ticks, ticks));
    const found = levels[index];
    if (found?.ticks === ticks) return found;
    const opened: Level = { ticks, orders: [] };
    levels.splice(index === -1 ? levels.length : index, 0, opened);
    return opened;
  }

  #link(before: number, after: number): void {
    if (before !== 0) this.#pool.setNext(before, after);
    if (after !== 0) this.#pool.setPrevious(after, before);
  }
}

function isBetter(side: SideCode, ticks: number, than: number): boolean {
  return side === BID ? ticks > than : ticks < than;
}
