// Somebody outside, who knows the book from the depth stream alone: buffer, one snapshot, then U = previous u + 1.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Depth,
  ExchangeClient,
  type FollowedBook,
  followBook,
  type Level,
  StreamClient,
} from '@glasshouse/client';
import { SIDE, type Side } from '@glasshouse/protocol';
import { parseDecimal, rescale } from '@glasshouse/units';
import type { Grid } from '../../grid.js';
import type { RecordedBook } from '../recorded-book.js';

export type FollowerOptions = {
  readonly url: string;
  readonly streamUrl: string;
  readonly symbol: string;
  readonly grid: Grid;
};

const BACKOFF = { firstMs: 20, maxMs: 1_000 };
const POLL_MS = 10;
const PATIENCE_MS = 30_000;

export class Follower {
  frames = 0;
  /** Breaks after which the stream could not go on where it was. */
  losses = 0;
  readonly #stream: StreamClient;
  readonly #followed: FollowedBook;

  readonly #grid: Grid;

  constructor({ url, streamUrl, symbol, grid }: FollowerOptions) {
    this.#grid = grid;
    const client = new ExchangeClient({ url });
    this.#stream = new StreamClient({ client, url: streamUrl, backoff: BACKOFF });
    this.#stream.onLost(() => {
      this.losses += 1;
    });
    const onChange = () => {
      this.frames += 1;
    };
    this.#followed = followBook({ client, stream: this.#stream, symbol, onChange });
  }

  get gaps(): number {
    return this.#followed.book.gaps;
  }

  /** Waits until the book holds that update. */
  async caughtUp(updateId: number): Promise<void> {
    const { book } = this.#followed;
    for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += POLL_MS) {
      if (book.state === 'synced' && book.lastUpdateId >= updateId) return;
      await sleep(POLL_MS);
    }
    throw new Error(`the follower is at update ${book.lastUpdateId}, the exchange at ${updateId}`);
  }

  equals(recorded: RecordedBook): boolean {
    const { book } = this.#followed;
    return recorded.equals(SIDE.bid, this.#levels(book.bids())) && recorded.equals(SIDE.ask, this.#levels(book.asks()));
  }

  /** REST lists the best levels of both sides by rising price. */
  equalsDepth({ bids, asks }: Pick<Depth, 'bids' | 'asks'>): boolean {
    const { book } = this.#followed;
    const nearest = [book.bids().slice(0, bids.length).toReversed(), book.asks().slice(0, asks.length)];
    return JSON.stringify(nearest) === JSON.stringify([bids, asks]);
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
    const { tickScale, stepScale } = this.#grid;
    return levels.map(([price, quantity]) => [units(price, tickScale), units(quantity, stepScale)] as const);
  }
}

function units(text: string, scale: number): number {
  const decimal = parseDecimal(text);
  return decimal === undefined ? Number.NaN : (rescale(decimal, scale) ?? Number.NaN);
}
