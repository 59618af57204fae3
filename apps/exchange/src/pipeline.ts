// The picture of the architecture as code: requests are put in one order, made durable, and applied; only then does
// anything leave. While one batch is being written the next one gathers, and the core works during the write.
//
//   submit → queue → batch ┬→ journal.append ─┐
//                          └→ core.apply ─────┴→ publish → replies, streams, read models
//
// The node stops at the first write that fails and at the first broken invariant; nothing of that batch gets out.
import type { Committed, ExchangePort, ExchangeView } from '@glasshouse/gateway';
import { Overloaded } from '@glasshouse/gateway';
import { type Event, encodedLength, encodeRequests, type Request, tickRequest } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import { ExchangeStopped, type PipelineOptions } from './pipeline-contract.js';

type Waiting = {
  readonly request: Request;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: Error) => void;
};
type HeldRead = { readonly release: () => void; readonly reject: (error: Error) => void };
type Batch = { readonly waiting: readonly Waiting[]; readonly timeUs: TimeUs };
type Applied = { readonly waiting: readonly Waiting[]; readonly committed: readonly Committed[] };

const MAX_QUEUE = 16_384;
const MAX_QUEUED_BYTES = 67_108_864;
/** Keeps one turn of the event loop in the low milliseconds. */
const MAX_BATCH_BYTES = 262_144;
const IDLE_TICK_MS = 1_000;
const ignoreOutcome = (): void => {};

const eventsIn = (committed: readonly Committed[]): number =>
  committed.reduce((sum, { events }) => sum + events.length, 0);

export class Pipeline implements ExchangePort {
  private queue: Waiting[] = [];
  private queuedBytes = 0;
  private heldReads: HeldRead[] = [];
  /** Taken from the queue, not yet answered. */
  private unanswered: Waiting[] = [];
  private listeners: readonly ((committed: Committed) => void)[] = [];
  private nextSeq: Seq;
  private busy = false;
  private undurable = false;
  private stopped: ExchangeStopped | undefined;
  private idleTimer: NodeJS.Timeout | undefined;
  private whenIdle: (() => void)[] = [];

  constructor(private readonly options: PipelineOptions) {
    this.nextSeq = options.nextSeq;
    this.awaitTimer();
  }

  get queued(): number {
    return this.queue.length;
  }

  nowUs(): TimeUs {
    return this.options.clock.nowUs();
  }

  submit(request: Request): Promise<Committed> {
    if (this.stopped !== undefined) return Promise.reject(this.stopped);
    if (this.isFull()) return Promise.reject(new Overloaded(`${this.queue.length} requests are waiting`));
    return new Promise((resolve, reject) => {
      this.queue.push({ request, resolve, reject });
      this.queuedBytes += encodedLength(request);
      this.wake();
    });
  }

  read<Answer>(query: (view: ExchangeView) => Answer): Promise<Answer> {
    if (this.stopped !== undefined) return Promise.reject(this.stopped);
    return new Promise((resolve, reject) => {
      const answer = query(this.options.core.view);
      if (!this.undurable) resolve(answer);
      else this.heldReads.push({ release: () => resolve(answer), reject });
    });
  }

  onCommitted(listener: (committed: Committed) => void): () => void {
    this.listeners = [...this.listeners, listener];
    return () => {
      this.listeners = this.listeners.filter((one) => one !== listener);
    };
  }

  /** Takes nothing new, finishes what it has, and answers when all of it is durable and published. */
  async close(): Promise<void> {
    this.stopped ??= new ExchangeStopped('closed', this.nextSeq);
    clearTimeout(this.idleTimer);
    if (this.busy) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }

  private isFull(): boolean {
    const { maxQueue = MAX_QUEUE, maxQueuedBytes = MAX_QUEUED_BYTES } = this.options;
    return this.queue.length >= maxQueue || this.queuedBytes >= maxQueuedBytes;
  }

