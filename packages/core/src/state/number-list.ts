/**
 * Numbers that come and go with each command. Clearing keeps the room: an engine throws away the memory of an array whose length
 * is set to nothing, by a call out of the compiled code, and fetches it anew with the next number.
 */
export class NumberList {
  readonly #cells: number[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  at(place: number): number {
    return this.#cells[place] as number;
  }

  add(value: number): void {
    this.#cells[this.#count] = value;
    this.#count += 1;
  }

  has(value: number): boolean {
    for (let place = 0; place < this.#count; place += 1) if (this.#cells[place] === value) return true;
    return false;
  }

  clear(): void {
    this.#count = 0;
  }
}
