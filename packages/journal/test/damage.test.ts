import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { segmentsFolder } from '../src/files/folder.js';
import { batchRecordBytes } from '../src/format/record.js';
import { SEGMENT_HEADER_BYTES } from '../src/format/segment-header.js';
import { JournalDamaged, openJournal, readBatches, verifyChain, writeSnapshot } from '../src/index.js';
import {
  append,
  bodiesIn,
  bodyOf,
  closedLog,
  crashedLog,
  firstSegment,
  flipBit,
  hex,
  imageOf,
  overwrite,
  seqOf,
  temporaryFolder,
  truncateFile,
} from './kit.js';

const TINY = { segmentBytes: 1024 };
const BODY_BYTES = 77;
const RECORD_BYTES = batchRecordBytes(BODY_BYTES);
const PER_SEGMENT = Math.floor((TINY.segmentBytes - SEGMENT_HEADER_BYTES - 80) / RECORD_BYTES);
const BODIES = Array.from({ length: 3 * PER_SEGMENT - 1 }, (_, at) => bodyOf(BODY_BYTES, at + 1));

const segment = (directory: string, ordinal: number): string =>
  firstSegment(directory).replace('1.segment', `${ordinal}.segment`);

async function contentHash(directory: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(segmentsFolder(directory))).sort()) {
    hash.update(name).update(await readFile(join(segmentsFolder(directory), name)));
  }
  return hash.digest('hex');
}

async function readUntilDamage(directory: string): Promise<number> {
  let records = 0;
  try {
    for await (const batch of readBatches(directory)) records += batch.count;
  } catch (error) {
    if (error instanceof JournalDamaged) return records;
    throw error;
  }
  throw new Error('the damage was not seen');
}

/** Where the record that covers this byte begins, and which record it is. */
function damageOf(ordinal: number, position: number): { position: number; seq: number } {
  const inSegment = Math.floor((position - SEGMENT_HEADER_BYTES) / RECORD_BYTES);
  const isHeader = position < SEGMENT_HEADER_BYTES;
  const record = isHeader ? 0 : Math.min(PER_SEGMENT, inSegment);
  const seq = (ordinal - 1) * PER_SEGMENT + record;
  return { position: isHeader ? 0 : SEGMENT_HEADER_BYTES + record * RECORD_BYTES, seq };
}

describe('a flipped bit in the middle', () => {
  test('at any byte of a finished segment is found, with segment, byte position and record', async () => {
    const directory = await crashedLog(BODIES, TINY);
    for (const ordinal of [1, 2]) {
      // Every byte of one, a sample of the other.
      for (let at = 0; at < TINY.segmentBytes; at += ordinal === 2 ? 1 : 11) {
        const undo = await flipBit(segment(directory, ordinal), at, at % 8);
        const { damage, nextSeq } = await verifyChain(directory);
        const expected = damageOf(ordinal, at);
        if (at >= SEGMENT_HEADER_BYTES)
          expect(damage).toMatchObject({ file: segment(directory, ordinal), ...expected });
        else expect(damage).toBeInstanceOf(JournalDamaged);
        expect(nextSeq).toBeLessThanOrEqual(expected.seq);
        await undo();
      }
    }
    expect((await verifyChain(directory)).damage).toBeUndefined();
  });

  test('stops opening and reading, and nothing is changed', async () => {
    const directory = await crashedLog(BODIES, TINY);
    for (let at = SEGMENT_HEADER_BYTES; at < TINY.segmentBytes; at += 37) {
      const undo = await flipBit(segment(directory, 2), at, at % 8);
      const before = await contentHash(directory);
      const expected = damageOf(2, at);
      const refused = openJournal(directory, TINY);
      await expect(refused).rejects.toMatchObject({ name: 'JournalDamaged', code: 'journalDamaged', ...expected });
      await expect(refused).rejects.toThrow(/put a good copy of this file in its place/);
      expect(await contentHash(directory)).toBe(before);
      expect(await readUntilDamage(directory)).toBe(expected.seq);
      await undo();
    }
    const { journal } = await openJournal(directory, TINY);
    expect(journal.nextSeq).toBe(BODIES.length);
    await journal.close();
  });

  test('in the last segment is damage as soon as a later write followed', async () => {
    const directory = await crashedLog(BODIES, TINY);
    const lastStart = damageOf(3, 0).position + SEGMENT_HEADER_BYTES + (PER_SEGMENT - 2) * RECORD_BYTES;
    for (let at = 0; at < lastStart; at += 3) {
      const undo = await flipBit(segment(directory, 3), at, at % 8);
      await expect(openJournal(directory, TINY)).rejects.toBeInstanceOf(JournalDamaged);
      await undo();
    }
  });
});