  /** Leaves the callers of one turn of the event loop the time to get into one batch. */
  private wake(): void {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.idleTimer);
    setImmediate(() => {
      this.drain().catch((cause: unknown) => this.fail(cause));
    });
  }

  private async drain(): Promise<void> {
    let applied: Applied | undefined;
    for (;;) {
      const batch = this.takeBatch();
      const written = batch === undefined ? undefined : this.write(batch);
      if (applied !== undefined) this.publish(applied);
      if (batch === undefined) break;
      applied = this.applyBatch(batch);
      await written;
      this.undurable = false;
    }
    this.rest();
  }

  private takeBatch(): Batch | undefined {
    const { queue } = this;
    if (queue.length === 0) return undefined;
    const limit = this.options.maxBatchBytes ?? MAX_BATCH_BYTES;
    let count = 0;
    let bytes = 0;
    for (const { request } of queue) {
      const length = encodedLength(request);
      if (count > 0 && bytes + length > limit) break;
      bytes += length;
      count += 1;
    }
    this.queuedBytes -= bytes;
    const waiting = count === queue.length ? queue : queue.slice(0, count);
    this.queue = queue.slice(count);
    this.unanswered = [...this.unanswered, ...waiting];
    return { waiting, timeUs: this.nowUs() };
  }

  private write({ waiting, timeUs }: Batch): Promise<unknown> {
    const body = encodeRequests(waiting.map((one) => one.request));
    const { log, meter } = this.options;
    const startMs = performance.now();
    const written = log.append({ firstSeq: this.nextSeq, timeUs, count: waiting.length, body });
    written.then(() => meter?.batchWritten((performance.now() - startMs) / 1_000), ignoreOutcome);
    return written;
  }

  private applyBatch({ waiting, timeUs }: Batch): Applied {
    this.undurable = true;
    const { meter } = this.options;
    meter?.batchTaken(waiting.length);
    const startMs = performance.now();
    const requests = waiting.map(({ request }) => request);
    const committed = requests.map((request, index) => {
      this.options.core.anticipate(requests, index);
      return this.applyOne(request, timeUs);
    });
    meter?.batchApplied((performance.now() - startMs) / 1_000, eventsIn(committed));
    return { waiting, committed };
  }

  private applyOne(request: Request, timeUs: TimeUs): Committed {
    const events: Event[] = [];
    const seq = this.nextSeq;
    this.options.core.apply({ seq, timeUs, request }, (event) => events.push(event));
    this.nextSeq = (seq + 1) as Seq;
    return { seq, timeUs, events };
  }

  private publish({ waiting, committed }: Applied): void {
    for (const [index, one] of committed.entries()) {
      for (const listener of this.listeners) listener(one);
      waiting[index]?.resolve(one);
    }
    this.unanswered = this.unanswered.slice(waiting.length);
    for (const read of this.heldReads.splice(0)) read.release();
  }

  private rest(): void {
    this.busy = false;
    if (this.queue.length > 0) this.wake();
    else if (this.stopped === undefined) this.awaitTimer();
    for (const resolve of this.busy ? [] : this.whenIdle.splice(0)) resolve();
  }

  private awaitTimer(): void {
    const untilTimerMs = Math.ceil((this.options.core.nextTimerUs() - this.nowUs()) / 1_000);
    const delayMs = Math.max(1, Math.min(this.options.idleTickMs ?? IDLE_TICK_MS, untilTimerMs));
    this.idleTimer = setTimeout(() => this.submit(tickRequest()).catch(ignoreOutcome), delayMs);
  }

  private fail(cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    this.stopped = new ExchangeStopped(reason, this.nextSeq, cause);
    const lost = [...this.unanswered.splice(0), ...this.queue.splice(0), ...this.heldReads.splice(0)];
    for (const one of lost) one.reject(this.stopped);
    this.busy = false;
    for (const resolve of this.whenIdle.splice(0)) resolve();
    this.options.onStopped(this.stopped);
  }
}
