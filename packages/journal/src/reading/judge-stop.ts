// Where reading stops in a segment: has more been written meanwhile, does the next segment go on, is this the end of
// the log, or is something gone that was durable?

import { setTimeout as pause } from 'node:timers/promises';
import type { Seq } from '@glasshouse/units';
import { JournalDamaged } from '../errors.js';
import type { SegmentFile } from '../files/folder.js';
import type { StoredBatch } from '../types.js';
import { inspectRest } from './rest-of-segment.js';
import type { SegmentCursor } from './segment-cursor.js';
import { chainAt } from './segment-head.js';
import { type BegunSegment, findRemains, findSuccessor, hasBegun, type Remains, type Successor } from './successor.js';

/** Bytes after the last batch that are neither a batch nor provably were one. */
export interface TornEnd {
  readonly file: SegmentFile;
  readonly position: number;
  readonly end: number;
  readonly recordEnd: number | undefined;
  readonly reason: string;
}

export type Verdict =
  | { readonly kind: 'more'; readonly batch: StoredBatch | undefined }
  | { readonly kind: 'next'; readonly segment: BegunSegment }
  | { readonly kind: 'end'; readonly torn: TornEnd | undefined };

export const MORE: Verdict = { kind: 'more', batch: undefined };

/** A header that a writer is just putting down looks broken for microseconds. */
const WRITER_PAUSE_MS = 20;

export async function judgeStop(directory: string, segment: BegunSegment, cursor: SegmentCursor): Promise<Verdict> {
  // In this order: a successor seen before the second reading proves that the second reading saw all there is.
  const successor = await findSuccessor(directory, segment.file.ordinal, cursor.chain.nextSeq);
  const before = cursor.position;
  const batch = await readAgain(cursor);
  if (cursor.position !== before) return { kind: 'more', batch };
  const rest = await inspectRest(segment.file, before, segment.head.salt);
  if (successor.begun !== undefined) return passOn(segment, cursor, rest.end > before, successor.begun);
  if (rest.proven) {
    const late = await readAgain(cursor);
    if (cursor.position !== before) return { kind: 'more', batch: late };
    throw damageAt(segment, cursor, 'later records prove that it was durable');
  }
  return judgeEnd(directory, segment, cursor, rest.end, successor);
}

async function readAgain(cursor: SegmentCursor): Promise<StoredBatch | undefined> {
  for (;;) {
    await cursor.fill();
    const batch = cursor.next();
    if (batch !== undefined || cursor.stop !== undefined) return batch;
  }
}

function passOn(segment: BegunSegment, cursor: SegmentCursor, hasRemains: boolean, next: BegunSegment): Verdict {
  const { chain } = cursor;
  const due = chainAt(next.head);
  const joins = due.nextSeq === chain.nextSeq && due.headHash === chain.headHash && due.lastTimeUs === chain.lastTimeUs;
  if (cursor.stop?.kind === 'bad' || hasRemains || due.nextSeq > chain.nextSeq) {
    throw damageAt(segment, cursor, `segment ${next.file.ordinal} goes on with record ${due.nextSeq}`);
  }
  if (!joins) throw damageIn(next.file, 0, cursor, 'it does not follow the segment before it');
  return { kind: 'next', segment: next };
}

async function judgeEnd(
  directory: string,
  segment: BegunSegment,
  cursor: SegmentCursor,
  end: number,
  successor: Successor,
): Promise<Verdict> {
  const torn = tornIn(segment, cursor, end);
  const [remains, ...more] = await findRemains(successor.prepared);
  if (remains === undefined) return { kind: 'end', torn };
  // One write is in flight at a time, so it leaves remains in one place.
  if (torn === undefined && !remains.proven && more.length === 0) return { kind: 'end', torn: tornBeginning(remains) };
  await pause(WRITER_PAUSE_MS);
  if (await hasBegun(directory, remains.file.ordinal)) return MORE;
  if (torn !== undefined) throw damageAt(segment, cursor, `segment ${remains.file.ordinal} has begun`);
  throw damageIn(remains.file, 0, cursor, 'its header is unreadable, but its records or those after it are not');
}

function tornIn({ file }: BegunSegment, { stop, position }: SegmentCursor, end: number): TornEnd | undefined {
  if (stop?.kind === 'bad') return { file, position, end, recordEnd: stop.recordEnd, reason: stop.reason };
  if (end > position) return { file, position, end, recordEnd: undefined, reason: 'bytes after a gap' };
  return undefined;
}

function damageAt(segment: BegunSegment, cursor: SegmentCursor, evidence: string): JournalDamaged {
  const what = cursor.stop?.kind === 'bad' ? cursor.stop.reason : 'the log stops here';
  return damageIn(segment.file, cursor.position, cursor, `${what}, but ${evidence}`);
}

function damageIn(file: SegmentFile, position: number, cursor: SegmentCursor, reason: string): JournalDamaged {
  return new JournalDamaged(file.path, position, cursor.chain.nextSeq as Seq, reason);
}

export function tornBeginning({ file, end }: Remains): TornEnd {
  return { file, position: 0, end, recordEnd: undefined, reason: 'no valid segment header' };
}