describe('other ways to lose what was durable', () => {
  const losses: readonly (readonly [string, (directory: string) => Promise<void>, { seq: number }])[] = [
    ['a segment in the middle is gone', (at) => rm(segment(at, 2)), { seq: PER_SEGMENT }],
    [
      'a segment in the middle is empty',
      (at) => overwrite(segment(at, 2), 0, Buffer.alloc(1024)),
      { seq: PER_SEGMENT },
    ],
    ['two segments were swapped', swapSegments, { seq: 2 * PER_SEGMENT }],
    [
      'a batch in the middle was zeroed',
      (at) => overwrite(segment(at, 2), 80, Buffer.alloc(RECORD_BYTES)),
      { seq: PER_SEGMENT },
    ],
    [
      'the end of a finished segment was zeroed',
      (at) => overwrite(segment(at, 1), 80 + RECORD_BYTES, Buffer.alloc(900)),
      { seq: 1 },
    ],
    [
      'the start of the last segment was zeroed',
      (at) => overwrite(segment(at, 3), 0, Buffer.alloc(200)),
      { seq: 2 * PER_SEGMENT },
    ],
  ];

  async function swapSegments(directory: string): Promise<void> {
    await rename(segment(directory, 1), segment(directory, 9));
    await rename(segment(directory, 3), segment(directory, 1));
    await rename(segment(directory, 9), segment(directory, 3));
  }

  test.each(losses)('%s', async (_name, lose, expected) => {
    const directory = await crashedLog(BODIES, TINY);
    await lose(directory);
    const before = await contentHash(directory);
    await expect(openJournal(directory, TINY)).rejects.toMatchObject({ name: 'JournalDamaged', ...expected });
    expect((await verifyChain(directory)).damage).toMatchObject(expected);
    expect(await contentHash(directory)).toBe(before);
  });

  test('a segment of another journal with the same numbers does not pass', async () => {
    const directory = await crashedLog(BODIES, TINY);
    const other = await crashedLog(
      BODIES.map((_, at) => bodyOf(BODY_BYTES, 1000 + at)),
      TINY,
    );
    await rm(segment(directory, 2));
    await rename(segment(other, 2), segment(directory, 2));
    await expect(openJournal(directory, TINY)).rejects.toMatchObject({ seq: PER_SEGMENT });
  });

  test('a log that ends before its newest snapshot has lost its end', async () => {
    const directory = await closedLog(BODIES, TINY);
    const { nextSeq, headHash } = await verifyChain(directory);
    const sections = new Map([['state', bodyOf(10)]]);
    await writeSnapshot(directory, { seq: nextSeq, timeUs: 0 as never, headHash, stateHash: bodyOf(32), sections });
    await rm(segment(directory, 3));
    const refused = openJournal(directory, TINY);
    await expect(refused).rejects.toMatchObject({ name: 'JournalDamaged', seq: 2 * PER_SEGMENT });
    await expect(refused).rejects.toThrow(/a snapshot was taken at/);
  });
});

test('with validateFrom, damage in older segments is left to whoever reads them', async () => {
  const directory = await closedLog(BODIES, TINY);
  await flipBit(segment(directory, 1), 300, 3);
  await expect(openJournal(directory, TINY)).rejects.toBeInstanceOf(JournalDamaged);
  const { journal, recovery } = await openJournal(directory, { ...TINY, validateFrom: seqOf(2 * PER_SEGMENT + 1) });
  expect(recovery).toMatchObject({ nextSeq: BODIES.length, validatedBatches: PER_SEGMENT - 1 });
  await journal.close();
  expect((await verifyChain(directory)).damage).toMatchObject({ file: segment(directory, 1) });
});

test('a good copy of the damaged file is all that it takes to go on', async () => {
  const directory = await closedLog(BODIES, TINY);
  const backup = await imageOf(directory);
  await flipBit(segment(directory, 2), 500, 0);
  await expect(openJournal(directory, TINY)).rejects.toBeInstanceOf(JournalDamaged);
  await rename(segment(backup, 2), segment(directory, 2));
  const { journal } = await openJournal(directory, TINY);
  await append(journal, bodyOf(5));
  await journal.close();
  expect(await bodiesIn(directory)).toEqual([...BODIES, bodyOf(5)].map(hex));
});

test('without a copy the log can be cut by hand where the message says, and goes on from there', async () => {
  const directory = await closedLog(BODIES, TINY);
  await flipBit(segment(directory, 2), 500, 0);
  const { damage } = await verifyChain(directory);
  await truncateFile(damage?.file as string, damage?.position as number);
  await rm(segment(directory, 3));
  const { journal, recovery } = await openJournal(directory, TINY);
  expect(recovery).toMatchObject({ nextSeq: damage?.seq, tornTail: undefined });
  await append(journal, bodyOf(300, 9));
  await append(journal, bodyOf(30, 9));
  await journal.close();
  const kept = BODIES.slice(0, damage?.seq);
  expect(await bodiesIn(directory)).toEqual([...kept, bodyOf(300, 9), bodyOf(30, 9)].map(hex));
});

test('a body that imitates a record proves nothing: records carry a secret of their segment', async () => {
  const forged = await forgedRecord();
  const directory = await crashedLog([bodyOf(60, 1), forged], { segmentBytes: 8192 });
  // The sector with the batch header is lost, the one with the forged body is not.
  await overwrite(firstSegment(directory), 80 + batchRecordBytes(60), Buffer.alloc(80));
  const { journal, recovery } = await openJournal(directory, { segmentBytes: 8192 });
  expect(recovery).toMatchObject({ nextSeq: 1, tornTail: { seq: 1 } });
  await journal.close();
});

/** A valid record of another log, which claims that everything far and wide was durable. */
async function forgedRecord(): Promise<Uint8Array> {
  const other = await temporaryFolder();
  const { journal } = await openJournal(other, { segmentBytes: 8192 });
  for (let at = 0; at < 20; at++) await append(journal, bodyOf(100, at));
  const bytes = await readFile(firstSegment(other));
  await journal.close();
  const last = 80 + 19 * batchRecordBytes(100);
  return bytes.subarray(last, last + batchRecordBytes(100));
}
