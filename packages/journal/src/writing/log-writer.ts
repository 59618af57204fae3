// Puts records into segments. While one group is being written, everything that arrives gathers in the next one:
// the slower the disk, the larger the groups. The first failure ends it.

import { randomBytes } from 'node:crypto';
import { JournalFailed } from '../errors.js';
import { messageOf, segmentPath } from '../files/folder.js';
import type { SegmentStorage, SegmentWriter } from '../files/segment-storage.js';
import { SALT_BYTES } from '../format/limits.js';
import { batchRecordBytes, hashBytes, RECORD_HEADER_BYTES } from '../format/record.js';
import { SEGMENT_HEADER_BYTES } from '../format/segment-header.js';
import type { ChainPoint } from '../reading/segment-cursor.js';
import type { Batch } from '../types.js';
import type { SegmentStock } from './segment-stock.js';
import { WriteGroup } from './write-group.js';

/** More would only make the first of the group wait for the last. */
const GROUP_BYTES = 4 * 1024 * 1024;

/** Where the next record goes. A position of 0 means that the segment has not begun. */
export interface WritePlace {
  readonly ordinal: number;
  readonly position: number;
  readonly capacity: number;
  readonly salt: Buffer;
}

export interface LogWriterParts {
  readonly directory: string;
  readonly segmentBytes: number;
  readonly storage: SegmentStorage;
  readonly stock: SegmentStock;
  readonly onWarning: (warning: Error) => void;
}

export class LogWriter {
  failure: JournalFailed | undefined;
  queuedBytes = 0;
  durableSeq: number;
  private readonly waiting: WriteGroup[] = [];
  private running: Promise<void> | undefined;
  private spareBuffer: Buffer | undefined;
  /** Tried once ahead of time; if that fails, once more when the segment is needed. */
  private preparedAhead = 0;
  private open: { readonly ordinal: number; readonly writer: SegmentWriter } | undefined;

  constructor(
    private readonly parts: LogWriterParts,
    private place: WritePlace,
    private chain: ChainPoint,
  ) {
    this.durableSeq = chain.nextSeq;
  }

  /** Returns the batch's hash at once; it is durable when the group is. */
  add(batch: Batch): { readonly hash: string; readonly group: WriteGroup } {
    const bytes = batchRecordBytes(batch.body.length);
    const group = this.groupFor(bytes);
    const usedBefore = group.used;
    const hash = group.addBatch(batch, { salt: this.place.salt, previousHash: this.chain.headHash });
    this.chain = { nextSeq: batch.firstSeq + batch.count, lastTimeUs: batch.timeUs, headHash: hash };
    this.advance(group, usedBefore);
    return { hash, group };
  }

  /** Proves to every later reader that what lies before it was durable. */
  async seal(): Promise<void> {
    await this.idle();
    if (this.failure !== undefined || this.place.position === 0) return;
    const group = this.newGroup();
    group.addSeal(this.chain, this.place.salt);
    this.advance(group, 0);
    await group.durable;
  }

  async idle(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  /** So that a segment which cannot be written is found when the journal opens. */
  async openPlace(): Promise<void> {
    await this.writerFor(this.place.ordinal, this.place.position === 0);
  }

  async close(): Promise<void> {
    await this.idle();
    await this.open?.writer.close();
    this.open = undefined;
  }

  private groupFor(bytes: number): WriteGroup {
    const fits = this.place.position + bytes + RECORD_HEADER_BYTES <= this.place.capacity;
    if (this.place.position > 0 && !fits) this.turnPage();
    const last = this.waiting.at(-1);
    if (last?.ordinal === this.place.ordinal && last.used + bytes <= GROUP_BYTES) return last;
    const group = this.newGroup();
    if (group.position === 0) this.beginSegment(group);
    return group;
  }

  private newGroup(): WriteGroup {
    const group = new WriteGroup(this.place.ordinal, this.place.position, this.spareBuffer);
    this.spareBuffer = undefined;
    this.waiting.push(group);
    return group;
  }

  private turnPage(): void {
    const { ordinal } = this.place;
    this.place = { ordinal: ordinal + 1, position: 0, capacity: this.parts.segmentBytes, salt: this.place.salt };
  }

  private beginSegment(group: WriteGroup): void {
    const salt = randomBytes(SALT_BYTES);
    const { nextSeq, lastTimeUs, headHash } = this.chain;
    group.addSegmentHeader({
      ordinal: this.place.ordinal,
      firstSeq: nextSeq,
      lastTimeUs,
      previousHash: hashBytes(headHash),
      salt,
    });
    this.place = { ...this.place, position: SEGMENT_HEADER_BYTES, salt };
    this.queuedBytes += SEGMENT_HEADER_BYTES;
  }

  private advance(group: WriteGroup, usedBefore: number): void {
    this.queuedBytes += group.used - usedBefore;
    this.place = { ...this.place, position: group.end };
    // One turn later, so that what is appended in the same turn shares the first write.
    this.running ??= Promise.resolve().then(() => this.run());
  }

  private async run(): Promise<void> {
    for (let group = this.waiting.shift(); group !== undefined; group = this.waiting.shift()) {
      if (!(await this.write(group))) break;
    }
    this.running = undefined;
  }

  private async write(group: WriteGroup): Promise<boolean> {
    try {
      const writer = await this.writerFor(group.ordinal, group.position === 0);
      await writer.write(group.bytes, group.position);
    } catch (error) {
      this.fail(group, error);
      return false;
    }
    this.queuedBytes -= group.used;
    this.spareBuffer ??= group.takeBuffer();
    this.durableSeq = group.nextSeq;
    group.succeed();
    this.prepareAhead(group);
    return true;
  }

  private fail(group: WriteGroup, cause: unknown): void {
    const path = segmentPath(this.parts.directory, group.ordinal);
    const what = `cannot write ${path} at byte ${group.position}: ${messageOf(cause)}. The journal accepts nothing more`;
    this.failure = new JournalFailed(what, { cause });
    for (const lost of [group, ...this.waiting.splice(0)]) lost.fail(this.failure);
  }

  private async writerFor(ordinal: number, isNew: boolean): Promise<SegmentWriter> {
    if (this.open?.ordinal === ordinal) return this.open.writer;
    if (isNew) {
      // A preparation ahead of time that is still to fail has been warned of; this one decides.
      await this.parts.stock.settle();
      await this.parts.stock.ready(ordinal);
    }
    const writer = await this.parts.storage.open(segmentPath(this.parts.directory, ordinal));
    const before = this.open;
    this.open = { ordinal, writer };
    await before?.writer.close();
    return writer;
  }

  private prepareAhead(group: WriteGroup): void {
    const next = group.ordinal + 1;
    if (this.preparedAhead === next || group.end * 2 < this.parts.segmentBytes) return;
    this.preparedAhead = next;
    this.parts.stock.ready(next).catch((error: unknown) => {
      const what = `cannot prepare ${segmentPath(this.parts.directory, next)}: ${messageOf(error)}. Appends stop when the current segment is full`;
      this.parts.onWarning(new Error(what, { cause: error }));
    });
  }
}
