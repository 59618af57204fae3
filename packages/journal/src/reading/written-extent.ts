import type { FileHandle } from 'node:fs/promises';
import { readFully } from '../files/read-span.js';
import { isZero } from '../format/segment-header.js';

const PROBE_BYTES = 4096;

/**
 * A position up to which the segment has been written: segments are filled front to back into zeros. Zeros inside a
 * body can make it too low, never too high.
 */
export async function writtenExtent(handle: FileHandle, path: string, fileBytes: number): Promise<number> {
  const probe = Buffer.alloc(PROBE_BYTES);
  let low = 0;
  let high = Math.floor(fileBytes / PROBE_BYTES);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const read = await readFully(handle, path, probe, middle * PROBE_BYTES);
    if (isZero(probe.subarray(0, read))) high = middle;
    else low = middle + 1;
  }
  // The last block that has something in it may still be filling up.
  return Math.max(0, low - 1) * PROBE_BYTES;
}
