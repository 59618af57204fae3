// Walks the records of one segment file and checks every byte it passes: header, link to the record before,
// hash, padding. It reports where that stops; what the stop means is for its caller to judge.

import { type FileHandle, open } from 'node:fs/promises';
import type { Seq, TimeUs } from '@glasshouse/units';
import { explain } from '../files/folder.js';
import { readFully } from '../files/read-span.js';
import { HASH_BYTES, MAX_BODY_BYTES } from '../format/limits.js';
import {
  batchHash,
  batchRecordBytes,
  previousHashOf,
  RECORD_HEADER_BYTES,
  type RecordHeader,
  readRecordHeader,
  recordHasSalt,
} from '../format/record.js';
import { isZero, SEGMENT_HEADER_BYTES } from '../format/segment-header.js';
import type { StoredBatch } from '../types.js';
import { writtenExtent } from './written-extent.js';

const CHUNK_BYTES = 1024 * 1024;
const LITTLE_BYTES = 32 * 1024;

/** Where the log stands after the last good record. */
export interface ChainPoint {
  readonly nextSeq: number;
  readonly lastTimeUs: number;
  readonly headHash: string;
}

export interface BlankStop {
  readonly kind: 'blank';
}
export interface BadStop {
  readonly kind: 'bad';
  readonly reason: string;
  /** Where the record ends, if its header can be believed. */
  readonly recordEnd: number | undefined;
}
export type Stop = BlankStop | BadStop;

const BLANK: BlankStop = { kind: 'blank' };
const ALIGNMENT_SLACK = 7;

export class SegmentCursor {
  /** Of the record that comes next. */
  position = SEGMENT_HEADER_BYTES;
  /** Before it everything was durable when the newest good record was written. */
  durablePosition = 0;
  sealed = false;
  batches = 0;
  stop: Stop | undefined;

