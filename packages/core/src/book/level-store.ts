/** Int32 cells of a level, counted from its reference. */
export const KEY = 0;
export const HEAD = 1;
export const TAIL = 2;
export const COUNT = 3;
export const BETTER = 4;
export const WORSE = 5;

const STRIDE = 8;

/**
 * Records of price levels, 32 bytes each so that one cache line holds all of a level. A reference is the index of
 * the record's first cell, 0 is none; the last 8 bytes are the level's lots, a double.
 * `allocate` may replace both arrays.
 */
export class LevelStore {
  cells: Int32Array;
  lots: Float64Array;
  #firstFree = 0;
  #firstUnused = STRIDE;

  constructor(initialCapacity = 16) {
    this.cells = new Int32Array((initialCapacity + 1) * STRIDE);
    this.lots = new Float64Array(this.cells.buffer);
  }

  static lotsIndex(level: number): number {
    return (level >> 1) + 3;
  }

  /** Memory held. */
  get bytes(): number {
    return this.cells.byteLength;
  }

  /** The caller writes every cell and the lots. */
  allocate(): number {
    const level = this.#firstFree;
    if (level === 0) return this.#fresh();
    this.#firstFree = this.cells[level]!;
    return level;
  }

  release(level: number): void {
    this.cells[level] = this.#firstFree;
    this.#firstFree = level;
  }

  #fresh(): number {
    const level = this.#firstUnused;
    this.#firstUnused = level + STRIDE;
    if (this.#firstUnused > this.cells.length) {
      const cells = new Int32Array(this.cells.length * 2);
      cells.set(this.cells);
      this.cells = cells;
      this.lots = new Float64Array(cells.buffer);
    }
    return level;
  }
}
