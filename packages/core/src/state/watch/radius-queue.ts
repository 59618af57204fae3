// Accounts by how far prices may move before one must be looked at again. A radius is a factor less one: an account of radius r is
// sound as long as no price has risen by more than that factor, or fallen by it, since the account was valued.
//
// Radii are measured from anchors: prices as they were at some sample. An account valued while prices were a factor d from an
// anchor stands at (1 + r) / d − 1 from it. When anchors run out, the two nearest become one: the younger one's accounts are
// measured from the older and lose the distance between the two. So a market that swings around a level uses up nothing.
import { withRoom } from '../columns.js';
import { AccountLists } from './account-lists.js';
import { distanceBetween } from './price-vector.js';

const ANCHORS = 32;
/** Prices nearer than this to an anchor are measured from it. */
const NEAR = 1.0001;

/** Radii fall into shelves, each a sixteenth wider than the one below; the lowest is a thousandth of a percent. */
const LOWEST = 0.00001;
const WIDER = 1.0625;
const SHELVES = 192;
const EDGES = shelfEdges();

/** Of accounts that are looked at with every sample. */
const PENDING = 1;

function shelfEdges(): Float64Array {
  const edges = new Float64Array(SHELVES);
  let edge = LOWEST;
  for (let shelf = 0; shelf < SHELVES; shelf += 1) {
    edges[shelf] = edge;
    edge *= WIDER;
  }
  return edges;
}

/** The highest shelf whose edge is at most the radius; −1 below the lowest. */
function shelfOf(radius: number): number {
  let low = -1;
  let high = SHELVES;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((EDGES[middle] as number) <= radius) low = middle;
    else high = middle;
  }
  return low;
}

type Anchor = {
  prices: Float64Array;
  /** Serial number: who was there first. */
  since: number;
  /** From the prices of now. */
  distance: number;
  /** No account stands below. */
  lowestShelf: number;
};

export class RadiusQueue {
  readonly #lists = new AccountLists(PENDING + ANCHORS * SHELVES);
  readonly #anchors: Anchor[] = [];
  /** Between anchors, by place × ANCHORS + place. */
  readonly #apart = new Float64Array(ANCHORS * ANCHORS);
  #opened = 0;
  #nearest: Anchor | undefined = undefined;
  #pending = new Int32Array(0);
  /** Prices of now. */
  #now = new Float64Array(0);

  /** To be looked at with every sample until it is put back or dropped. */
  expect(accountId: number): void {
    this.#lists.ensure(accountId);
    this.#lists.remove(accountId);
    this.#lists.add(PENDING, accountId);
  }

  drop(accountId: number): void {
    this.#lists.remove(accountId);
  }

  isWatched(accountId: number): boolean {
    return this.#lists.isListed(accountId);
  }

  /** By rising id: neighbours lie side by side in the columns of the state. Valid until the next call. */
  pending(): Int32Array {
    let count = 0;
    for (let id = this.#lists.first(PENDING); id !== 0; id = this.#lists.after(id)) {
      if (count === this.#pending.length) this.#pending = withRoom(this.#pending, count);
      this.#pending[count] = id;
      count += 1;
    }
    return this.#pending.subarray(0, count).sort();
  }

  /** The price of this place has nothing to do with what it was. No account whose radius counts it is left in the queue. */
  restartPrice(place: number, price: number): void {
    for (const { prices } of this.#anchors) if (place < prices.length) prices[place] = price;
  }

  /** The first `count` prices are those of now: whose radius is used up becomes pending. */
  move(prices: Float64Array, count: number): void {
    this.#now = new Float64Array(prices.subarray(0, count));
    this.#nearest = undefined;
    this.#anchors.forEach((anchor, place) => {
      if (anchor.prices.length < count) this.#widen(anchor);
      anchor.distance = distanceBetween(this.#now, anchor.prices);
      this.#release(anchor, place);
      if (anchor.distance < (this.#nearest?.distance ?? Number.POSITIVE_INFINITY)) this.#nearest = anchor;
    });
  }

  /** Takes a pending account into the queue; false when the radius is too small, and it stays pending. */
  put(accountId: number, radius: number): boolean {
    if (radius < LOWEST) return false;
    if (this.#nearest === undefined || this.#nearest.distance > NEAR) this.#nearest = this.#open();
    const anchor = this.#nearest;
    const shelf = shelfOf((1 + radius) / anchor.distance - 1);
    if (shelf < 0 || (EDGES[shelf] as number) <= anchor.distance - 1) return false;
    this.#lists.remove(accountId);
    this.#lists.add(this.#listOf(this.#anchors.indexOf(anchor), shelf), accountId);
    anchor.lowestShelf = Math.min(anchor.lowestShelf, shelf);
    return true;
  }

  #listOf(anchorPlace: number, shelf: number): number {
    return PENDING + 1 + anchorPlace * SHELVES + shelf;
  }

  /** A price that was not there when the anchor was set: nobody who stands on it counts that price. */
  #widen(anchor: Anchor): void {
    const prices = this.#now.slice();
    prices.set(anchor.prices);
    anchor.prices = prices;
  }

  #release(anchor: Anchor, place: number): void {
    while (anchor.lowestShelf < SHELVES && (EDGES[anchor.lowestShelf] as number) <= anchor.distance - 1) {
      this.#lists.join(this.#listOf(place, anchor.lowestShelf), PENDING);
      anchor.lowestShelf += 1;
    }
  }

  /** An anchor at the prices of now. */
  #open(): Anchor {
    const place = this.#anchors.length < ANCHORS ? this.#anchors.length : this.#vacate();
    this.#anchors.forEach(({ distance }, other) => {
      this.#apart[place * ANCHORS + other] = distance;
      this.#apart[other * ANCHORS + place] = distance;
    });
    this.#opened += 1;
    const anchor: Anchor = { prices: this.#now.slice(), since: this.#opened, distance: 1, lowestShelf: SHELVES };
    this.#anchors[place] = anchor;
    return anchor;
  }

  /** Makes one of the two nearest anchors, and returns the place that has become free. */
  #vacate(): number {
    let one = 0;
    let other = 1;
    for (let a = 0; a < ANCHORS; a += 1) {
      for (let b = a + 1; b < ANCHORS; b += 1) {
        if (this.#between(a, b) >= this.#between(one, other)) continue;
        one = a;
        other = b;
      }
    }
    const isOlder = this.#anchorAt(one).since < this.#anchorAt(other).since;
    const [older, younger] = isOlder ? [one, other] : [other, one];
    this.#merge(younger, older);
    return younger;
  }

  #merge(from: number, to: number): void {
    const distance = this.#between(from, to);
    const target = this.#anchorAt(to);
    for (let shelf = this.#anchorAt(from).lowestShelf; shelf < SHELVES; shelf += 1) {
      const list = this.#listOf(from, shelf);
      if (this.#lists.isEmpty(list)) continue;
      const moved = shelfOf((1 + (EDGES[shelf] as number)) / distance - 1);
      this.#lists.join(list, moved < 0 ? PENDING : this.#listOf(to, moved));
      if (moved >= 0) target.lowestShelf = Math.min(target.lowestShelf, moved);
    }
  }

  #between(a: number, b: number): number {
    return this.#apart[a * ANCHORS + b] as number;
  }

  #anchorAt(place: number): Anchor {
    return this.#anchors[place] as Anchor;
  }
}
