import { JournalUnavailable } from '../errors.js';
import { hashBytes } from '../format/record.js';
import type { ReadOptions, StoredBatch } from '../types.js';
import { LogWalk } from './walk-log.js';

/**
 * Whole durable batches in order, read only, also while another process appends. Ends at the last one; an
 * interrupted write after it is left alone. With a reach it goes on as the log does, until the reach is closed. Throws `JournalDamaged` where something durable cannot be read.
 * A batch is a view into about a megabyte of the file, which stays in memory as long as the batch is kept.
 */
export async function* readBatches(directory: string, options: ReadOptions = {}): AsyncGenerator<StoredBatch, void> {
  const { fromSeq, reach } = options;
  const walk = new LogWalk(directory, { fromSeq, reach, syncReads: reach === undefined });
  const isDue = dueTest(options);
  let seen = false;
  let due = false;
  for await (const batch of walk) {
    if (!seen) checkReach(directory, options, batch);
    seen = true;
    due ||= isDue(batch);
    if (due) yield batch;
  }
  if (due || options.afterHash === undefined) return;
  if (hashBytes(walk.chain.headHash).equals(options.afterHash)) return;
  throw new JournalUnavailable(`${directory} holds no batch with the asked hash: the snapshot is of another journal`);
}

/** True from the first batch on that was asked for. */
function dueTest({ fromSeq, afterHash }: ReadOptions): (batch: StoredBatch) => boolean {
  if (afterHash !== undefined) return (batch) => Buffer.compare(batch.previousHash, afterHash) === 0;
  const from: number = fromSeq ?? 0;
  return (batch) => batch.firstSeq + batch.count > from || batch.firstSeq >= from;
}

function checkReach(directory: string, { fromSeq }: ReadOptions, first: StoredBatch): void {
  if (fromSeq === undefined || first.firstSeq <= fromSeq) return;
  throw new JournalUnavailable(`${directory} begins with record ${first.firstSeq}; record ${fromSeq} was moved away`);
}
