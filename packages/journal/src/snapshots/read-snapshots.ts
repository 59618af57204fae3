import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Seq, TimeUs } from '@glasshouse/units';
import { JournalUnavailable } from '../errors.js';
import { explain } from '../files/folder.js';
import { HASH_BYTES } from '../format/limits.js';
import {
  decodeSnapshotHeader,
  decodeTable,
  MAX_TABLE_BYTES,
  type SectionEntry,
  SNAPSHOT_HEADER_BYTES,
  SNAPSHOT_VERSION,
  type SnapshotHeader,
} from '../format/snapshot-header.js';
import type { NewestSnapshot, Snapshot, SnapshotEntry } from '../types.js';
import { listSnapshots } from './snapshot-files.js';

const SLICE_BYTES = 1024 * 1024;

/** Passes over what is damaged: an older snapshot with a longer replay gives the same state. */
export async function readNewestValidSnapshot(
  directory: string,
  { maxSeq = Number.MAX_SAFE_INTEGER }: { readonly maxSeq?: number } = {},
): Promise<NewestSnapshot> {
  const skipped: { file: string; reason: string }[] = [];
  for (const entry of await listSnapshots(directory)) {
    if (entry.seq > maxSeq) continue;
    const found = await readSnapshot(entry);
    if (typeof found !== 'string') return { snapshot: found, skipped };
    skipped.push({ file: entry.file, reason: found });
  }
  return { snapshot: undefined, skipped };
}

/** The highest record that any sound snapshot has passed, by their headers alone. */
export async function newestSnapshotSeq(directory: string): Promise<Seq | undefined> {
  for (const entry of await listSnapshots(directory)) {
    const isSound = await withFile(entry, async (reader) => typeof (await readHeader(reader, entry)) !== 'string');
    if (isSound) return entry.seq;
  }
  return undefined;
}

/** A string says why the file is not a sound snapshot. */
async function readSnapshot(entry: SnapshotEntry): Promise<Snapshot | string> {
  return withFile(entry, async (reader) => {
    const header = await readHeader(reader, entry);
    if (typeof header === 'string') return header;
    const table = decodeTable(await reader.take(header.tableBytes));
    if (table === undefined || !fillsFile(header, table, entry.bytes))
      return 'its sections do not add up to its length';
    const sections = new Map<string, Uint8Array>();
    for (const { name, bytes } of table) sections.set(name, await reader.take(bytes));
    if (sections.size !== table.length) return 'it names a section twice';
    const expected = reader.digest();
    if (!(await reader.take(HASH_BYTES)).equals(expected)) return 'its contents do not match its hash';
    return {
      seq: header.seq as Seq,
      timeUs: header.timeUs as TimeUs,
      headHash: header.headHash,
      stateHash: header.stateHash,
      sections,
    };
  });
}

async function readHeader(reader: HashedRead, entry: SnapshotEntry): Promise<SnapshotHeader | string> {
  const shortest = SNAPSHOT_HEADER_BYTES + HASH_BYTES;
  if (entry.bytes < shortest) return 'it is cut short';
  const header = decodeSnapshotHeader(await reader.take(SNAPSHOT_HEADER_BYTES));
  if (header === undefined) return 'no valid snapshot header';
  if (header.version !== SNAPSHOT_VERSION) return `format version ${header.version} is not known here`;
  if (header.seq !== entry.seq) return `it was taken at ${header.seq}, not where its name says`;
  if (header.tableBytes > Math.min(MAX_TABLE_BYTES, entry.bytes - shortest)) return 'its table of sections is too long';
  return header;
}

function fillsFile(header: SnapshotHeader, table: readonly SectionEntry[], fileBytes: number): boolean {
  const sections = table.reduce((sum, section) => sum + section.bytes, 0);
  return SNAPSHOT_HEADER_BYTES + header.tableBytes + sections + HASH_BYTES === fileBytes;
}

async function withFile<T>(entry: SnapshotEntry, work: (reader: HashedRead) => Promise<T>): Promise<T> {
  const handle = await explain(`cannot open ${entry.file}`, open(entry.file, 'r'));
  try {
    return await work(new HashedRead(handle, entry.file));
  } finally {
    await handle.close();
  }
}

class HashedRead {
  private readonly hash = createHash('sha256');

  constructor(
    private readonly handle: FileHandle,
    private readonly file: string,
  ) {}

  /** From where the last one ended. */
  async take(bytes: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafeSlow(bytes);
    for (let at = 0; at < bytes; ) {
      const wanted = Math.min(SLICE_BYTES, bytes - at);
      const { bytesRead } = await explain(`cannot read ${this.file}`, this.handle.read(buffer, at, wanted));
      if (bytesRead === 0) throw new JournalUnavailable(`${this.file} became shorter while it was read`);
      this.hash.update(buffer.subarray(at, at + bytesRead));
      at += bytesRead;
    }
    return buffer;
  }

  /** Of everything taken so far. */
  digest(): Buffer {
    return this.hash.copy().digest();
  }
}
