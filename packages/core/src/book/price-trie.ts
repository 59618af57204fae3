const DIGIT_BITS = 5;
const FANOUT = 1 << DIGIT_BITS;
const DIGIT_MASK = FANOUT - 1;
const ROOT_HEIGHT = 6;
const ROOT = 1;

/** Height of the lowest node that covers both keys, from the XOR of the two. */
function heightOfDifference(difference: number): number {
  return difference === 0 ? 0 : ((31 - Math.clz32(difference)) * 13) >> 6;
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/**
 * Ordered map from keys of 31 bits to non-zero int32 values: a trie of fixed depth whose nodes are 32 slots and one
 * bitmap word. A lone key costs a path of seven nodes, under 1 kB, wherever it lies; no key pattern makes a step
 * slower than its seven nodes. The path to the last key is kept, so that keys near each other find each other in
 * one or two steps.
 */
export class PriceTrie {
  #slots = new Int32Array(16 * FANOUT);
  #words = new Int32Array(16);
  #firstFree = 0;
  #firstUnused = ROOT + 1;
  readonly #path = new Int32Array(ROOT_HEIGHT + 1);
  #pathKey = 0;
  /** The path holds nodes of `#pathKey` from the root down to this height. */
  #pathEnd = ROOT_HEIGHT;

  constructor() {
    this.#path[ROOT_HEIGHT] = ROOT;
  }

  /** Memory held. */
  get bytes(): number {
    return this.#slots.byteLength + this.#words.byteLength;
  }

  get(key: number): number {
    if (this.#seek(key) !== 0) return 0;
    return this.#slots[(this.#path[0]! << DIGIT_BITS) | (key & DIGIT_MASK)]!;
  }

  set(key: number, value: number): void {
    let height = this.#seek(key);
    while (height > 0) {
      const child = this.#takeNode();
      this.#fill(height, key, child);
      height--;
      this.#path[height] = child;
    }
    this.#pathEnd = 0;
    this.#fill(0, key, value);
  }

  /** The key must be there. Nodes left empty are given back. */
  delete(key: number): void {
    let height = this.#seek(key);
    let node = this.#clear(height, key);
    while (this.#words[node] === 0 && height < ROOT_HEIGHT) {
      this.#slots[node << DIGIT_BITS] = this.#firstFree;
      this.#firstFree = node;
      height++;
      node = this.#clear(height, key);
    }
    this.#pathEnd = height;
  }

  /** Value of the smallest key greater than `key`, 0 when there is none. */
  above(key: number): number {
    for (let height = this.#seek(key); height <= ROOT_HEIGHT; height++) {
      const node = this.#path[height]!;
      const digit = (key >>> (height * DIGIT_BITS)) & DIGIT_MASK;
      const greater = this.#words[node]! & (-2 << digit);
      if (greater !== 0) return this.#smallestIn(this.#slots[(node << DIGIT_BITS) | lowestBit(greater)]!, height);
    }
    return 0;
  }

  /** Smallest value below an entry found in a node of that height. */
  #smallestIn(entry: number, height: number): number {
    let found = entry;
    for (let below = height; below > 0; below--) {
      found = this.#slots[(found << DIGIT_BITS) | lowestBit(this.#words[found]!)]!;
    }
    return found;
  }

  /** Leads the path towards the key as far as nodes exist; returns the height it ends at, 0 being the leaf. */
  #seek(key: number): number {
    const path = this.#path;
    const slots = this.#slots;
    let height = heightOfDifference(key ^ this.#pathKey);
    if (height < this.#pathEnd) height = this.#pathEnd;
    let node = path[height]!;
    while (height > 0) {
      node = slots[(node << DIGIT_BITS) | ((key >>> (height * DIGIT_BITS)) & DIGIT_MASK)]!;
      if (node === 0) break;
      height--;
      path[height] = node;
    }
    this.#pathKey = key;
    this.#pathEnd = height;
    return height;
  }

  #fill(height: number, key: number, entry: number): void {
    const node = this.#path[height]!;
    const digit = (key >>> (height * DIGIT_BITS)) & DIGIT_MASK;
    this.#slots[(node << DIGIT_BITS) | digit] = entry;
    this.#words[node]! |= 1 << digit;
  }

  #clear(height: number, key: number): number {
    const node = this.#path[height]!;
    const digit = (key >>> (height * DIGIT_BITS)) & DIGIT_MASK;
    this.#slots[(node << DIGIT_BITS) | digit] = 0;
    this.#words[node]! &= ~(1 << digit);
    return node;
  }

  #takeNode(): number {
    const recycled = this.#firstFree;
    if (recycled === 0) return this.#freshNode();
    this.#firstFree = this.#slots[recycled << DIGIT_BITS]!;
    this.#slots[recycled << DIGIT_BITS] = 0;
    return recycled;
  }

  #freshNode(): number {
    const node = this.#firstUnused++;
    if (node === this.#words.length) this.#grow();
    return node;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const words = new Int32Array(this.#words.length * 2);
    slots.set(this.#slots);
    words.set(this.#words);
    this.#slots = slots;
    this.#words = words;
  }
}
