// A local book kept up to date from a stream and REST snapshots.
import { setTimeout as sleep } from 'node:timers/promises';
import { type DepthFrame, type DepthSpeed, formatStream } from '@glasshouse/api';
import type { ExchangeClient } from '../rest/exchange-client.js';
import type { StreamClient, Unsubscribe } from '../stream/stream-client.js';
import { LocalBook } from './local-book.js';

export type FollowBookOptions = {
  readonly client: ExchangeClient;
  readonly stream: StreamClient;
  readonly symbol: string;
  readonly speed?: DepthSpeed | undefined;
  /** After every change while the book is synced. */
  readonly onChange?: ((book: LocalBook) => void) | undefined;
  /** A snapshot could not be fetched; it is tried again. */
  readonly onError?: ((error: unknown) => void) | undefined;
};

export type FollowedBook = { readonly book: LocalBook; readonly stop: () => void };

const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 5_000;

class Follower {
  readonly book = new LocalBook();
  private stopped = false;
  private fetching = false;
  /** A snapshot asked for before a break does not cover what was missed in it. */
  private losses = 0;
  private readonly unsubscribers: readonly Unsubscribe[];

  constructor(private readonly options: FollowBookOptions) {
    const { stream, symbol, speed } = options;
    const wanted = { kind: 'depth', symbol, speed: speed ?? 'realtime' } as const;
    const depth = formatStream(wanted);
    this.unsubscribers = [
      stream.subscribe(wanted, (frame) => this.received(frame)),
      stream.onLost((streams) => {
        if (streams.includes(depth)) this.lost();
      }),
    ];
    void this.resync();
  }

  readonly stop = (): void => {
    this.stopped = true;
    for (const unsubscribe of this.unsubscribers) unsubscribe();
  };

  private received(frame: DepthFrame): void {
    if (this.book.applyFrame(frame) === 'synced') this.options.onChange?.(this.book);
    else void this.resync();
  }

  /** On a quiet market no later frame would show it. */
  private lost(): void {
    this.losses += 1;
    this.book.invalidate();
    void this.resync();
  }

  private async resync(): Promise<void> {
    if (this.fetching) return;
    this.fetching = true;
    for (let delayMs = FIRST_RETRY_MS; !this.stopped; delayMs = Math.min(delayMs * 2, MAX_RETRY_MS)) {
      if (await this.takeSnapshot()) break;
      await sleep(delayMs);
    }
    this.fetching = false;
  }

  private async takeSnapshot(): Promise<boolean> {
    const { client, symbol, onChange, onError } = this.options;
    try {
      const before = this.losses;
      const depth = await client.depth({ symbol });
      if (before !== this.losses) return false;
      if (this.stopped || this.book.applySnapshot(depth) !== 'synced') return this.stopped;
      onChange?.(this.book);
      return true;
    } catch (error) {
      onError?.(error);
      return false;
    }
  }
}

/** Starts at once; `book.state` tells when the book is complete. */
export function followBook(options: FollowBookOptions): FollowedBook {
  return new Follower(options);
}
