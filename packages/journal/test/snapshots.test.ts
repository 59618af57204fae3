import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TimeUs } from '@glasshouse/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { snapshotsFolder } from '../src/files/folder.js';
import {
  listSnapshots,
  openJournal,
  pruneSnapshots,
  readNewestValidSnapshot,
  type Snapshot,
  writeSnapshot,
} from '../src/index.js';
import { bodyOf, flipBit, hex, seqOf, temporaryFolder, truncateFile } from './kit.js';

function snapshotAt(seq: number, sections: Record<string, Uint8Array> = { state: bodyOf(300, seq + 1) }): Snapshot {
  return {
    seq: seqOf(seq),
    timeUs: Math.floor(seq / 2) as TimeUs,
    headHash: bodyOf(32, seq + 2),
    stateHash: bodyOf(32, seq + 3),
    sections: new Map(Object.entries(sections)),
  };
}

async function newestSeq(directory: string, maxSeq?: number): Promise<number | undefined> {
  const { snapshot } = await readNewestValidSnapshot(directory, maxSeq === undefined ? {} : { maxSeq });
  return snapshot?.seq;
}

describe('snapshots', () => {
  test('come back as they were written, whatever the sections hold', async () => {
    const sections = fc.dictionary(fc.string({ minLength: 1 }), fc.uint8Array({ maxLength: 5000 }), { maxKeys: 6 });
    await fc.assert(
      fc.asyncProperty(sections, fc.maxSafeNat(), async (contents, seq) => {
        const directory = await temporaryFolder();
        const written = snapshotAt(seq, contents);
        await writeSnapshot(directory, written);
        const { snapshot, skipped } = await readNewestValidSnapshot(directory);
        expect(skipped).toEqual([]);
        expect({ ...snapshot, sections: undefined }).toMatchObject({ seq, timeUs: written.timeUs });
        expect(hex(snapshot?.headHash as Uint8Array)).toBe(hex(written.headHash));
        expect(hex(snapshot?.stateHash as Uint8Array)).toBe(hex(written.stateHash));
        expect([...(snapshot?.sections ?? [])].map(([name, bytes]) => [name, hex(bytes)])).toEqual(
          [...written.sections].map(([name, bytes]) => [name, hex(bytes)]),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('a section larger than one write comes back', async () => {
    const directory = await temporaryFolder();
    const large = bodyOf(3 * 1024 * 1024 + 17);
    const entry = await writeSnapshot(directory, snapshotAt(7, { small: bodyOf(3), large }));
    const { snapshot } = await readNewestValidSnapshot(directory);
    expect(Buffer.compare(snapshot?.sections.get('large') as Uint8Array, large)).toBe(0);
    expect(await listSnapshots(directory)).toEqual([entry]);
  });

  test('the newest one is read, or the newest up to a record', async () => {
    const directory = await temporaryFolder();
    expect(await newestSeq(directory)).toBeUndefined();
    for (const seq of [1000, 20, 300]) await writeSnapshot(directory, snapshotAt(seq));
    expect((await listSnapshots(directory)).map((entry) => entry.seq)).toEqual([1000, 300, 20]);
    expect(await newestSeq(directory)).toBe(1000);
    expect(await newestSeq(directory, 999)).toBe(300);
    expect(await newestSeq(directory, 19)).toBeUndefined();
  });

  test('with any bit flipped or cut at any length, one is passed over with a reason for the one before it', async () => {
    const directory = await temporaryFolder();
    await writeSnapshot(directory, snapshotAt(10));
    const { file, bytes } = await writeSnapshot(directory, snapshotAt(20));
    for (let at = 0; at < bytes; at++) {
      const undo = await flipBit(file, at, at % 8);
      const { snapshot, skipped } = await readNewestValidSnapshot(directory);
      expect(snapshot?.seq).toBe(10);
      expect(skipped).toEqual([{ file, reason: expect.stringMatching(/\w+/) }]);
      await undo();
    }
    expect(await newestSeq(directory)).toBe(20);
    for (let length = bytes - 1; length >= 0; length -= 3) {
      await truncateFile(file, length);
      expect(await newestSeq(directory)).toBe(10);
    }
  });

  test('under the name of another record is passed over', async () => {
    const directory = await temporaryFolder();
    const { file } = await writeSnapshot(directory, snapshotAt(20));
    await writeFile(file.replace('20.snapshot', '99.snapshot'), await readFile(file));
    const { snapshot, skipped } = await readNewestValidSnapshot(directory);
    expect(snapshot?.seq).toBe(20);
    expect(skipped.map((entry) => basename(entry.file))).toEqual(['0000000000000099.snapshot']);
  });

  test('a crash in the middle of writing leaves the old one, and opening the journal clears the rest away', async () => {
    const directory = await temporaryFolder();
    const { file } = await writeSnapshot(directory, snapshotAt(0));
    const half = (await readFile(file)).subarray(0, 200);
    await writeFile(join(snapshotsFolder(directory), '0000000000000040.snapshot.unfinished'), half);
    expect(await newestSeq(directory)).toBe(0);
    const { journal } = await openJournal(directory, { segmentBytes: 4096 });
    expect(await readdir(snapshotsFolder(directory))).toEqual([basename(file)]);
    await journal.close();
  });

  test('a failed write leaves nothing behind and says why', async () => {
    const directory = await temporaryFolder();
    await mkdir(join(snapshotsFolder(directory), '0000000000000005.snapshot'), { recursive: true });
    await expect(writeSnapshot(directory, snapshotAt(5))).rejects.toMatchObject({ name: 'JournalUnavailable' });
    expect(await readdir(snapshotsFolder(directory))).toEqual(['0000000000000005.snapshot']);
  });

  test('pruning keeps the newest', async () => {
    const directory = await temporaryFolder();
    for (const seq of [10, 20, 30, 40]) await writeSnapshot(directory, snapshotAt(seq));
    expect((await pruneSnapshots(directory, 2)).map((entry) => entry.seq)).toEqual([20, 10]);
    expect((await listSnapshots(directory)).map((entry) => entry.seq)).toEqual([40, 30]);
    expect(await pruneSnapshots(directory, 2)).toEqual([]);
  });
});
