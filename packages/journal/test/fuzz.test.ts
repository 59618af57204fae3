import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TimeUs } from '@glasshouse/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { segmentsFolder, snapshotsFolder } from '../src/files/folder.js';
import {
  JournalError,
  openJournal,
  readBatches,
  readNewestValidSnapshot,
  verifyChain,
  writeSnapshot,
} from '../src/index.js';
import { append, bodyOf, closedLog, hex, seqOf, temporaryFolder } from './kit.js';

const RUNS = Number(process.env['GLASSHOUSE_FUZZ_RUNS'] ?? 80);
const SMALL = { segmentBytes: 4096 };

/** Every way in, on a folder with these files. Only errors that this package throws on purpose may come out. */
async function useEverything(directory: string): Promise<void> {
  await tolerate(async () => {
    for await (const batch of readBatches(directory)) expect(batch.body.length).toBeLessThan(10_000);
  });
  await tolerate(() => verifyChain(directory));
  await tolerate(() => readNewestValidSnapshot(directory));
  await tolerate(async () => {
    const { journal } = await openJournal(directory, SMALL);
    await append(journal, bodyOf(20));
    await journal.close();
    expect((await verifyChain(directory)).tail).toBe('sealed');
  });
}

async function tolerate(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
  }
}

const segmentNames = fc.constantFrom('00000001.segment', '00000002.segment', '00000003.segment', '00000009.segment');
const snapshotNames = fc.constantFrom('0000000000000000.snapshot', '0000000000000007.snapshot');
const magicWords = fc.constantFrom('GLASSJRN', 'GHBT', 'GHSL', 'GLASSNAP').map((word) => Buffer.from(word));
const randomBytes = fc.array(fc.oneof(fc.uint8Array({ maxLength: 400 }), magicWords), { maxLength: 12 });
const randomFile = randomBytes.map((parts) => Buffer.concat(parts));

describe('whatever bytes a folder holds, there are typed errors and no crash', () => {
  test('random bytes under the names of segments and snapshots', async () => {
    const segments = fc.dictionary(segmentNames, randomFile, { maxKeys: 3 });
    const snapshots = fc.dictionary(snapshotNames, randomFile, { maxKeys: 2 });
    await fc.assert(
      fc.asyncProperty(segments, snapshots, async (segmentFiles, snapshotFiles) => {
        const directory = await temporaryFolder();
        await mkdir(segmentsFolder(directory));
        await mkdir(snapshotsFolder(directory));
        for (const [name, bytes] of Object.entries(segmentFiles))
          await writeFile(join(segmentsFolder(directory), name), bytes);
        for (const [name, bytes] of Object.entries(snapshotFiles)) {
          await writeFile(join(snapshotsFolder(directory), name), bytes);
        }
        await useEverything(directory);
      }),
      { numRuns: RUNS },
    );
  });

  test('a sound log with some of its bytes replaced is read up to the damage, and nothing untrue is read', async () => {
    const { files, hashes } = await soundFolder();
    const names = [...files.keys()];
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 });
    const change = fc.record({
      name: fc.constantFrom(...names),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const directory = await temporaryFolder();
        const changed = new Map([...files].map(([name, contents]) => [name, Buffer.from(contents)]));
        for (const { name, share, bytes } of changes) {
          const target = changed.get(name) as Buffer;
          Buffer.from(bytes).copy(target, Math.floor(share * (target.length - 1)));
        }
        for (const folder of ['segments', 'snapshots']) await mkdir(join(directory, folder));
        for (const [name, contents] of changed) await writeFile(join(directory, name), contents);
        await tolerate(async () => {
          for await (const batch of readBatches(directory)) expect(hashes).toContain(hex(batch.hash));
        });
        await useEverything(directory);
      }),
      { numRuns: RUNS },
    );
  });
});

/** The files of a log of several segments with a snapshot, and the hashes of its batches. */
async function soundFolder(): Promise<{ files: Map<string, Buffer>; hashes: Set<string> }> {
  const bodies = Array.from({ length: 20 }, (_, at) => bodyOf(50 + at * 20, at));
  const directory = await closedLog(bodies, { segmentBytes: 2048 });
  const { headHash } = await verifyChain(directory);
  const sections = new Map([['state', bodyOf(40)]]);
  await writeSnapshot(directory, { seq: seqOf(20), timeUs: 0 as TimeUs, headHash, stateHash: headHash, sections });
  const hashes = new Set<string>();
  for await (const batch of readBatches(directory)) hashes.add(hex(batch.hash));
  const files = new Map<string, Buffer>();
  for (const folder of [segmentsFolder(directory), snapshotsFolder(directory)]) {
    for (const name of await readdir(folder))
      files.set(join(basename(folder), name), await readFile(join(folder, name)));
  }
  return { files, hashes };
}

test('a length far beyond the file allocates nothing', async () => {
  const directory = await closedLog([bodyOf(100)], SMALL);
  const path = join(segmentsFolder(directory), '00000001.segment');
  const bytes = await readFile(path);
  const { crc32 } = await import('node:zlib');
  for (const length of [0xffffffff, 0x7fffffff, 16 * 1024 * 1024]) {
    bytes.writeUInt32LE(length, 80 + 76);
    bytes.writeUInt32LE(crc32(bytes.subarray(88, 160)), 84);
    await writeFile(path, bytes);
    const before = process.memoryUsage().arrayBuffers;
    await tolerate(() => verifyChain(directory));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  }
});

test('a file too large for a segment is refused before it is read', async () => {
  const directory = await temporaryFolder();
  await mkdir(segmentsFolder(directory));
  const path = join(segmentsFolder(directory), '00000001.segment');
  await writeFile(path, '');
  const { truncate } = await import('node:fs/promises');
  await truncate(path, 2 ** 40);
  await expect(verifyChain(directory)).rejects.toThrow(/no segment is that large/);
  await expect(openJournal(directory, SMALL)).rejects.toThrow(/no segment is that large/);
});
