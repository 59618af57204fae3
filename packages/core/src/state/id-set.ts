import { withRoom } from './columns.js';

const BITS = 32;

/** A set of small integers, walked in rising order: a sweep costs what is in it, and a look at the words between. */
export class IdSet {
  #words = new Int32Array(0);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(id: number): boolean {
    return (((this.#words[id >> 5] ?? 0) >>> (id & 31)) & 1) === 1;
  }

  add(id: number): void {
    if (this.has(id)) return;
    this.#words = withRoom(this.#words, id >> 5);
    (this.#words[id >> 5] as number) |= 1 << (id & 31);
    this.#size += 1;
  }

  delete(id: number): void {
    if (!this.has(id)) return;
    (this.#words[id >> 5] as number) &= ~(1 << (id & 31));
    this.#size -= 1;
  }

  /** The smallest member that is at least `from`, or −1. */
  firstFrom(from: number): number {
    const words = this.#words;
    let index = from >> 5;
    if (index >= words.length) return -1;
    let word = (words[index] as number) & (-1 << (from & 31));
    while (word === 0) {
      index += 1;
      if (index >= words.length) return -1;
      word = words[index] as number;
    }
    return index * BITS + (BITS - 1 - Math.clz32(word & -word));
  }
}
