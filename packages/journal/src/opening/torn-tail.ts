// Cuts off what an interrupted write left after the last batch. The bytes are saved first: nothing in them was
// provably acknowledged, but nobody can prove the opposite either.

import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Seq } from '@glasshouse/units';
import { cutFolder, ensureFolder, explain, namesIn, type SegmentFile, syncFolder } from '../files/folder.js';
import { readSpan } from '../files/read-span.js';
import type { SegmentStorage } from '../files/segment-storage.js';
import { RECORD_HEADER_BYTES } from '../format/record.js';
import { isZero } from '../format/segment-header.js';
import type { TornEnd } from '../reading/judge-stop.js';
import type { TornTail } from '../types.js';

/** The smallest unit that disks write whole or not at all. */
const SECTOR_BYTES = 512;

export async function cutTornTail(
  directory: string,
  torn: TornEnd,
  nextSeq: Seq,
  storage: SegmentStorage,
): Promise<TornTail> {
  const { file, position, end, reason } = torn;
  const bytes = await readSpan(file.path, position, Math.max(end, torn.recordEnd ?? position + RECORD_HEADER_BYTES));
  const cut = bytes.subarray(0, end - position);
  const savedAs = await saveCut(directory, torn, cut);
  await explain(`cannot clear ${file.path}`, clear(storage, file, position, cut.length));
  const looksInterrupted = lacksASector(bytes, torn);
  return { file: file.path, position, bytes: cut.length, seq: nextSeq, reason, savedAs, looksInterrupted };
}

async function saveCut(directory: string, { file, position }: TornEnd, bytes: Buffer): Promise<string> {
  const folder = cutFolder(directory);
  await ensureFolder(folder);
  const stem = `${basename(file.path)}-${position}`;
  const earlier = (await namesIn(folder)).filter((name) => name.startsWith(`${stem}-`)).length;
  const path = join(folder, `${stem}-${earlier + 1}.bytes`);
  const handle = await explain(`cannot save the cut bytes as ${path}`, open(path, 'wx'));
  try {
    await explain(`cannot save the cut bytes as ${path}`, handle.writeFile(bytes));
    await explain(`cannot sync ${path}`, handle.sync());
  } finally {
    await handle.close();
  }
  await syncFolder(folder);
  return path;
}

async function clear(storage: SegmentStorage, file: SegmentFile, position: number, bytes: number): Promise<void> {
  const writer = await storage.open(file.path);
  try {
    await writer.write(Buffer.alloc(bytes), position);
  } finally {
    await writer.close();
  }
}

/**
 * Segments are zeros before they are written, and disks write whole sectors: an interrupted write lacks at least
 * one sector of the record. If every sector has something in it, the record was once whole and was damaged later.
 */
function lacksASector(bytes: Buffer, { position, recordEnd }: TornEnd): boolean {
  const length = (recordEnd ?? position + RECORD_HEADER_BYTES) - position;
  if (length > bytes.length) return true;
  for (let at = 0; at < length; ) {
    const next = Math.min(length, at + SECTOR_BYTES - ((position + at) % SECTOR_BYTES));
    if (isZero(bytes.subarray(at, next))) return true;
    at = next;
  }
  return false;
}
