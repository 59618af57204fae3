import { BETTER, COUNT, HEAD, KEY, LevelStore, TAIL, WORSE } from './level-store.js';
import type { OrderPool } from './order-pool.js';
import { PriceTrie } from './price-trie.js';

/**
 * One side of a book: its non-empty levels linked from best to worst, each with its queue of orders.
 * It knows keys, not prices: the greater key is always the better one.
 */
export class Ladder {
  readonly #pool: OrderPool;
  readonly #levels = new LevelStore();
  readonly #trie = new PriceTrie();
  #best = 0;

  constructor(pool: OrderPool) {
    this.#pool = pool;
  }

  /** Memory held. */
  get bytes(): number {
    return this.#levels.bytes + this.#trie.bytes;
  }

  /** First order of the best level if its key is at least `limitKey`, else 0. */
  firstWithin(limitKey: number): number {
    const best = this.#best;
    const cells = this.#levels.cells;
    return best !== 0 && cells[best + KEY]! >= limitKey ? cells[best + HEAD]! : 0;
  }

  /** Key of the best level, 0 when there is none. */
  bestKey(): number {
    return this.#levels.cells[this.#best + KEY]!;
  }

  /** Greatest key less than `key`, 0 when there is none. */
  worseKey(key: number): number {
    const here = this.#trie.get(key);
    if (here !== 0) return this.#keyOf(this.#cell(here, WORSE));
    const better = this.#trie.above(key);
    return this.#keyOf(better === 0 ? this.#best : this.#cell(better, WORSE));
  }

  head(key: number): number {
    return this.#cell(this.#trie.get(key), HEAD);
  }

  count(key: number): number {
    return this.#cell(this.#trie.get(key), COUNT);
  }

  lots(key: number): number {
    return this.#levels.lots[LevelStore.lotsIndex(this.#trie.get(key))]!;
  }

  push(handle: number, key: number, lots: number): void {
    const level = this.#levelAt(key);
    const cells = this.#levels.cells;
    const pool = this.#pool;
    const tail = cells[level + TAIL]!;
    if (tail === 0) cells[level + HEAD] = handle;
    else pool.setNext(tail, handle);
    cells[level + TAIL] = handle;
    cells[level + COUNT]!++;
    this.#levels.lots[LevelStore.lotsIndex(level)]! += lots;
    pool.setPrevious(handle, tail);
    pool.setNext(handle, 0);
    pool.setLevel(handle, level);
  }

  take(handle: number, lots: number): void {
    const pool = this.#pool;
    const level = pool.level(handle);
    pool.setLevel(handle, 0);
    const cells = this.#levels.cells;
    if (cells[level + COUNT] === 1) {
      this.#drop(level);
      return;
    }
    const next = pool.next(handle);
    const previous = pool.previous(handle);
    if (previous === 0) cells[level + HEAD] = next;
    else pool.setNext(previous, next);
    if (next === 0) cells[level + TAIL] = previous;
    else pool.setPrevious(next, previous);
    cells[level + COUNT]!--;
    this.#levels.lots[LevelStore.lotsIndex(level)]! -= lots;
  }

  shrink(handle: number, lots: number): void {
    this.#levels.lots[LevelStore.lotsIndex(this.#pool.level(handle))]! -= lots;
  }

  #cell(level: number, cell: number): number {
    return this.#levels.cells[level + cell]!;
  }

  #keyOf(level: number): number {
    return this.#levels.cells[level + KEY]!;
  }

  #levelAt(key: number): number {
    const best = this.#best;
    if (best !== 0 && this.#keyOf(best) === key) return best;
    const level = this.#trie.get(key);
    return level === 0 ? this.#open(key) : level;
  }

  #open(key: number): number {
    const level = this.#levels.allocate();
    const cells = this.#levels.cells;
    const better = this.#trie.above(key);
    const worse = better === 0 ? this.#best : cells[better + WORSE]!;
    cells[level + KEY] = key;
    cells[level + HEAD] = 0;
    cells[level + TAIL] = 0;
    cells[level + COUNT] = 0;
    this.#levels.lots[LevelStore.lotsIndex(level)] = 0;
    cells[level + BETTER] = better;
    cells[level + WORSE] = worse;
    if (better === 0) this.#best = level;
    else cells[better + WORSE] = level;
    if (worse !== 0) cells[worse + BETTER] = level;
    this.#trie.set(key, level);
    return level;
  }

  #drop(level: number): void {
    const cells = this.#levels.cells;
    const better = cells[level + BETTER]!;
    const worse = cells[level + WORSE]!;
    if (better === 0) this.#best = worse;
    else cells[better + WORSE] = worse;
    if (worse !== 0) cells[worse + BETTER] = better;
    this.#trie.delete(cells[level + KEY]!);
    this.#levels.release(level);
  }
}
