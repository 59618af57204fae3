/** Seeded generator (xorshift32): the same seed gives the same flow on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed ^ 0x9e3779b9) | 1;
  }

  /** In 0..1, 1 excluded. */
  fraction(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) / 0x1_0000_0000;
  }

  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  /** Geometric, from 0, with the given mean. */
  geometric(mean: number): number {
    return Math.floor(Math.log(1 - this.fraction()) / Math.log(mean / (mean + 1)));
  }
}
