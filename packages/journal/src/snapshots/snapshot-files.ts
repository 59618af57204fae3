import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assert, type Seq } from '@glasshouse/units';
import { explain, namesIn, regularFile, snapshotsFolder, syncFolder } from '../files/folder.js';
import type { SnapshotEntry } from '../types.js';

const SNAPSHOT_NAME = /^(\d{16})\.snapshot$/;

export function snapshotPath(directory: string, seq: number): string {
  return join(snapshotsFolder(directory), `${String(seq).padStart(16, '0')}.snapshot`);
}

/** By name, newest first; whether they can be read is another question. */
export async function listSnapshots(directory: string): Promise<SnapshotEntry[]> {
  const names = (await namesIn(snapshotsFolder(directory))).filter((name) => SNAPSHOT_NAME.test(name));
  const entries: SnapshotEntry[] = [];
  for (const name of names.sort().reverse()) {
    const file = join(snapshotsFolder(directory), name);
    entries.push({ seq: Number(name.slice(0, 16)) as Seq, file, bytes: (await regularFile(file)).size });
  }
  return entries;
}

/**
 * Removes all but the newest `keep`, and the newest at or before record `neededAt`, where somebody goes on from. Replay from genesis
 * does not need any of them.
 */
export async function pruneSnapshots(
  directory: string,
  keep: number,
  neededAt?: number,
): Promise<readonly SnapshotEntry[]> {
  assert(Number.isInteger(keep) && keep >= 1, 'at least one snapshot is kept', { keep });
  const all = await listSnapshots(directory);
  const needed = neededAt === undefined ? undefined : all.find(({ seq }) => seq <= neededAt);
  const removed = all.slice(keep).filter((entry) => entry !== needed);
  for (const { file } of removed) await explain(`cannot remove ${file}`, rm(file));
  if (removed.length > 0) await syncFolder(snapshotsFolder(directory));
  return removed;
}
