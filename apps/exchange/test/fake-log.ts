// A journal in memory whose moment of durability the test chooses, and which can fail.
import { decodeRequests, type Request } from '@glasshouse/protocol';
import type { BatchLog } from '../src/pipeline-contract.js';

type Pending = { readonly resolve: () => void; readonly reject: (error: Error) => void };
export type WrittenBatch = {
  readonly firstSeq: number;
  readonly timeUs: number;
  readonly requests: readonly Request[];
};

export class FakeLog implements BatchLog {
  readonly batches: WrittenBatch[] = [];
  private pending: Pending | undefined;
  private automatic = true;

  append({ firstSeq, timeUs, count, body }: Parameters<BatchLog['append']>[0]): Promise<void> {
    if (this.pending !== undefined) throw new Error('two writes at a time');
    this.batches.push({ firstSeq, timeUs, requests: decodeRequests(body, count) });
    if (this.automatic) return new Promise((resolve) => setImmediate(resolve));
    return new Promise((resolve, reject) => {
      this.pending = { resolve, reject };
    });
  }

  /** From now on a write ends only by `finishWrite` or `failWrite`. */
  hold(): void {
    this.automatic = false;
  }

  get writing(): boolean {
    return this.pending !== undefined;
  }

  finishWrite(): void {
    const { pending } = this;
    this.pending = undefined;
    pending?.resolve();
  }

  failWrite(error: Error): void {
    const { pending } = this;
    this.pending = undefined;
    pending?.reject(error);
  }
}
