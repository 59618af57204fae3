// Looks at the bytes of a file after the place where reading stopped. A prepared segment is all zeros there.
// Anything else was left by an interrupted write, unless a record further on says that this place was durable.

import { type FileHandle, open } from 'node:fs/promises';
import { explain, type SegmentFile } from '../files/folder.js';
import { readFully } from '../files/read-span.js';
import { RECORD_ALIGNMENT, RECORD_HEADER_BYTES, readRecordHeader, recordHasSalt } from '../format/record.js';
import { isZero } from '../format/segment-header.js';

const CHUNK_BYTES = 1024 * 1024;
/** A record header may straddle two chunks: they overlap by one header. */
const STEP_BYTES = CHUNK_BYTES - RECORD_HEADER_BYTES;

export interface RestOfSegment {
  /** Where the last byte that is not zero ends; `from` when there is none. */
  readonly end: number;
  /** A later record was written when `from` was already durable: what is unreadable there has been whole. */
  readonly proven: boolean;
}

/** Without a salt, because the segment's own header is unreadable, records of any segment count. */
export async function inspectRest(file: SegmentFile, from: number, salt: Buffer | undefined): Promise<RestOfSegment> {
  const handle = await explain(`cannot open ${file.path}`, open(file.path, 'r'));
  try {
    return await inspect(handle, file, from, salt);
  } finally {
    await handle.close();
  }
}

async function inspect(
  handle: FileHandle,
  file: SegmentFile,
  from: number,
  salt: Buffer | undefined,
): Promise<RestOfSegment> {
  const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(CHUNK_BYTES, file.bytes - from)));
  let end = from;
  for (let at = from; at < file.bytes; at += STEP_BYTES) {
    const chunk = buffer.subarray(0, await readFully(handle, file.path, buffer, at));
    if (!isZero(chunk)) {
      end = at + lengthWithoutZeros(chunk);
      if (hasProof(chunk, from, salt)) return { end, proven: true };
    }
  }
  return { end, proven: false };
}

function lengthWithoutZeros(chunk: Buffer): number {
  let length = chunk.length;
  while (length > 0 && chunk[length - 1] === 0) length--;
  return length;
}

function hasProof(chunk: Buffer, from: number, salt: Buffer | undefined): boolean {
  for (let at = 0; at + RECORD_HEADER_BYTES <= chunk.length; at += RECORD_ALIGNMENT) {
    const header = readRecordHeader(chunk, at);
    if (header === undefined || !(header.durablePosition > from)) continue;
    if (salt === undefined || recordHasSalt(chunk, at, salt)) return true;
  }
  return false;
}
