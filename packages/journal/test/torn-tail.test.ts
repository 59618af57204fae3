import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { openJournal, type TornTail, verifyChain } from '../src/index.js';
import {
  append,
  bodiesIn,
  bodyOf,
  closedLog,
  collect,
  crashedLog,
  firstSegment,
  flipBit,
  hex,
  imageOf,
  overwrite,
  positionsOf,
  temporaryFolder,
  truncateFile,
} from './kit.js';

const SMALL = { segmentBytes: 8 * 1024 };
const BODIES = [bodyOf(60, 1), bodyOf(90, 2), bodyOf(13, 3)];
const KEPT = BODIES.slice(0, 2).map(hex);
const LAST = positionsOf(BODIES)[2] as { start: number; end: number };

/** Opens the damaged folder, expects the last batch to be cut, and goes on from there. */
async function expectCut(directory: string): Promise<TornTail> {
  expect((await verifyChain(directory)).tail).toBe('torn');
  expect(await bodiesIn(directory)).toEqual(KEPT);
  const file = await readFile(firstSegment(directory));
  const { journal, recovery } = await openJournal(directory, SMALL);
  const tail = recovery.tornTail as TornTail;
  expect(tail).toMatchObject({ file: firstSegment(directory), position: LAST.start, seq: 2 });
  expect(await readFile(tail.savedAs)).toEqual(file.subarray(LAST.start, LAST.start + tail.bytes));
  expect(file.subarray(LAST.start + tail.bytes).every((byte) => byte === 0)).toBe(true);
  expect(recovery.nextSeq).toBe(2);
  await append(journal, bodyOf(20, 9));
  await journal.close();
  expect(await bodiesIn(directory)).toEqual([...KEPT, hex(bodyOf(20, 9))]);
  expect(await verifyChain(directory)).toMatchObject({ tail: 'sealed', nextSeq: 3 });
  return tail;
}

describe('an interrupted write of the last batch is cut and reported, at every byte', () => {
  const everyByte = Array.from({ length: LAST.end - LAST.start - 1 }, (_, at) => LAST.start + 1 + at);

  test('the file ends there', async () => {
    const crashed = await crashedLog(BODIES, SMALL);
    for (const at of everyByte) {
      const directory = await imageOf(crashed);
      await truncateFile(firstSegment(directory), at);
      expect((await expectCut(directory)).looksInterrupted).toBe(true);
    }
  });

  test('zeros follow from there', async () => {
    const crashed = await crashedLog(BODIES, SMALL);
    for (const at of everyByte.filter((position) => position < LAST.end - 3)) {
      const directory = await imageOf(crashed);
      await overwrite(firstSegment(directory), at, Buffer.alloc(LAST.end - at));
      await expectCut(directory);
    }
  });

  test('garbage follows from there, which no interrupted write leaves, and the report says so', async () => {
    const crashed = await crashedLog(BODIES, SMALL);
    const padding = 3;
    for (const at of everyByte.filter((position) => position < LAST.end - padding)) {
      const directory = await imageOf(crashed);
      const garbage = randomBytes(LAST.end - at).map((byte) => byte | 1);
      await overwrite(firstSegment(directory), at, garbage);
      expect((await expectCut(directory)).looksInterrupted).toBe(false);
    }
  });

  test('the file ends exactly before the last batch: that cannot be seen, and appending goes on', async () => {
    const directory = await crashedLog(BODIES, SMALL);
    await truncateFile(firstSegment(directory), LAST.start);
    const { journal, recovery } = await openJournal(directory, SMALL);
    expect(recovery).toMatchObject({ nextSeq: 2, tornTail: undefined });
    await append(journal, bodyOf(500, 9));
    await journal.close();
    expect(await bodiesIn(directory)).toEqual([...KEPT, hex(bodyOf(500, 9))]);
  });
});

test('any subset of the sectors of a large last batch may be missing', async () => {
  const sector = 512;
  const bodies = [bodyOf(60, 1), bodyOf(90, 2), bodyOf(3000, 3)];
  const crashed = await crashedLog(bodies, SMALL);
  const [start, end] = [LAST.start, positionsOf(bodies)[2]?.end as number];
  const boundaries = [start, 512, 1024, 1536, 2048, 2560, 3072, 3584, end].filter((at) => at >= start && at <= end);
  for (let lost = 1; lost < 2 ** (boundaries.length - 1); lost++) {
    const directory = await imageOf(crashed);
    for (const [at, from] of boundaries.slice(0, -1).entries()) {
      if (lost & (1 << at)) await overwrite(firstSegment(directory), from, Buffer.alloc(Math.min(sector, end - from)));
    }
    const { journal, recovery } = await openJournal(directory, SMALL);
    expect(recovery.nextSeq).toBe(2);
    const isAllGone = lost === 2 ** (boundaries.length - 1) - 1;
    if (isAllGone) expect(recovery.tornTail).toBeUndefined();
    else expect(recovery.tornTail).toMatchObject({ looksInterrupted: true, position: start });
    await journal.close();
  }
});

