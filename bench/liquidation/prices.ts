// Prices that move together and each by itself, set in the state as a sample would leave them.
import type { State } from '@glasshouse/core';
import type { Random } from '../book/random.js';

/** Of one second: 3 % a day in common, and as much again or twice as much by each price alone. */
const COMMON = 0.0001;
const OWN = 0.00015;
/** Uniform numbers of this standard deviation: √12 of one. */
const UNIT = 3.464;

type Cell = { readonly get: () => number; readonly set: (price: number) => void };

/** Marks, and the indexes of what counts as collateral. */
function cellsOf(state: State): Cell[] {
  const marks = state.markets.list.map(({ prices }) => ({
    get: () => prices.markPrice,
    set: (price: number) => {
      prices.markPrice = price as typeof prices.markPrice;
    },
  }));
  const indexes = state.assetPrices.map((entry) => ({
    get: () => entry.indexPrice,
    set: (price: number) => {
      entry.indexPrice = price as typeof entry.indexPrice;
    },
  }));
  return [...marks, ...indexes];
}

export class Prices {
  readonly #cells: readonly Cell[];
  readonly #start: readonly number[];

  constructor(
    state: State,
    private readonly random: Random,
  ) {
    this.#cells = cellsOf(state);
    this.#start = this.#cells.map(({ get }) => get());
  }

  /** One second; a calm one by default. */
  walk(times = 1): void {
    const common = COMMON * times * this.#step();
    for (const { get, set } of this.#cells) set(get() * (1 + common + OWN * times * this.#step()));
  }

  /** All of them so much below where they started. */
  fallTo(share: number): void {
    for (const [place, { set }] of this.#cells.entries()) set((this.#start[place] ?? 0) * (1 - share));
  }

  #step(): number {
    return UNIT * (this.random.fraction() - 0.5);
  }
}
