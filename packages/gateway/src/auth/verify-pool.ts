// Signature checks in worker threads. While all workers are busy the jobs gather, so that messages grow with the load; the
// queue is bounded, and whoever comes when it is full is told so at once.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Overloaded } from '../ports.js';
import { NO_MATCH, packJobs, type VerifyJob, type VerifyReply, type VerifyRequest } from './verify-message.js';

export type VerifyPoolOptions = {
  /** Default: one for each core but that of the event loop, at least one. */
  readonly workers?: number | undefined;
  readonly maxWaiting?: number | undefined;
};

const MAX_WAITING = 8_192;
const MAX_JOBS_PER_MESSAGE = 256;
const WORKER_FILE = new URL('../../dist/auth/verify-worker.js', import.meta.url);

type Waiting = {
  readonly job: VerifyJob;
  readonly resolve: (match: number | undefined) => void;
  readonly reject: (error: Error) => void;
};

class VerifyWorker {
  private readonly sent = new Map<number, readonly Waiting[]>();
  private worker: Worker;
  private nextId = 0;
  private closing = false;

  constructor(private readonly onFree: () => void) {
    this.worker = this.start();
  }

  private start(): Worker {
    const worker = new Worker(WORKER_FILE);
    worker.on('message', (reply: VerifyReply) => this.answer(reply));
    worker.on('error', (error) => this.failAll(error));
    worker.on('exit', () => {
      if (this.closing) return;
      this.failAll(new Error('a verifying worker exited'));
      this.worker = this.start();
      this.onFree();
    });
    return worker;
  }

  get free(): boolean {
    return this.sent.size === 0;
  }

  send(batch: readonly Waiting[]): void {
    const jobs = packJobs(batch.map(({ job }) => job));
    const request: VerifyRequest = { id: this.nextId, count: batch.length, jobs };
    this.sent.set(this.nextId, batch);
    this.nextId += 1;
    this.worker.postMessage(request, [jobs]);
  }

  private answer({ id, matches }: VerifyReply): void {
    const batch = this.sent.get(id) ?? [];
    this.sent.delete(id);
    batch.forEach(({ resolve }, index) => {
      const match = matches[index] ?? NO_MATCH;
      resolve(match === NO_MATCH ? undefined : match);
    });
    this.onFree();
  }

  private failAll(error: Error): void {
    for (const batch of this.sent.values()) {
      for (const { reject } of batch) reject(error);
    }
    this.sent.clear();
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.worker.terminate();
    this.failAll(new Overloaded('the gateway is closing'));
  }
}

export class VerifyPool {
  private readonly workers: readonly VerifyWorker[];
  private readonly maxWaiting: number;
  private waiting: Waiting[] = [];
  private scheduled = false;

  constructor(options: VerifyPoolOptions = {}) {
    const count = options.workers ?? Math.max(1, availableParallelism() - 1);
    this.maxWaiting = options.maxWaiting ?? MAX_WAITING;
    this.workers = Array.from({ length: count }, () => new VerifyWorker(() => this.flush()));
  }

  get queued(): number {
    return this.waiting.length;
  }

  /** Which of the texts the signature fits; undefined when none. Rejects with Overloaded when too many wait already. */
  verify(job: VerifyJob): Promise<number | undefined> {
    if (this.waiting.length >= this.maxWaiting) {
      return Promise.reject(new Overloaded(`${this.maxWaiting} signatures are waiting to be checked`));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, resolve, reject });
      this.schedule();
    });
  }

  /** Leaves the requests of one turn of the event loop the time to get into one message. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    for (const worker of this.workers) {
      if (this.waiting.length === 0) return;
      if (!worker.free) continue;
      const share = Math.ceil(this.waiting.length / this.workers.length);
      worker.send(this.waiting.splice(0, Math.min(MAX_JOBS_PER_MESSAGE, share)));
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
    for (const { reject } of this.waiting.splice(0)) reject(new Overloaded('the gateway is closing'));
  }
}
