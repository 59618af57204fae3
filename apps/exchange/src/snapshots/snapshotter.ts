// Says when the next snapshot is due, and has it taken beside the running exchange.
import { Worker } from 'node:worker_threads';
import type { Log } from '../log.js';
import type { Checkpoint } from './checkpoint.js';
import type { SnapshotTask } from './snapshot-worker.js';

export type SnapshotterOptions = {
  readonly directory: string;
  readonly log: Log;
  /** Requests from one snapshot to the next. */
  readonly every: number;
  /** Of the newest snapshot, if there is one. */
  readonly checkpoint: Checkpoint | undefined;
};

/** The built worker, from the source folder as from the built one. */
const WORKER = new URL('../../dist/snapshots/snapshot-worker.js', import.meta.url);

export class Snapshotter {
  /** What the newest snapshot says of the state. */
  checkpoint: Checkpoint | undefined;
  private lastSeq: number;
  private worker: Worker | undefined;

  constructor(private readonly options: SnapshotterOptions) {
    this.checkpoint = options.checkpoint;
    this.lastSeq = options.checkpoint?.seq ?? 0;
  }

  /** Everything below `durableSeq` is durable. */
  notice(durableSeq: number, historySeq?: number): void {
    if (this.worker !== undefined || this.since(durableSeq) < this.options.every) return;
    this.lastSeq = durableSeq;
    const { log, directory } = this.options;
    const workerData: SnapshotTask = { directory, untilSeq: durableSeq, historySeq };
    const worker = new Worker(WORKER, { workerData });
    this.worker = worker;
    worker.on('message', (checkpoint: Checkpoint) => {
      this.checkpoint = checkpoint;
      log.info('snapshot taken', checkpoint);
    });
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
