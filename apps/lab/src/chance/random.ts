// A seeded generator (mulberry32) and the distributions drawn from it. Only + − × ÷ and √, so that a seed gives the same population on
// every machine and every version of Node.
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In 0 … 2^32 − 1. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** Above 0 and below 1. */
  fraction(): number {
    return (this.#next() + 0.5) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + (most - least) * this.fraction();
  }

  /** An integer in 0 … limit − 1. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** Mean 0, deviation 1, within ± 6: the sum of twelve uniform draws. */
  normal(): number {
    let sum = -6;
    for (let draw = 0; draw < 12; draw += 1) sum += this.fraction();
    return sum;
  }

  /** A Pareto tail with exponent 4/3, from `least` on, cut off at `most`: a few hold much of it all. */
  heavyTail(least: number, most: number): number {
    const root = Math.sqrt(this.fraction());
    return Math.min(most, least / (root * Math.sqrt(root)));
  }

  /** Index drawn with the probability of its weight. */
  weighted(weights: readonly number[]): number {
    let left = this.fraction() * weights.reduce((sum, weight) => sum + weight, 0);
    for (const [index, weight] of weights.entries()) {
      left -= weight;
      if (left < 0) return index;
    }
    return weights.length - 1;
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const place = this.below(last + 1);
      [shuffled[last], shuffled[place]] = [shuffled[place] as Item, shuffled[last] as Item];
    }
    return shuffled;
  }
}
