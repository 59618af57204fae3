// A log in memory: batches as the journal keeps them, so that reading them back costs what it costs in a replay.
import { anticipate, apply, type State } from '@glasshouse/core';
import { decodeRequests, type Emit, encodeRequests, type Request, type Sequenced } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';

export type Batch = {
  readonly firstSeq: number;
  readonly timeUs: number;
  readonly count: number;
  readonly body: Uint8Array;
};

export const REQUESTS_PER_BATCH = 256;

/** Collects requests into batches; all of one batch carry one time, as the sequencer gives it. */
export class LogWriter {
  readonly batches: Batch[] = [];
  #requests: Request[] = [];
  #firstSeq = 0;
  #timeUs = 0;

  add(seq: number, timeUs: number, request: Request): void {
    if (this.#requests.length === 0) {
      this.#firstSeq = seq;
      this.#timeUs = timeUs;
    } else if (timeUs !== this.#timeUs) {
      throw new Error('a batch has one time');
    }
    this.#requests.push(request);
    if (this.#requests.length === REQUESTS_PER_BATCH) this.flush();
  }

  flush(): void {
    const count = this.#requests.length;
    if (count === 0) return;
    this.batches.push({ firstSeq: this.#firstSeq, timeUs: this.#timeUs, count, body: encodeRequests(this.#requests) });
    this.#requests = [];
  }
}

/** The batch's requests in their places. */
export function sequenced({ firstSeq, timeUs, count, body }: Batch): Sequenced[] {
  return decodeRequests(body, count).map((request, index) => ({
    seq: (firstSeq + index) as Seq,
    timeUs: timeUs as TimeUs,
    request,
  }));
}

/** One batch after the other, taken apart as a replay does it. */
export function applyBatches(state: State, batches: readonly Batch[], emit: Emit | undefined): void {
  for (const { firstSeq, timeUs, count, body } of batches) {
    const requests = decodeRequests(body, count);
    for (let index = 0; index < requests.length; index += 1) {
      const seq = (firstSeq + index) as Seq;
      anticipate(state, requests, index);
      apply(state, { seq, timeUs: timeUs as TimeUs, request: requests[index] as Request }, emit);
    }
  }
}
