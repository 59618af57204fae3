import { listSegments, type SegmentFile } from '../files/folder.js';
import { readHead } from './segment-head.js';
import type { BegunSegment } from './successor.js';

/** The last segment that begins below the record; the oldest, when none is asked for. */
export async function firstSegment(directory: string, fromSeq: number | undefined): Promise<BegunSegment | undefined> {
  const files = await listSegments(directory);
  const oldest = files[0];
  if (oldest === undefined) return undefined;
  const head = await readHead(oldest);
  if (typeof head !== 'object') return undefined;
  return searchSegment(files, { file: oldest, head }, fromSeq ?? 0);
}

async function searchSegment(files: SegmentFile[], oldest: BegunSegment, fromSeq: number): Promise<BegunSegment> {
  let found = oldest;
  let low = 1;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const file = files[middle] as SegmentFile;
    const head = await readHead(file);
    if (typeof head === 'object' && head.firstSeq < fromSeq) {
      found = { file, head };
      low = middle + 1;
    } else high = middle;
  }
  return found;
}