test('of several batches in one interrupted write, whole later ones go with the torn one: none was acknowledged', async () => {
  const live = await temporaryFolder();
  const { journal } = await openJournal(live, SMALL);
  await append(journal, BODIES[0] as Uint8Array);
  await Promise.all([600, 600, 600].map((bytes, at) => append(journal, bodyOf(bytes, at))));
  const crashed = await imageOf(live);
  await journal.close();
  const second = positionsOf([BODIES[0] as Uint8Array, bodyOf(600)])[1] as { start: number; end: number };
  await overwrite(firstSegment(crashed), second.start, Buffer.alloc(100));
  const { journal: reopened, recovery } = await openJournal(crashed, SMALL);
  expect(recovery).toMatchObject({ nextSeq: 1, tornTail: { position: second.start, looksInterrupted: true } });
  await append(reopened, bodyOf(10));
  await reopened.close();
  expect((await collect(crashed)).map((batch) => batch.body.length)).toEqual([60, 10]);
});

test('a first write into a new segment that lost its beginning leaves a segment that has not begun', async () => {
  const bodies = [bodyOf(300, 1), bodyOf(300, 2), bodyOf(300, 3)];
  const crashed = await crashedLog(bodies, { segmentBytes: 1024 });
  const second = firstSegment(crashed).replace('1.segment', '2.segment');
  await overwrite(second, 0, Buffer.alloc(200));
  const { journal, recovery } = await openJournal(crashed, { segmentBytes: 1024 });
  expect(recovery).toMatchObject({ nextSeq: 2, tornTail: { file: second, position: 0, looksInterrupted: true } });
  await append(journal, bodyOf(300, 4));
  await journal.close();
  expect(await bodiesIn(crashed)).toEqual([hex(bodyOf(300, 1)), hex(bodyOf(300, 2)), hex(bodyOf(300, 4))]);
});

test('a very first write that was torn leaves an empty journal and a report', async () => {
  const crashed = await crashedLog([bodyOf(300, 1)], SMALL);
  await overwrite(firstSegment(crashed), 0, Buffer.alloc(128));
  const { journal, recovery } = await openJournal(crashed, SMALL);
  expect(recovery).toMatchObject({ created: false, nextSeq: 0, tornTail: { position: 0, seq: 0 } });
  await append(journal, bodyOf(10));
  await journal.close();
  expect(await bodiesIn(crashed)).toEqual([hex(bodyOf(10))]);
});

test('cut bytes of the same place are all kept', async () => {
  const directory = await crashedLog(BODIES, SMALL);
  const saved = new Set<string>();
  for (let round = 0; round < 3; round++) {
    await overwrite(firstSegment(directory), LAST.start, bodyOf(50, round));
    const { recovery, journal } = await openJournal(directory, SMALL);
    saved.add(recovery.tornTail?.savedAs as string);
    // Left without closing properly: a seal would end the log here.
    await imageOf(directory);
    await journal.close();
    await overwrite(firstSegment(directory), LAST.start, Buffer.alloc(400));
  }
  expect(saved.size).toBe(3);
});

describe('a flipped bit in the last batch', () => {
  test('after a crash is cut, with the warning that it may have been acknowledged', async () => {
    const crashed = await crashedLog(BODIES, SMALL);
    for (let at = LAST.start; at < LAST.end; at += 5) {
      const directory = await imageOf(crashed);
      await flipBit(firstSegment(directory), at, at % 8);
      expect((await expectCut(directory)).looksInterrupted).toBe(false);
    }
  });

  test('after a clean close is damage: the seal proves that the batch was durable', async () => {
    const directory = await closedLog(BODIES, SMALL);
    for (let at = LAST.start; at < LAST.end; at += 5) {
      const undo = await flipBit(firstSegment(directory), at, at % 8);
      await expect(openJournal(directory, SMALL)).rejects.toMatchObject({ position: LAST.start, seq: 2 });
      await undo();
    }
  });

  test('a damaged seal costs nothing but the seal', async () => {
    const closed = await closedLog(BODIES, SMALL);
    for (let at = LAST.end; at < LAST.end + 80; at += 3) {
      const directory = await imageOf(closed);
      await flipBit(firstSegment(directory), at, at % 8);
      const { journal, recovery } = await openJournal(directory, SMALL);
      expect(recovery).toMatchObject({ nextSeq: 3, sealed: false, tornTail: { position: LAST.end } });
      await journal.close();
      expect(await bodiesIn(directory)).toEqual(BODIES.map(hex));
    }
  });
});
