// What comes after a segment: another one that has begun, prepared files, or nothing.

import type { Seq } from '@glasshouse/units';
import { JournalDamaged } from '../errors.js';
import { findSegment, type SegmentFile, segmentOrdinals, segmentPath } from '../files/folder.js';
import { SEGMENT_HEADER_BYTES, type SegmentHeader } from '../format/segment-header.js';
import { inspectRest } from './rest-of-segment.js';
import { readHead } from './segment-head.js';

export interface BegunSegment {
  readonly file: SegmentFile;
  readonly head: SegmentHeader;
}

export interface Successor {
  readonly begun: BegunSegment | undefined;
  /** Files that no batch has reached, as far as their first bytes tell. */
  readonly prepared: readonly SegmentFile[];
}

export async function findSuccessor(directory: string, ordinal: number, nextSeq: number): Promise<Successor> {
  const prepared: SegmentFile[] = [];
  for (const later of await segmentOrdinals(directory, ordinal + 1)) {
    const file = await findSegment(directory, later);
    const head = await readHead(file);
    if (typeof head === 'object') return { begun: nextInLine(directory, ordinal, nextSeq, { file, head }), prepared };
    prepared.push(file);
  }
  return { begun: undefined, prepared };
}

export async function hasBegun(directory: string, ordinal: number): Promise<boolean> {
  const [found] = await segmentOrdinals(directory, ordinal);
  return found === ordinal && typeof (await readHead(await findSegment(directory, ordinal))) === 'object';
}

/** A begun segment behind one that is missing or blank: the one in between was there once. */
function nextInLine(directory: string, ordinal: number, nextSeq: number, found: BegunSegment): BegunSegment {
  if (found.file.ordinal === ordinal + 1) return found;
  const lost = segmentPath(directory, ordinal + 1);
  throw new JournalDamaged(
    lost,
    0,
    nextSeq as Seq,
    `it is missing or unreadable, but segment ${found.file.ordinal} follows it`,
  );
}

export interface Remains {
  readonly file: SegmentFile;
  readonly end: number;
  readonly proven: boolean;
}

/** Prepared files that are not all zeros, or were cut short: preparing leaves no such file under its name. */
export async function findRemains(prepared: readonly SegmentFile[]): Promise<Remains[]> {
  const remains: Remains[] = [];
  for (const file of prepared) {
    const { end, proven } = await inspectRest(file, 0, undefined);
    if (end > 0 || file.bytes < SEGMENT_HEADER_BYTES) remains.push({ file, end, proven });
  }
  return remains;
}
