// Everybody who follows the book from the depth stream, over lines that break at random.
import { ExchangeClient } from '@glasshouse/client';
import type { Grid } from '../../grid.js';
import type { RecordedBook } from '../recorded-book.js';
import { FlakyLine } from './flaky-line.js';
import { Follower } from './follower.js';

export type AudienceOptions = {
  readonly url: string;
  readonly symbol: string;
  readonly grid: Grid;
  readonly followers: number;
  /** Connections cut in a second, all followers together. */
  readonly cutsPerSecond: number;
  readonly seed: number;
};

const MS_PER_SECOND = 1_000;
/** A snapshot has the best thousand levels of each side: after one, the best of them are known whatever moves away. */
const CERTAIN_LEVELS = '500';

export class Audience {
  comparisons = 0;
  comparisonsEqual = 0;
  readonly #client: ExchangeClient;
  readonly #followers: readonly Follower[];
  #timer: NodeJS.Timeout | undefined;
  #random: number;

  private constructor(
    private readonly line: FlakyLine,
    private readonly options: AudienceOptions,
  ) {
    this.#client = new ExchangeClient({ url: options.url });
    this.#random = options.seed;
    const { url, symbol, grid, followers } = options;
    this.#followers = Array.from({ length: followers }, () => new Follower({ url, streamUrl: line.url, symbol, grid }));
  }

  static async gather(options: AudienceOptions): Promise<Audience> {
    const audience = new Audience(await FlakyLine.to(options.url), options);
    audience.#cutAtRandom();
    return audience;
  }

  get first(): Follower {
    return this.#followers[0] as Follower;
  }

  get cuts(): number {
    return this.line.cuts;
  }

  /** Over all followers. */
  sum(figure: 'frames' | 'gaps' | 'losses'): number {
    return this.#followers.reduce((sum, follower) => sum + follower[figure], 0);
  }

  /** Every follower's best levels beside what REST answers, and beside the feed's whole book unless it began anew. Lines stay whole meanwhile. */
  async compare(recorded: RecordedBook): Promise<void> {
    clearTimeout(this.#timer);
    const { bids, asks, lastUpdateId } = await this.#client.depth({
      symbol: this.options.symbol,
      limit: CERTAIN_LEVELS,
    });
    for (const follower of this.#followers) {
      await follower.caughtUp(Number(lastUpdateId));
      this.comparisons += 1;
      const knowsAll = follower.losses === 0;
      if (follower.equalsDepth({ bids, asks }) && (!knowsAll || follower.equals(recorded))) this.comparisonsEqual += 1;
    }
    this.#cutAtRandom();
  }

  stop(): void {
    clearTimeout(this.#timer);
    for (const follower of this.#followers) follower.stop();
    this.line.close();
  }

  #cutAtRandom(): void {
    const { cutsPerSecond } = this.options;
    if (cutsPerSecond === 0) return;
    const delayMs = (2 * this.#next() * MS_PER_SECOND) / cutsPerSecond;
    this.#timer = setTimeout(() => {
      this.line.cut(this.#next());
      this.#cutAtRandom();
    }, delayMs);
  }

  /** From 0 to 1, by the seed. */
  #next(): number {
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#random / 2 ** 32;
  }
}
