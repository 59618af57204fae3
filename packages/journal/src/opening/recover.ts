// What must be true before the first append: the whole log was read, it has not lost what a snapshot has seen,
// a torn end is cut, and everything that is about to be replayed is durable.

import type { Seq } from '@glasshouse/units';
import { JournalDamaged } from '../errors.js';
import { explain, removeUnfinished, segmentsFolder, snapshotsFolder } from '../files/folder.js';
import { readSpan } from '../files/read-span.js';
import type { SegmentStorage } from '../files/segment-storage.js';
import { hashBytes } from '../format/record.js';
import { type LogTail, LogWalk } from '../reading/walk-log.js';
import { newestSnapshotSeq } from '../snapshots/read-snapshots.js';
import type { RecoveryReport } from '../types.js';
import type { Settings } from './settings.js';
import { cutTornTail } from './torn-tail.js';

export interface Recovered {
  readonly walk: LogWalk;
  readonly recovery: RecoveryReport;
}

export async function recover(directory: string, settings: Settings, storage: SegmentStorage): Promise<Recovered> {
  await removeUnfinished(segmentsFolder(directory));
  await removeUnfinished(snapshotsFolder(directory));
  const walk = new LogWalk(directory, { fromSeq: settings.validateFrom, syncReads: false });
  const validated = await countAll(walk);
  const { end } = walk;
  const nextSeq = walk.chain.nextSeq as Seq;
  await checkSnapshots(directory, nextSeq, end.torn?.file.path ?? end.tail?.file.path ?? segmentsFolder(directory));
  const tornTail = end.torn && (await cutTornTail(directory, end.torn, nextSeq, storage));
  if (end.tail !== undefined && !end.sealed) await rewriteLastWrite(end.tail, storage);
  const recovery = {
    ...validated,
    created: end.tail === undefined && end.torn === undefined,
    sealed: end.sealed,
    segments: walk.segments,
    nextSeq,
    headHash: hashBytes(walk.chain.headHash),
    tornTail,
  };
  return { walk, recovery };
}

async function countAll(walk: LogWalk): Promise<{ validatedBatches: number; validatedRecords: number }> {
  let validatedBatches = 0;
  let validatedRecords = 0;
  for await (const batch of walk) {
    validatedBatches++;
    validatedRecords += batch.count;
  }
  return { validatedBatches, validatedRecords };
}

/** A chain cannot show that its end is gone. A snapshot, taken only of what is durable, can. */
async function checkSnapshots(directory: string, nextSeq: Seq, file: string): Promise<void> {
  const seen = await newestSnapshotSeq(directory);
  if (seen === undefined || seen <= nextSeq) return;
  throw new JournalDamaged(
    file,
    0,
    nextSeq,
    `the log ends before record ${nextSeq}, but a snapshot was taken at ${seen}`,
  );
}

/**
 * The last write may be in the kernel's memory only: its process was killed before the sync returned, or the sync
 * failed and the kernel now calls the pages clean. Writing the same bytes again makes the kernel write them out.
 */
async function rewriteLastWrite(tail: LogTail, storage: SegmentStorage): Promise<void> {
  const { path } = tail.file;
  const bytes = await readSpan(path, tail.durablePosition, tail.position);
  const writer = await explain(`cannot open ${path}`, storage.open(path));
  try {
    await explain(`cannot write ${path}`, writer.write(bytes, tail.durablePosition));
  } finally {
    await writer.close();
  }
}
