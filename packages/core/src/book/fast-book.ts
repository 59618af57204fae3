import { Ladder } from './ladder.js';
import {
  ASK,
  BID,
  HIGHEST_TICKS,
  type MatchVisitor,
  type OrderBook,
  REMOVE,
  type SideCode,
  STOP,
} from './order-book.js';
import type { OrderPool } from './order-pool.js';
import { FILLS_OFFER, LEAVES_SOME, RESTS, RESTS_ONCE, refuse } from './refusals.js';

/** Ladder key of a price, and price of a key: asks are mirrored, so that the greater key is the better price on both sides. */
function mirrored(side: number, value: number): number {
  return side === ASK ? HIGHEST_TICKS - value + 1 : value;
}

/** The book of production: levels found by trie, linked in price order, orders linked in time order; it allocates nothing once warm. */
export class FastBook implements OrderBook {
  readonly #pool: OrderPool;
  readonly #bids: Ladder;
  readonly #asks: Ladder;
  #orderCount = 0;

  constructor(pool: OrderPool) {
    this.#pool = pool;
    this.#bids = new Ladder(pool);
    this.#asks = new Ladder(pool);
  }

  get orderCount(): number {
    return this.#orderCount;
  }

  /** Memory held for levels; the orders' own is the pool's. */
  get bytes(): number {
    return this.#bids.bytes + this.#asks.bytes;
  }

  rest(handle: number): void {
    const pool = this.#pool;
    const side = pool.side(handle);
    const ticks = pool.priceTicks(handle);
    const lots = pool.remainingLots(handle);
    if (pool.level(handle) !== 0 || ticks < 1 || !(lots > 0)) refuse(RESTS_ONCE, pool, handle);
    this.#ladder(side).push(handle, mirrored(side, ticks), lots);
    this.#orderCount++;
  }

  remove(handle: number): void {
    const pool = this.#pool;
    if (!(pool.level(handle) > 0)) refuse(RESTS, pool, handle);
    this.#ladder(pool.side(handle)).take(handle, pool.remainingLots(handle));
    this.#orderCount--;
  }

  reduce(handle: number, lots: number): void {
    const pool = this.#pool;
    if (!(pool.level(handle) > 0)) refuse(RESTS, pool, handle);
    if (!(lots > 0 && lots < pool.remainingLots(handle))) refuse(LEAVES_SOME, pool, handle, lots);
    this.#ladder(pool.side(handle)).shrink(handle, lots);
    pool.setRemainingLots(handle, pool.remainingLots(handle) - lots);
  }

  bestTicks(side: SideCode): number {
    return this.#ticks(side, this.#ladder(side).bestKey());
  }

  worseTicks(side: SideCode, ticks: number): number {
    return this.#ticks(side, this.#ladder(side).worseKey(mirrored(side, ticks)));
  }

  head(side: SideCode, ticks: number): number {
    return this.#ladder(side).head(mirrored(side, ticks));
  }

  levelLots(side: SideCode, ticks: number): number {
    return this.#ladder(side).lots(mirrored(side, ticks));
  }

  levelOrders(side: SideCode, ticks: number): number {
    return this.#ladder(side).count(mirrored(side, ticks));
  }

  match(takerSide: SideCode, limitTicks: number, lots: number, visitor: MatchVisitor): number {
    const makerSide = takerSide === BID ? ASK : BID;
    const makers = this.#ladder(makerSide);
    const limitKey = mirrored(makerSide, limitTicks);
    let left = lots;
    while (left > 0) {
      const maker = makers.firstWithin(limitKey);
      if (maker === 0) break;
      const filled = this.#meet(makers, maker, left, visitor);
      if (filled === STOP) break;
      if (filled > 0) left -= filled;
    }
    return left;
  }

  /** One maker before the taker; returns the visitor's answer. */
  #meet(makers: Ladder, maker: number, left: number, visitor: MatchVisitor): number {
    const pool = this.#pool;
    const ticks = pool.priceTicks(maker);
    const resting = pool.remainingLots(maker);
    const most = Math.min(resting, left);
    const answer = visitor.offer(maker, ticks, most);
    if (answer > 0) {
      if (!(answer <= most)) refuse(FILLS_OFFER, pool, maker, answer);
      if (answer === resting) this.#takeOut(makers, maker, resting);
      else makers.shrink(maker, answer);
      pool.setRemainingLots(maker, resting - answer);
      visitor.filled(maker, ticks, answer);
    } else if (answer === REMOVE) {
      this.#takeOut(makers, maker, resting);
      visitor.removed(maker);
    } else if (answer !== STOP) refuse(FILLS_OFFER, pool, maker, answer);
    return answer;
  }

  #takeOut(makers: Ladder, maker: number, lots: number): void {
    makers.take(maker, lots);
    this.#orderCount--;
  }

  #ladder(side: number): Ladder {
    return side === BID ? this.#bids : this.#asks;
  }

  #ticks(side: SideCode, key: number): number {
    return key === 0 ? 0 : mirrored(side, key);
  }
}
