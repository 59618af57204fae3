import type { Seq, TimeUs } from '@glasshouse/units';
import { JournalRefused, type Refusal } from '../errors.js';
import type { FolderLock } from '../files/folder-lock.js';
import { hashBytes } from '../format/record.js';
import type { ChainPoint } from '../reading/segment-cursor.js';
import type { Batch, Journal } from '../types.js';
import type { LogWriter } from './log-writer.js';
import type { SegmentStock } from './segment-stock.js';

export interface FileJournalParts {
  readonly start: ChainPoint;
  readonly writer: LogWriter;
  readonly stock: SegmentStock;
  readonly lock: FolderLock;
  readonly maxBodyBytes: number;
  readonly maxQueuedBytes: number;
}

export class FileJournal implements Journal {
  nextSeq: Seq;
  lastTimeUs: TimeUs;
  private head: string;
  private closing: Promise<void> | undefined;
  private readonly writer: LogWriter;

  constructor(private readonly parts: FileJournalParts) {
    this.writer = parts.writer;
    this.nextSeq = parts.start.nextSeq as Seq;
    this.lastTimeUs = parts.start.lastTimeUs as TimeUs;
    this.head = parts.start.headHash;
  }

  get durableSeq(): Seq {
    return this.writer.durableSeq as Seq;
  }

  get headHash(): Uint8Array {
    return hashBytes(this.head);
  }

  append(batch: Batch): Promise<Uint8Array> {
    const refusal = this.writer.failure ?? this.refusalOf(batch);
    if (refusal !== undefined) return Promise.reject(refusal);
    const { hash, group } = this.writer.add(batch);
    this.nextSeq = (batch.firstSeq + batch.count) as Seq;
    this.lastTimeUs = batch.timeUs;
    this.head = hash;
    return group.durable.then(() => hashBytes(hash));
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    try {
      await this.writer.seal();
    } finally {
      await this.writer.close();
      await this.parts.stock.settle();
      await this.parts.lock.release();
    }
  }

  private refusalOf(batch: Batch): JournalRefused | undefined {
    const { firstSeq, timeUs, count, body } = batch;
    if (this.closing !== undefined) return refuse('closed', 'the journal was closed');
    if (!isCount(count) || !Number.isSafeInteger(firstSeq + count) || !Number.isSafeInteger(timeUs)) {
      return refuse('malformed', `count ${count}, first record ${firstSeq}, time ${timeUs}`);
    }
    if (firstSeq !== this.nextSeq) return refuse('notNextSeq', `first record ${firstSeq}, due is ${this.nextSeq}`);
    if (timeUs < this.lastTimeUs) return refuse('timeBackwards', `time ${timeUs} after ${this.lastTimeUs}`);
    return this.sizeRefusal(body.length);
  }

  private sizeRefusal(bytes: number): JournalRefused | undefined {
    const { maxBodyBytes, maxQueuedBytes } = this.parts;
    if (bytes > maxBodyBytes) return refuse('batchTooLarge', `${bytes} bytes, the limit is ${maxBodyBytes}`);
    const { queuedBytes } = this.writer;
    if (queuedBytes > 0 && queuedBytes + bytes > maxQueuedBytes) {
      return refuse('queueFull', `${queuedBytes} bytes wait for the disk, the limit is ${maxQueuedBytes}`);
    }
    return undefined;
  }
}

const MAX_COUNT = 2 ** 32 - 1;

function isCount(count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count <= MAX_COUNT;
}

function refuse(refusal: Refusal, details: string): JournalRefused {
  return new JournalRefused(refusal, details);
}