  private window: Buffer = Buffer.alloc(0);
  private windowStart = 0;
  private missing = RECORD_HEADER_BYTES;

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    private readonly fileBytes: number,
    private readonly salt: Buffer,
    public chain: ChainPoint,
    /** Bytes from here on are synced before they are handed out. */
    private readonly unsyncedFrom: number,
  ) {}

  /** With `syncReads` what has been read is durable before it is handed out, though another process wrote it. */
  static async open(path: string, salt: Buffer, chain: ChainPoint, syncReads: boolean): Promise<SegmentCursor> {
    const handle = await explain(`cannot open ${path}`, open(path, 'r'));
    try {
      const { size } = await explain(`cannot look at ${path}`, handle.stat());
      const unsyncedFrom = syncReads ? await syncWhatIsThere(handle, path, size) : Number.POSITIVE_INFINITY;
      return new SegmentCursor(path, handle, size, salt, chain, unsyncedFrom);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** The next batch; undefined when more must be read first (`fill`) or at a stop. */
  next(): StoredBatch | undefined {
    while (this.stop === undefined && this.hasWindow(RECORD_HEADER_BYTES)) {
      const at = this.position - this.windowStart;
      const header = readRecordHeader(this.window, at);
      if (header === undefined) this.stop = this.stopWithoutHeader(at);
      else if (header.isSeal) this.passSeal(header, at);
      else return this.passBatch(header, at);
    }
    return undefined;
  }

  /** Reads the window afresh from the current position, so it also shows what a writer has added since. */
  fill(): Promise<void> {
    return this.fillWith(CHUNK_BYTES);
  }

  /** For a reader who is woken by each batch: what came since the last one is seldom more. */
  fillLittle(): Promise<void> {
    return this.fillWith(LITTLE_BYTES);
  }

  private async fillWith(chunkBytes: number): Promise<void> {
    const wanted = Math.max(chunkBytes, this.missing);
    const bytes = Math.max(0, Math.min(wanted, this.fileBytes - this.position));
    this.window = await this.read(this.position, bytes);
    this.windowStart = this.position;
    this.stop = undefined;
    if (this.window.length < this.missing) this.stop = this.stopAtEndOfFile();
    this.missing = RECORD_HEADER_BYTES;
  }

  private async read(position: number, bytes: number): Promise<Buffer> {
    // Batches are views into the chunk, so each chunk is its own allocation.
    const buffer = Buffer.allocUnsafeSlow(bytes);
    const filled = await readFully(this.handle, this.path, buffer, position);
    if (position + filled > this.unsyncedFrom) await explain(`cannot sync ${this.path}`, this.handle.datasync());
    return buffer.subarray(0, filled);
  }

  private hasWindow(bytes: number): boolean {
    if (this.position + bytes <= this.windowStart + this.window.length) return true;
    this.missing = bytes;
    return false;
  }

  private stopAtEndOfFile(): Stop {
    if (this.missing > RECORD_HEADER_BYTES) return bad('the file ends inside this batch', this.position + this.missing);
    return isZero(this.window) ? BLANK : bad('the file ends inside a record header');
  }

  private stopWithoutHeader(at: number): Stop {
    const bytes = this.window.subarray(at, at + RECORD_HEADER_BYTES);
    return isZero(bytes) ? BLANK : bad('no valid record header');
  }

  private passSeal(header: RecordHeader, at: number): void {
    const fault = this.linkFault(header, at);
    if (fault !== undefined || header.bodyLength !== 0 || header.count !== 0) {
      this.stop = bad(fault ?? 'a seal with contents');
      return;
    }
    this.position += RECORD_HEADER_BYTES;
    this.durablePosition = header.durablePosition;
    this.sealed = true;
  }

  private passBatch(header: RecordHeader, at: number): StoredBatch | undefined {
    const fault = this.linkFault(header, at) ?? bodyFault(header);
    if (fault !== undefined) {
      this.stop = bad(fault);
      return undefined;
    }
    const bytes = batchRecordBytes(header.bodyLength);
    if (!this.hasWindow(bytes)) return undefined;
    return this.passWholeBatch(header, at, bytes);
  }

  private passWholeBatch(header: RecordHeader, at: number, bytes: number): StoredBatch | undefined {
    const { window } = this;
    const hashAt = at + RECORD_HEADER_BYTES + header.bodyLength;
    const headHash = batchHash(window, at, header.bodyLength);
    if (
      window.toString('latin1', hashAt, hashAt + HASH_BYTES) !== headHash ||
      !isPadding(window, hashAt + HASH_BYTES, at + bytes)
    ) {
      this.stop = bad('the contents do not match their hash', this.position + bytes);
      return undefined;
    }
    this.chain = { nextSeq: header.firstSeq + header.count, lastTimeUs: header.timeUs, headHash };
    this.position += bytes;
    this.durablePosition = header.durablePosition;
    this.sealed = false;
    this.batches++;
    return {
      firstSeq: header.firstSeq as Seq,
      timeUs: header.timeUs as TimeUs,
      count: header.count,
      body: window.subarray(at + RECORD_HEADER_BYTES, hashAt),
      previousHash: previousHashOf(window, at),
      hash: window.subarray(hashAt, hashAt + HASH_BYTES),
    };
  }

  private linkFault(header: RecordHeader, at: number): string | undefined {
    const { chain, window } = this;
    if (!recordHasSalt(window, at, this.salt)) return 'a record of another segment';
    if (header.firstSeq !== chain.nextSeq) return `record ${header.firstSeq} where ${chain.nextSeq} is due`;
    if (previousHashOf(window, at).toString('latin1') !== chain.headHash) return 'does not follow the batch before it';
    if (!(header.timeUs >= chain.lastTimeUs)) return 'the time runs backwards';
    if (!(header.durablePosition <= this.position)) return 'its durable position lies ahead of it';
    return undefined;
  }
}

/** One sync for everything so far, instead of one for each chunk. */
async function syncWhatIsThere(handle: FileHandle, path: string, size: number): Promise<number> {
  const extent = await writtenExtent(handle, path, size);
  await explain(`cannot sync ${path}`, handle.datasync());
  return extent;
}

function bodyFault(header: RecordHeader): string | undefined {
  if (header.bodyLength > MAX_BODY_BYTES) return `a body of ${header.bodyLength} bytes is not allowed`;
  if (!Number.isSafeInteger(header.firstSeq + header.count)) return 'record numbers beyond the largest integer';
  return undefined;
}

function bad(reason: string, recordEnd?: number): BadStop {
  return { kind: 'bad', reason, recordEnd };
}

function isPadding(source: Buffer, from: number, to: number): boolean {
  if (to - from > ALIGNMENT_SLACK) return false;
  for (let at = from; at < to; at++) if (source[at] !== 0) return false;
  return true;
}
