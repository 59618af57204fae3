import { findSegment, segmentOrdinals } from '../files/folder.js';
import { readHead } from './segment-head.js';
import type { BegunSegment } from './successor.js';

/** The last segment that begins below the record; the oldest, when none is asked for or none does. */
export async function firstSegment(directory: string, fromSeq: number | undefined): Promise<BegunSegment | undefined> {
  const ordinals = await segmentOrdinals(directory);
  let found = await begunSegment(directory, ordinals[0]);
  let low = 1;
  let high = found === undefined || fromSeq === undefined ? 1 : ordinals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = await begunSegment(directory, ordinals[middle]);
    if (candidate !== undefined && candidate.head.firstSeq < (fromSeq ?? 0)) {
      found = candidate;
      low = middle + 1;
    } else high = middle;
  }
  return found;
}

async function begunSegment(directory: string, ordinal: number | undefined): Promise<BegunSegment | undefined> {
  if (ordinal === undefined) return undefined;
  const file = await findSegment(directory, ordinal);
  const head = await readHead(file);
  return typeof head === 'object' ? { file, head } : undefined;
}
