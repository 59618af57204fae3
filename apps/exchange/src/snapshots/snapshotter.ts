// Says when the next snapshot is due, and has it taken beside the running exchange.
import { Worker } from 'node:worker_threads';
import type { SnapshotEntry } from '@glasshouse/journal';
import type { Log } from '../log.js';
import type { SnapshotTask } from './snapshot-worker.js';

export type SnapshotterOptions = {
  readonly directory: string;
  readonly log: Log;
  /** Requests from one snapshot to the next. */
  readonly every: number;
  /** Where the newest snapshot was taken; 0 when there is none. */
  readonly lastSeq: number;
};

/** The built worker, from the source folder as from the built one. */
const WORKER = new URL('../../dist/snapshots/snapshot-worker.js', import.meta.url);

export class Snapshotter {
  private lastSeq: number;
  private worker: Worker | undefined;

  constructor(private readonly options: SnapshotterOptions) {
    this.lastSeq = options.lastSeq;
  }

  /** Everything below `durableSeq` is durable and ends a batch. */
  notice(durableSeq: number): void {
    if (this.worker !== undefined || durableSeq - this.lastSeq < this.options.every) return;
    this.lastSeq = durableSeq;
    const { log, directory } = this.options;
    const workerData: SnapshotTask = { directory, untilSeq: durableSeq };
    const worker = new Worker(WORKER, { workerData });
    this.worker = worker;
    worker.on('message', ({ seq, bytes }: SnapshotEntry) => log.info('snapshot taken', { seq, bytes }));
    worker.on('error', (error) => log.warn('no snapshot could be taken', { seq: durableSeq, reason: error.message }));
    worker.on('exit', () => {
      this.worker = undefined;
    });
  }

  /** Requests that a restart would have to execute again. */
  since(seq: number): number {
    return seq - this.lastSeq;
  }

  /** Gives up a snapshot that is being taken; a draft is never mistaken for a snapshot. */
  async stop(): Promise<void> {
    await this.worker?.terminate();
  }
}
