// Follows the log into the history database: executes what the exchange has executed, on a state of its own, and writes what came
// of it. The log is its queue: a database that is away only makes it fall behind, and nothing waits for it but who asks for the past.
import { setTimeout as pause } from 'node:timers/promises';
import { anticipate, apply, type State } from '@glasshouse/core';
import {
  DatabaseAway,
  type DatabaseSettings,
  HistoryWentBack,
  HistoryWriter,
  Projection,
  Retention,
} from '@glasshouse/history';
import { type DurableReach, readBatches, type StoredBatch } from '@glasshouse/journal';
import { decodeRequests, type Event, type Request } from '@glasshouse/protocol';
import type { Seq } from '@glasshouse/units';
import { stateBefore } from './state-before.js';

export type FollowerNews =
  /** Everything below is in the tables. */
  | { readonly kind: 'stored'; readonly seq: number }
  /** The database cannot be reached; it is tried again until it can. */
  | { readonly kind: 'away'; readonly reason: string }
  /** Something else went wrong; it begins anew from where the tables stand, after a pause. */
  | { readonly kind: 'trouble'; readonly reason: string };

export type FollowerOptions = {
  readonly directory: string;
  readonly database: DatabaseSettings;
  readonly reach: DurableReach;
  readonly tell: (news: FollowerNews) => void;
  /** Rows older than this go, once they cannot change any more; without it none. */
  readonly keepUs?: number | undefined;
  readonly retryMs?: number;
};

/** Rows that are made before they are written; one batch of the log may bring more. */
const MOST_ROWS = 10_000;
/** Least time between two writes: so long may a question wait for what was committed before it. */
const WRITE_GAP_MS = 25;
const RETRY_MS = 250;
const TROUBLE_PAUSE_MS = 5_000;

class Closed extends Error {
  override readonly name = 'Closed';
}

const reasonOf = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem));

export class Follower {
  private writer: HistoryWriter | undefined;
  private closed = false;
  private readonly retention: Retention | undefined;
  /** Everything below it is in the tables. */
  private storedSeq = 0;
  private lastWriteMs = 0;

  constructor(private readonly options: FollowerOptions) {
    this.retention = options.keepUs === undefined ? undefined : new Retention(options.keepUs);
    // Whoever waits between two attempts learns of it too.
    void options.reach.covers(Number.POSITIVE_INFINITY).then(() => {
      this.closed = true;
    });
  }

  /** Until the reach is closed. */
  async run(): Promise<void> {
    while (!this.closed) {
      try {
        await this.follow();
      } catch (problem) {
        await this.recover(problem);
      }
    }
    await this.leave();
  }

  private async recover(problem: unknown): Promise<void> {
    await this.leave();
    if (problem instanceof Closed) return;
    this.options.tell({ kind: 'trouble', reason: reasonOf(problem) });
    if (problem instanceof HistoryWentBack) return;
    for (let waited = 0; waited < TROUBLE_PAUSE_MS && !this.closed; waited += RETRY_MS) await pause(RETRY_MS);
  }

  private async leave(): Promise<void> {
    await this.writer?.close().catch(() => undefined);
    this.writer = undefined;
  }

  /** From where the tables stand, as long as they do not go back. */
  private async follow(): Promise<void> {
    const { directory, reach } = this.options;
    const [startSeq, projection] = await this.whenThere(async (writer) => [
      await writer.nextSeq(),
      await Projection.at(writer.database),
    ]);
    this.stored(startSeq);
    const { state, after } = await stateBefore(directory, startSeq);
    const range = after === undefined ? {} : { fromSeq: after.seq, afterHash: after.headHash };
    const batches = readBatches(directory, { ...range, reach });
    try {
      for (let next = batches.next(); ; next = batches.next()) {
        // Whatever can be read at once is written together; before it waits for more, everything is.
        if (projection.size >= MOST_ROWS) await this.write(projection, state);
        else if (!(await isThere(next))) {
          await this.rest();
          await this.write(projection, state);
        }
        const { done, value: batch } = await next;
        if (done === true) return;
        applyBatch(state, projection, batch, startSeq);
      }
    } finally {
      // Not awaited: a reader that waits for more learns of it when there is more.
      void batches.return();
    }
  }

  /** A write costs about as much for one request as for twenty, and orders need the processors more. */
  private async rest(): Promise<void> {
    const restMs = this.lastWriteMs + WRITE_GAP_MS - performance.now();
    if (restMs > 0 && !this.closed) await pause(restMs);
  }

  private async write(projection: Projection, { nextSeq, timeUs }: State): Promise<void> {
    if (nextSeq <= this.storedSeq) return;
    const span = { fromSeq: this.storedSeq, toSeq: nextSeq, timeUs };
    await this.whenThere((writer) => writer.write(projection.pending, span));
    projection.clear();
    this.lastWriteMs = performance.now();
    this.stored(nextSeq);
    await this.whenThere(async ({ database }) => this.retention?.step(database, timeUs));
  }

  private stored(seq: number): void {
    this.storedSeq = seq;
    this.options.tell({ kind: 'stored', seq });
  }

  /** Tries again until the database is there; once when the log is followed no more. */
  private async whenThere<Result>(work: (writer: HistoryWriter) => Promise<Result>): Promise<Result> {
    for (let isNews = true; ; isNews = false) {
      try {
        this.writer ??= await HistoryWriter.open(this.options.database);
        return await work(this.writer);
      } catch (problem) {
        if (!(problem instanceof DatabaseAway)) throw problem;
        if (isNews) this.options.tell({ kind: 'away', reason: problem.message });
        await this.leave();
        if (this.closed) throw new Closed('the log is followed no more');
        await pause(this.options.retryMs ?? RETRY_MS);
      }
    }
  }
}

/** Whether it is settled by the next turn of the event loop. */
function isThere(promise: Promise<unknown>): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, new Promise<false>((resolve) => setImmediate(resolve, false))]);
}

export function applyBatch(state: State, projection: Projection, batch: StoredBatch, startSeq: number): void {
  const requests = decodeRequests(batch.body, batch.count);
  const { timeUs } = batch;
  for (const [index, request] of requests.entries()) {
    const seq = (batch.firstSeq + index) as Seq;
    anticipate(state, requests, index);
    if (seq < startSeq) apply(state, { seq, timeUs, request }, undefined);
    else projection.apply({ seq, timeUs, events: eventsOf(state, { seq, timeUs, request }) });
  }
}

function eventsOf(state: State, sequenced: { seq: Seq; timeUs: StoredBatch['timeUs']; request: Request }): Event[] {
  const events: Event[] = [];
  apply(state, sequenced, (event) => events.push(event));
  return events;
}
