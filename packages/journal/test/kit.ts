// What the journal's tests share: folders that go away, logs with known contents, images of a crashed folder.

import { existsSync } from 'node:fs';
import { cp, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Seq, TimeUs } from '@glasshouse/units';
import { onTestFinished } from 'vitest';
import { segmentPath } from '../src/files/folder.js';
import { batchRecordBytes } from '../src/format/record.js';
import { SEGMENT_HEADER_BYTES } from '../src/format/segment-header.js';
import {
  type Batch,
  type Journal,
  type OpenOptions,
  openJournal,
  type ReadOptions,
  readBatches,
  type StoredBatch,
} from '../src/index.js';

/** Real files where syncs cost nothing, if the system has such a place: exhaustive tests open thousands of logs. */
const MEMORY_ROOT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export function temporaryFolder(): Promise<string> {
  return folderUnder(MEMORY_ROOT);
}

export function folderOnDisk(): Promise<string> {
  return folderUnder(tmpdir());
}

async function folderUnder(root: string): Promise<string> {
  const path = await mkdtemp(join(root, 'journal-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

export function bodyOf(length: number, seed = 1): Uint8Array {
  const body = new Uint8Array(length);
  let state = seed >>> 0 || 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    // Never zero, so that a missing sector is told from a written one.
    body[at] = (state >>> 24) | 1;
  }
  return body;
}

export function nextBatch(journal: Journal, body: Uint8Array, count = 1): Batch {
  return { firstSeq: journal.nextSeq, timeUs: (journal.lastTimeUs + 10) as TimeUs, count, body };
}

export function append(journal: Journal, body: Uint8Array, count = 1): Promise<Uint8Array> {
  return journal.append(nextBatch(journal, body, count));
}

/** One write for each body, so that each proves the one before it durable. */
export async function appendEach(journal: Journal, bodies: readonly Uint8Array[]): Promise<void> {
  for (const body of bodies) await append(journal, body);
}

export async function collect(directory: string, options: ReadOptions = {}): Promise<StoredBatch[]> {
  const batches: StoredBatch[] = [];
  for await (const batch of readBatches(directory, options)) batches.push(batch);
  return batches;
}

export async function bodiesIn(directory: string): Promise<string[]> {
  return (await collect(directory)).map((batch) => Buffer.from(batch.body).toString('hex'));
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What a killed process leaves: everything written, nothing sealed. */
export async function crashedLog(bodies: readonly Uint8Array[], options: OpenOptions = {}): Promise<string> {
  const live = await temporaryFolder();
  const { journal } = await openJournal(live, options);
  await appendEach(journal, bodies);
  const image = await imageOf(live);
  await journal.close();
  return image;
}

export async function closedLog(bodies: readonly Uint8Array[], options: OpenOptions = {}): Promise<string> {
  const directory = await temporaryFolder();
  const { journal } = await openJournal(directory, options);
  await appendEach(journal, bodies);
  await journal.close();
  return directory;
}

export async function imageOf(directory: string): Promise<string> {
  const image = await temporaryFolder();
  await cp(directory, image, { recursive: true });
  return image;
}

/** Where each batch lies, when all are in the first segment. */
export function positionsOf(bodies: readonly Uint8Array[]): { start: number; end: number }[] {
  let start = SEGMENT_HEADER_BYTES;
  return bodies.map((body) => {
    const span = { start, end: start + batchRecordBytes(body.length) };
    start = span.end;
    return span;
  });
}

export const firstSegment = (directory: string): string => segmentPath(directory, 1);

export async function overwrite(path: string, position: number, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.write(bytes, 0, bytes.length, position);
  } finally {
    await handle.close();
  }
}

export async function truncateFile(path: string, bytes: number): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(bytes);
  } finally {
    await handle.close();
  }
}

/** Changes one bit and returns what undoes it. */
export async function flipBit(path: string, position: number, bit: number): Promise<() => Promise<void>> {
  const handle = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, position);
  await handle.write(Buffer.from([(byte[0] as number) ^ (1 << bit)]), 0, 1, position);
  await handle.close();
  return () => overwrite(path, position, byte);
}

export const seqOf = (value: number): Seq => value as Seq;
