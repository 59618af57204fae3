const FIRST_CAPACITY = 64;

/**
 * Open addressing from 32-bit hashes to handles: what the indexes share. Each place is two cells, handle and hash,
 * so that neither growth nor deletion looks at the orders. Deletion closes the gap, so that no tombstones gather.
 */
export class HandleTable {
  cells = new Int32Array(FIRST_CAPACITY * 2);
  mask = FIRST_CAPACITY - 1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a handle that is not in the table. */
  add(hash: number, handle: number): void {
    if (this.#size * 2 > this.mask) this.#grow();
    this.#size++;
    this.#place(hash, handle);
  }

  /** Empties a place, moving up those behind it that the gap would hide. */
  removeAt(place: number): void {
    const { cells, mask } = this;
    let gap = place;
    for (let probe = (place + 1) & mask; cells[probe * 2] !== 0; probe = (probe + 1) & mask) {
      const home = cells[probe * 2 + 1]! & mask;
      if (((probe - home) & mask) < ((probe - gap) & mask)) continue;
      cells[gap * 2] = cells[probe * 2]!;
      cells[gap * 2 + 1] = cells[probe * 2 + 1]!;
      gap = probe;
    }
    cells[gap * 2] = 0;
    this.#size--;
  }

  #place(hash: number, handle: number): void {
    const { cells, mask } = this;
    let place = hash & mask;
    while (cells[place * 2] !== 0) place = (place + 1) & mask;
    cells[place * 2] = handle;
    cells[place * 2 + 1] = hash;
  }

  #grow(): void {
    const old = this.cells;
    this.cells = new Int32Array(old.length * 2);
    this.mask = old.length - 1;
    for (let cell = 0; cell < old.length; cell += 2) {
      if (old[cell] !== 0) this.#place(old[cell + 1]!, old[cell]!);
    }
  }
}
