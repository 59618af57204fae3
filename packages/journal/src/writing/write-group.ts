// The records that go to the disk together: one write, one sync.

import { HASH_BYTES } from '../format/limits.js';
import {
  batchHash,
  batchRecordBytes,
  RECORD_HEADER_BYTES,
  type RecordLink,
  writeRecordHeader,
} from '../format/record.js';
import { SEGMENT_HEADER_BYTES, type SegmentHeader, writeSegmentHeader } from '../format/segment-header.js';
import type { ChainPoint } from '../reading/segment-cursor.js';
import type { Batch } from '../types.js';

const INITIAL_BYTES = 64 * 1024;
/** A buffer that one large batch has blown up is not kept. */
const KEPT_BYTES = 1024 * 1024;

export class WriteGroup {
  readonly durable: Promise<void>;
  used = 0;
  /** First record number that is not in it. */
  nextSeq = 0;
  private resolve!: () => void;
  private reject!: (error: Error) => void;

  constructor(
    readonly ordinal: number,
    readonly position: number,
    private buffer: Buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES),
  ) {
    this.durable = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  get bytes(): Buffer {
    return this.buffer.subarray(0, this.used);
  }

  get end(): number {
    return this.position + this.used;
  }

  addSegmentHeader(header: Omit<SegmentHeader, 'version'>): void {
    this.makeRoom(SEGMENT_HEADER_BYTES);
    writeSegmentHeader(this.buffer, header);
    this.used += SEGMENT_HEADER_BYTES;
  }

  /** Returns the hash that the next batch must name. */
  addBatch(batch: Batch, link: RecordLink): string {
    const bytes = batchRecordBytes(batch.body.length);
    this.makeRoom(bytes);
    const { buffer, used: at } = this;
    const { firstSeq, timeUs, count, body } = batch;
    const header = { isSeal: false, durablePosition: this.position, firstSeq, timeUs, count, bodyLength: body.length };
    writeRecordHeader(buffer, at, header, link);
    const bodyAt = at + RECORD_HEADER_BYTES;
    buffer.set(body, bodyAt);
    const hash = batchHash(buffer, at, body.length);
    buffer.write(hash, bodyAt + body.length, 'latin1');
    buffer.fill(0, bodyAt + body.length + HASH_BYTES, at + bytes);
    this.used += bytes;
    this.nextSeq = firstSeq + count;
    return hash;
  }

  addSeal(chain: ChainPoint, salt: Buffer): void {
    this.makeRoom(RECORD_HEADER_BYTES);
    const header = {
      isSeal: true,
      durablePosition: this.position,
      firstSeq: chain.nextSeq,
      timeUs: chain.lastTimeUs,
      count: 0,
      bodyLength: 0,
    };
    writeRecordHeader(this.buffer, this.used, header, { salt, previousHash: chain.headHash });
    this.used += RECORD_HEADER_BYTES;
    this.nextSeq = chain.nextSeq;
  }

  succeed(): void {
    this.resolve();
  }

  fail(error: Error): void {
    this.reject(error);
  }

  /** For another group, once this one is on the disk. */
  takeBuffer(): Buffer | undefined {
    return this.buffer.length <= KEPT_BYTES ? this.buffer : undefined;
  }

  private makeRoom(bytes: number): void {
    if (this.used + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.used + bytes));
    this.buffer.copy(larger, 0, 0, this.used);
    this.buffer = larger;
  }
}
