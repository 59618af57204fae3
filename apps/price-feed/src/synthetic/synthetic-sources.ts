// Made-up sources for use offline: each quotes the same seeded random walk with a small error of its own. Never a market's prices.
import type { Quote, Source } from '../quote.js';
import { FairPrice } from './fair-price.js';
import { type Random, seededRandom } from './random.js';
import { WALKS, type Walk } from './walks.js';

export type SyntheticOptions = {
  readonly seed: number;
  /** Where an asset's walk begins instead of at its home. */
  readonly openings?: ReadonlyMap<string, number> | undefined;
  readonly assets?: readonly string[] | undefined;
};

export const SYNTHETIC_NAMES: readonly string[] = ['synthetic-a', 'synthetic-b', 'synthetic-c'];

const STEP_MS = 1_000;
/** After a long pause the walk goes on from where it was, not through an hour of steps. */
const MOST_STEPS = 60;
const HALF_SPREAD = 0.000_05;
/** A source's own error: how far it strays in a second, and how much of it stays. */
const ERROR_STEP = 0.000_03;
const ERROR_MEMORY = 0.9;
/** Last trades happen at the bid or at the ask. */
const EVEN = 0.5;

/** The walks that all synthetic sources share; time moves them, whoever asks first. */
class SharedWalks {
  readonly prices: ReadonlyMap<string, FairPrice>;
  private walkedMs: number | undefined;
  steps = 0;

  constructor(walks: readonly Walk[], { seed, openings }: SyntheticOptions) {
    this.prices = new Map(
      walks.map((walk) => {
        const { asset, home, volatility } = walk;
        // Its place among all walks: an asset moves the same whether others are asked for or not.
        const random = seededRandom(seed + WALKS.indexOf(walk));
        return [asset, new FairPrice(openings?.get(asset) ?? home, home, volatility, random)];
      }),
    );
  }

  advanceTo(nowMs: number): void {
    this.walkedMs ??= nowMs - STEP_MS;
    const due = Math.floor((nowMs - this.walkedMs) / STEP_MS);
    if (due <= 0) return;
    this.walkedMs += due * STEP_MS;
    for (let step = 0; step < Math.min(due, MOST_STEPS); step += 1) this.step();
  }

  private step(): void {
    this.steps += 1;
    for (const price of this.prices.values()) price.advance(STEP_MS / 1_000);
  }
}

class SyntheticSource implements Source {
  readonly kind = 'synthetic';
  private readonly errors = new Map<string, number>();
  private stepsSeen = 0;
  private current: readonly Omit<Quote, 'timeMs'>[] = [];

  constructor(
    readonly name: string,
    private readonly walks: SharedWalks,
    private readonly random: Random,
  ) {}

  readonly start = (): void => undefined;
  readonly stop = (): void => undefined;

  readonly quotes = (nowMs: number): readonly Quote[] => {
    this.walks.advanceTo(nowMs);
    if (this.walks.steps > this.stepsSeen) {
      this.stepsSeen = this.walks.steps;
      this.current = [...this.walks.prices].map(([asset, price]) => this.quote(asset, price.value));
    }
    return this.current.map((quote) => ({ ...quote, timeMs: nowMs }));
  };

  private quote(asset: string, fair: number): Omit<Quote, 'timeMs'> {
    const error = (this.errors.get(asset) ?? 0) * ERROR_MEMORY + ERROR_STEP * this.random.normal();
    this.errors.set(asset, error);
    const middle = fair * (1 + error);
    const bid = middle * (1 - HALF_SPREAD);
    const ask = middle * (1 + HALF_SPREAD);
    return { asset, money: 'USD', bid, ask, last: this.random.next() < EVEN ? bid : ask };
  }
}

/** Three sources, `synthetic-a` and so on; the same seed and steps give the same quotes. */
export function syntheticSources(options: SyntheticOptions): readonly Source[] {
  const { assets, seed } = options;
  const walks = new SharedWalks(
    WALKS.filter(({ asset }) => assets === undefined || assets.includes(asset)),
    options,
  );
  const first = seed + WALKS.length;
  return SYNTHETIC_NAMES.map((name, place) => new SyntheticSource(name, walks, seededRandom(first + place)));
}
