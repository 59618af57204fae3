// Binance's rule for a book kept from its stream: buffer, take the snapshot, drop what is older, then no id may be missing.
import type { BinanceEvent, DepthUpdate, FlatLevels, Snapshot, Ticker } from './events.js';

/** Changes to apply as one: the whole snapshot or an update. */
export type BookChange = {
  readonly timeUs: number;
  readonly lastId: number;
  readonly bids: FlatLevels;
  readonly asks: FlatLevels;
  /** Captured after the snapshot; those before it only catch up. */
  readonly live: boolean;
};

export class DepthSequence {
  gaps = 0;
  #snapshot: Snapshot | undefined;
  #buffered: DepthUpdate[] = [];
  #lastId = -1;

  /** What the event changes in the book, in order. */
  changesOf(event: BinanceEvent): readonly BookChange[] {
    switch (event.kind) {
      case 'ticker':
        return [];
      case 'snapshot':
        return this.#begin(event);
      case 'depth':
        if (this.#snapshot !== undefined) return this.#follow(event, true);
        this.#buffered.push(event);
        return [];
    }
  }

  #begin(snapshot: Snapshot): BookChange[] {
    if (this.#snapshot !== undefined) return [];
    this.#snapshot = snapshot;
    const { timeUs, lastUpdateId: lastId, bids, asks } = snapshot;
    const changes = [{ timeUs, lastId, bids, asks, live: false }];
    for (const update of this.#buffered) changes.push(...this.#follow({ ...update, timeUs }, false));
    this.#buffered = [];
    return changes;
  }

  #follow(update: DepthUpdate, live: boolean): BookChange[] {
    const { timeUs, firstId, lastId, previousId, bids, asks } = update;
    const known = this.#snapshot?.lastUpdateId ?? 0;
    if (previousId === undefined ? lastId <= known : lastId < known) return [];
    if (!this.#continues(firstId, lastId, previousId, known)) this.gaps += 1;
    this.#lastId = lastId;
    return [{ timeUs, lastId, bids, asks, live }];
  }

  #continues(firstId: number, lastId: number, previousId: number | undefined, known: number): boolean {
    if (this.#lastId < 0) return firstId <= known + 1 && lastId >= known;
    return previousId === undefined ? firstId === this.#lastId + 1 : previousId === this.#lastId;
  }
}

/** Best bid and ask by update id. */
export class TickerIndex {
  #next = 0;

  constructor(private readonly tickers: readonly Ticker[]) {}

  /** The newest ticker that is not newer than `updateId`; ids must be asked for in rising order. */
  upTo(updateId: number): Ticker | undefined {
    while ((this.tickers[this.#next]?.updateId ?? Number.POSITIVE_INFINITY) <= updateId) this.#next += 1;
    return this.tickers[this.#next - 1];
  }
}
