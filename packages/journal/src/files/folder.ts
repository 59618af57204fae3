// What lies where inside a journal's folder, and the two things a folder needs: to exist durably, to be listed.

import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errnoOf, JournalUnavailable } from '../errors.js';
import { MAX_SEGMENT_BYTES } from '../format/limits.js';

const SEGMENT_NAME = /^(\d{8})\.segment$/;
const UNFINISHED_SUFFIX = '.unfinished';

export const segmentsFolder = (directory: string): string => join(directory, 'segments');
export const snapshotsFolder = (directory: string): string => join(directory, 'snapshots');
export const cutFolder = (directory: string): string => join(directory, 'cut');
export const lockPath = (directory: string): string => join(directory, 'lock');
export const unfinished = (path: string): string => path + UNFINISHED_SUFFIX;

export function segmentPath(directory: string, ordinal: number): string {
  return join(segmentsFolder(directory), `${String(ordinal).padStart(8, '0')}.segment`);
}

export interface SegmentFile {
  readonly ordinal: number;
  readonly path: string;
  readonly bytes: number;
}

/** In order, from that one on. Names that are not ours are left alone. */
export async function segmentOrdinals(directory: string, from = 0): Promise<number[]> {
  const names = (await namesIn(segmentsFolder(directory))).filter((name) => SEGMENT_NAME.test(name)).sort();
  return names.map((name) => Number(name.slice(0, 8))).filter((ordinal) => ordinal >= from);
}

/** Refuses what has a segment's name and cannot be one, before anything is read from it. */
export async function findSegment(directory: string, ordinal: number): Promise<SegmentFile> {
  const path = segmentPath(directory, ordinal);
  const { size } = await regularFile(path);
  if (size > MAX_SEGMENT_BYTES) throw new JournalUnavailable(`${path} is ${size} bytes: no segment is that large`);
  return { ordinal, path, bytes: size };
}

export async function regularFile(path: string): Promise<{ readonly size: number }> {
  const found = await explain(`cannot look at ${path}`, stat(path));
  if (!found.isFile()) throw new JournalUnavailable(`${path} is not a regular file`);
  return found;
}

export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw new JournalUnavailable(`cannot list ${folder}: ${messageOf(error)}`, { cause: error });
  }
}

/** Also makes the new names durable, up to the first folder that was there before. */
export async function ensureFolder(folder: string): Promise<void> {
  const first = await explain(`cannot create ${folder}`, mkdir(folder, { recursive: true }));
  if (first === undefined) return;
  for (let path = folder; path.length >= first.length; path = dirname(path)) await syncFolder(dirname(path));
}

/** A name made or changed by `rename` survives a power cut only after this. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await explain(`cannot open ${folder}`, open(folder, 'r'));
  try {
    await explain(`cannot sync ${folder}`, handle.sync());
  } finally {
    await handle.close();
  }
}

/** What a crash left half made never had its real name. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (name.endsWith(UNFINISHED_SUFFIX))
      await explain(`cannot remove ${name}`, rm(join(folder, name), { force: true }));
  }
}

/** Turns a system error into one that says what was being done and keeps the system's code. */
export async function explain<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new JournalUnavailable(`${what}: ${messageOf(error)}`, { cause: error });
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
