import type { Seq, TimeUs } from '@glasshouse/units';
import type { JournalDamaged } from './errors.js';
import type { DurableReach } from './reading/durable-reach.js';

/** Records `firstSeq … firstSeq + count − 1` as one durable unit. A batch of no records only moves the time. */
export interface Batch {
  readonly firstSeq: Seq;
  readonly timeUs: TimeUs;
  readonly count: number;
  /** The encoded requests one after another; opaque here. */
  readonly body: Uint8Array;
}

export interface StoredBatch extends Batch {
  readonly previousHash: Uint8Array;
  /** SHA-256 over previousHash, firstSeq, timeUs, count, body length and body. */
  readonly hash: Uint8Array;
}

export interface Journal {
  /** Where the next batch must start; counts what is accepted, durable or not. An empty journal starts at 0. */
  readonly nextSeq: Seq;
  readonly lastTimeUs: TimeUs;
  readonly headHash: Uint8Array;
  /** Everything below it is durable. */
  readonly durableSeq: Seq;
  /**
   * Resolves with the batch's hash once the batch is durable. The body is copied before the call returns.
   * Appends made while a write is in flight go out together in the next one, with one sync.
   * A rejection with `JournalRefused` leaves the journal as it was; after a `JournalFailed` it accepts nothing more.
   */
  append(batch: Batch): Promise<Uint8Array>;
  /** Waits for what was accepted, seals the end of the log and releases the folder. */
  close(): Promise<void>;
}

export interface JournalOptions {
  /** Size of each pre-allocated file. */
  readonly segmentBytes?: number;
  readonly maxBodyBytes?: number;
  /** Accepted but not yet written; beyond it `append` refuses. */
  readonly maxQueuedBytes?: number;
  /** Segments that end before this record are not read again at opening; by default every segment is. */
  readonly validateFrom?: Seq;
  /** Trouble that does not stop the journal yet, such as a next segment that could not be prepared. */
  readonly onWarning?: (warning: Error) => void;
}

/** What opening found and did. */
export interface RecoveryReport {
  readonly created: boolean;
  /** The last writer closed the journal and nothing came after. */
  readonly sealed: boolean;
  readonly segments: number;
  readonly validatedBatches: number;
  readonly validatedRecords: number;
  readonly nextSeq: Seq;
  readonly headHash: Uint8Array;
  readonly tornTail: TornTail | undefined;
}

/** The unreadable end that was cut off. Its bytes were saved first. */
export interface TornTail {
  readonly file: string;
  readonly position: number;
  readonly bytes: number;
  readonly seq: Seq;
  readonly reason: string;
  readonly savedAs: string;
  /**
   * False when an interrupted write cannot have left these bytes: the batch may have been acknowledged and
   * damaged afterwards. Compare with another node or a backup before serving.
   */
  readonly looksInterrupted: boolean;
}

export interface ReadOptions {
  /** The first batch may start below it, when the record lies inside that batch. */
  readonly fromSeq?: Seq;
  /** Starts right after the batch with this hash: what a snapshot names as its head. */
  readonly afterHash?: Uint8Array;
  /** Does not end with the log but waits for more, and hands out nothing that this does not say to be durable. */
  readonly reach?: DurableReach;
}

export interface ChainSummary {
  readonly segments: number;
  readonly batches: number;
  readonly records: number;
  readonly bodyBytes: number;
  readonly firstSeq: Seq;
  readonly nextSeq: Seq;
  readonly lastTimeUs: TimeUs;
  readonly headHash: Uint8Array;
  /** `torn`: the last bytes are no whole batch, and nothing proves that they ever were. Opening would cut them. */
  readonly tail: 'clean' | 'sealed' | 'torn' | 'damaged';
  /** The first one; what is counted is the sound part before it. */
  readonly damage: JournalDamaged | undefined;
}

export interface Snapshot {
  /** The first record that is not in the state. */
  readonly seq: Seq;
  readonly timeUs: TimeUs;
  /** Hash of the last batch that is in the state. */
  readonly headHash: Uint8Array;
  readonly stateHash: Uint8Array;
  readonly sections: ReadonlyMap<string, Uint8Array>;
}

export interface SnapshotEntry {
  readonly seq: Seq;
  readonly file: string;
  readonly bytes: number;
}

export interface NewestSnapshot {
  readonly snapshot: Snapshot | undefined;
  /** Newer ones that were passed over, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}
