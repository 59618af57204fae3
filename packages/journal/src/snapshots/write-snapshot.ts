import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { assert } from '@glasshouse/units';
import { ensureFolder, explain, snapshotsFolder, syncFolder, unfinished } from '../files/folder.js';
import { HASH_BYTES } from '../format/limits.js';
import { encodeSnapshotHeader, encodeTable, MAX_TABLE_BYTES } from '../format/snapshot-header.js';
import type { Snapshot, SnapshotEntry } from '../types.js';
import { snapshotPath } from './snapshot-files.js';

/** Hashing a slice holds up the event loop for less than a millisecond. */
const SLICE_BYTES = 1024 * 1024;

/** The snapshot appears whole or not at all. The sections must not change until this resolves. */
export async function writeSnapshot(directory: string, snapshot: Snapshot): Promise<SnapshotEntry> {
  assert(snapshot.headHash.length === HASH_BYTES && snapshot.stateHash.length === HASH_BYTES, 'a hash has 32 bytes');
  assert(Number.isSafeInteger(snapshot.seq) && Number.isSafeInteger(snapshot.timeUs), 'seq and time are safe integers');
  const file = snapshotPath(directory, snapshot.seq);
  await ensureFolder(snapshotsFolder(directory));
  try {
    const bytes = await explain(`cannot write ${file}`, writeDraft(unfinished(file), snapshot));
    await explain(`cannot rename to ${file}`, rename(unfinished(file), file));
    await syncFolder(snapshotsFolder(directory));
    return { seq: snapshot.seq, file, bytes };
  } catch (error) {
    await rm(unfinished(file), { force: true }).catch(() => undefined);
    throw error;
  }
}

async function writeDraft(path: string, snapshot: Snapshot): Promise<number> {
  const handle = await open(path, 'w');
  try {
    const draft = new HashedWrite(handle);
    const table = encodeTable([...snapshot.sections].map(([name, section]) => ({ name, bytes: section.length })));
    assert(table.length <= MAX_TABLE_BYTES, 'the table of sections is small', { bytes: table.length });
    await draft.write(encodeSnapshotHeader({ ...snapshot, tableBytes: table.length }));
    await draft.write(table);
    for (const section of snapshot.sections.values()) await draft.write(section);
    await draft.finish();
    await handle.sync();
    return draft.written;
  } finally {
    await handle.close();
  }
}

class HashedWrite {
  written = 0;
  private readonly hash: Hash = createHash('sha256');

  constructor(private readonly handle: FileHandle) {}

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
      const slice = bytes.subarray(at, at + SLICE_BYTES);
      this.hash.update(slice);
      await this.handle.writeFile(slice);
      this.written += slice.length;
    }
  }

  async finish(): Promise<void> {
    const digest = this.hash.digest();
    await this.handle.writeFile(digest);
    this.written += digest.length;
  }
}
