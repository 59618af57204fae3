// Somebody outside, who knows the book from the depth stream alone: buffer, one snapshot, then U = previous u + 1.
import { setTimeout as sleep } from 'node:timers/promises';
import { ExchangeClient, type FollowedBook, followBook, type Level, StreamClient } from '@glasshouse/client';
import { SIDE, type Side } from '@glasshouse/protocol';
import { parseDecimal, rescale } from '@glasshouse/units';
import type { Grid } from '../../grid.js';
import type { RecordedBook } from '../recorded-book.js';

const POLL_MS = 10;
const PATIENCE_MS = 30_000;

export class Follower {
  frames = 0;
  readonly #client: ExchangeClient;
  readonly #stream: StreamClient;
  readonly #followed: FollowedBook;

  constructor(
    url: string,
    private readonly symbol: string,
    private readonly grid: Grid,
  ) {
    this.#client = new ExchangeClient({ url });
    this.#stream = new StreamClient({ client: this.#client });
    const onChange = () => {
      this.frames += 1;
    };
    this.#followed = followBook({ client: this.#client, stream: this.#stream, symbol, onChange });
  }

  get gaps(): number {
    return this.#followed.book.gaps;
  }

  /** Waits until the book holds all that the exchange has published up to now. */
  async caughtUp(): Promise<void> {
    const { lastUpdateId } = await this.#client.depth({ symbol: this.symbol, limit: '5' });
    const { book } = this.#followed;
    for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += POLL_MS) {
      if (book.state === 'synced' && book.lastUpdateId >= Number(lastUpdateId)) return;
      await sleep(POLL_MS);
    }
    throw new Error(`the follower is at update ${book.lastUpdateId}, the exchange at ${lastUpdateId}`);
  }

  equals(recorded: RecordedBook): boolean {
    const { book } = this.#followed;
    return recorded.equals(SIDE.bid, this.#levels(book.bids())) && recorded.equals(SIDE.ask, this.#levels(book.asks()));
  }

  levelCount(side: Side): number {
    const { book } = this.#followed;
    return (side === SIDE.bid ? book.bids() : book.asks()).length;
  }

  stop(): void {
    this.#followed.stop();
    this.#stream.close();
  }

  #levels(levels: readonly Level[]): (readonly [number, number])[] {
    const { tickScale, stepScale } = this.grid;
    return levels.map(([price, quantity]) => [units(price, tickScale), units(quantity, stepScale)] as const);
  }
}

function units(text: string, scale: number): number {
  const decimal = parseDecimal(text);
  return decimal === undefined ? Number.NaN : (rescale(decimal, scale) ?? Number.NaN);
}
