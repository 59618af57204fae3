// What the pipeline is given, and how it says that it is over.
import type { ExchangeView } from '@glasshouse/gateway';
import type { Emit, Request, Sequenced } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import type { PipelineMeter } from './metrics/node-metrics.js';
import type { SequencerClock } from './sequencer-clock.js';

/** What the pipeline needs from the exchange's state. */
export interface Core {
  readonly view: ExchangeView;
  /** Told before each request of a batch, so that it can prepare for those that follow. A hint: nothing comes of it. */
  anticipate(requests: readonly Request[], index: number): void;
  /** Throws when an invariant is broken. */
  apply(sequenced: Sequenced, emit: Emit): void;
  /** Sequenced time of the next timer, Infinity when none is set. */
  nextTimerUs(): number;
}

/** What the pipeline needs from the journal: resolves once the batch survives a power cut. */
export interface BatchLog {
  append(batch: { firstSeq: Seq; timeUs: TimeUs; count: number; body: Uint8Array }): Promise<unknown>;
}

export type PipelineOptions = {
  readonly core: Core;
  readonly log: BatchLog;
  readonly clock: SequencerClock;
  readonly nextSeq: Seq;
  /** Called once, after every waiting caller has been told. */
  readonly onStopped: (error: ExchangeStopped) => void;
  readonly meter?: PipelineMeter;
  readonly maxQueue?: number;
  readonly maxQueuedBytes?: number;
  readonly maxBatchBytes?: number;
  /** Longest silence before time moves on by a tick. */
  readonly idleTickMs?: number;
};

/** The node serves no more: it was closed, its journal failed, or its core found a bug. */
export class ExchangeStopped extends Error {
  override readonly name = 'ExchangeStopped';

  constructor(
    reason: string,
    /** First request whose fate the caller does not know. */
    readonly seq: Seq,
    cause?: unknown,
  ) {
    super(`the exchange stopped at request ${seq}: ${reason}`, { cause });
  }
}
