import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { TimeUs } from '@glasshouse/units';
import { describe, expect, test } from 'vitest';
import { diskStorage, JournalRefused, openJournal, type SegmentStorage, verifyChain } from '../src/index.js';
import {
  append,
  appendEach,
  bodiesIn,
  bodyOf,
  closedLog,
  collect,
  firstSegment,
  folderOnDisk,
  hex,
  nextBatch,
  seqOf,
} from './kit.js';

const SMALL = { segmentBytes: 16 * 1024 };

describe('append and read', () => {
  test('batches come back as they were appended, also after closing and opening again', async () => {
    const directory = await folderOnDisk();
    const first = await openJournal(directory, SMALL);
    expect(first.recovery).toMatchObject({ created: true, nextSeq: 0, sealed: false });
    await append(first.journal, bodyOf(100, 1), 3);
    await first.journal.close();
    const second = await openJournal(directory, SMALL);
    expect(second.recovery).toMatchObject({ created: false, nextSeq: 3, sealed: true, validatedRecords: 3 });
    await append(second.journal, bodyOf(50, 2), 2);
    await second.journal.close();
    const batches = await collect(directory);
    expect(batches.map(({ firstSeq, count, timeUs }) => ({ firstSeq, count, timeUs }))).toEqual([
      { firstSeq: 0, count: 3, timeUs: 10 },
      { firstSeq: 3, count: 2, timeUs: 20 },
    ]);
    expect(batches.map((batch) => hex(batch.body))).toEqual([hex(bodyOf(100, 1)), hex(bodyOf(50, 2))]);
  });

  test('the chain can be recomputed from what the format page says', async () => {
    const directory = await closedLog([bodyOf(10, 1), bodyOf(0), bodyOf(33, 3)], SMALL);
    let previous = Buffer.alloc(32);
    for (const { firstSeq, timeUs, count, body, previousHash, hash } of await collect(directory)) {
      const numbers = Buffer.alloc(24);
      numbers.writeBigUInt64LE(BigInt(firstSeq), 0);
      numbers.writeBigUInt64LE(BigInt(timeUs), 8);
      numbers.writeUInt32LE(count, 16);
      numbers.writeUInt32LE(body.length, 20);
      expect(hex(previousHash)).toBe(hex(previous));
      previous = createHash('sha256').update(previous).update(numbers).update(body).digest();
      expect(hex(hash)).toBe(hex(previous));
    }
    expect(hex((await verifyChain(directory)).headHash)).toBe(hex(previous));
  });

  test('the chain does not depend on how writes were grouped or how large segments are', async () => {
    const bodies = Array.from({ length: 40 }, (_, at) => bodyOf(20 + at * 7, at));
    const oneByOne = await closedLog(bodies, SMALL);
    const together = await folderOnDisk();
    const { journal } = await openJournal(together, { segmentBytes: 2048 });
    await Promise.all(bodies.map((body) => append(journal, body)));
    await journal.close();
    const [left, right] = [await verifyChain(oneByOne), await verifyChain(together)];
    expect(right.segments).toBeGreaterThan(left.segments);
    expect(hex(right.headHash)).toBe(hex(left.headHash));
    expect(await bodiesIn(together)).toEqual(await bodiesIn(oneByOne));
  });

  test('what is appended while a write is in flight shares the next write and its sync', async () => {
    const sizes: number[] = [];
    const counting: SegmentStorage = {
      prepare: diskStorage.prepare,
      async open(path) {
        const writer = await diskStorage.open(path);
        return {
          close: () => writer.close(),
          write: (bytes, position) => {
            sizes.push(bytes.length);
            return writer.write(bytes, position);
          },
        };
      },
    };
    const { journal } = await openJournal(await folderOnDisk(), { ...SMALL, storage: counting });
    const first = append(journal, bodyOf(8));
    await Promise.resolve();
    await Promise.resolve();
    const rest = Array.from({ length: 20 }, () => append(journal, bodyOf(8)));
    await first;
    expect(journal.durableSeq).toBe(1);
    expect(journal.nextSeq).toBe(21);
    await Promise.all(rest);
    expect(journal.durableSeq).toBe(21);
    expect(sizes).toEqual([80 + 120, 20 * 120]);
    await journal.close();
  });

  test('acknowledgements come in order, each with the hash of its batch', async () => {
    const directory = await folderOnDisk();
    const { journal } = await openJournal(directory, { segmentBytes: 4096 });
    const order: number[] = [];
    const hashes = await Promise.all(
      Array.from({ length: 50 }, async (_, at) => {
        const hash = await append(journal, bodyOf(100, at));
        order.push(at);
        return hex(hash);
      }),
    );
    expect(order).toEqual(order.toSorted((left, right) => left - right));
    expect(hex(journal.headHash)).toBe(hashes.at(-1));
    await journal.close();
    expect((await collect(directory)).map((batch) => hex(batch.hash))).toEqual(hashes);
  });

  test('the caller may reuse the body as soon as append has returned', async () => {
    const directory = await folderOnDisk();
    const { journal } = await openJournal(directory, SMALL);
    const body = bodyOf(64, 5);
    const before = hex(body);
    const done = append(journal, body);
    body.fill(0);
    await done;
    await journal.close();
    expect(await bodiesIn(directory)).toEqual([before]);
  });

  test('a batch of no records moves the time and takes its place in the chain', async () => {
    const directory = await folderOnDisk();
    const { journal } = await openJournal(directory, SMALL);
    await append(journal, bodyOf(10), 2);
    await append(journal, new Uint8Array(0), 0);
    await append(journal, bodyOf(10), 1);
    await journal.close();
    const batches = await collect(directory);
    expect(batches.map((batch) => [batch.firstSeq, batch.count, batch.timeUs])).toEqual([
      [0, 2, 10],
      [2, 0, 20],
      [2, 1, 30],
    ]);
    expect((await collect(directory, { fromSeq: seqOf(2) })).map((batch) => batch.count)).toEqual([0, 1]);
    const reopened = await openJournal(directory, SMALL);
    expect(reopened.journal.lastTimeUs).toBe(30);
    await reopened.journal.close();
  });

  test('a segment is full-sized from the start, so that a sync has no new blocks to record', async () => {
    const directory = await folderOnDisk();
    const { journal } = await openJournal(directory, SMALL);
    const found = await stat(firstSegment(directory));
    expect(found.size).toBe(SMALL.segmentBytes);
    expect(found.blocks * 512).toBeGreaterThanOrEqual(SMALL.segmentBytes);
    await journal.close();
  });
});

describe('what append refuses, leaving the journal as it was', () => {
  const refusals = [
    ['a gap in the record numbers', 'notNextSeq', { firstSeq: seqOf(5) }],
    ['a record number that was used', 'notNextSeq', { firstSeq: seqOf(0) }],
    ['a time before the last one', 'timeBackwards', { timeUs: 9 as TimeUs }],
    ['a body beyond the limit', 'batchTooLarge', { body: bodyOf(1001) }],
    ['a negative count', 'malformed', { count: -1 }],
    ['half a record', 'malformed', { count: 0.5 }],
    ['more records than the format can count', 'malformed', { count: 2 ** 32 }],
    ['a time that is no integer', 'malformed', { timeUs: Number.NaN as TimeUs }],
  ] as const;

  test.each(refusals)('%s', async (_name, refusal, change) => {
    const { journal } = await openJournal(await folderOnDisk(), { ...SMALL, maxBodyBytes: 1000 });
    await append(journal, bodyOf(10));
    const refused = journal.append({ ...nextBatch(journal, bodyOf(10)), ...change });
    await expect(refused).rejects.toMatchObject({ name: 'JournalRefused', refusal });
    expect(journal.nextSeq).toBe(1);
    await append(journal, bodyOf(1000));
    await journal.close();
  });

  test('more than the queue may hold', async () => {
    const { journal } = await openJournal(await folderOnDisk(), { ...SMALL, maxQueuedBytes: 3000 });
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => append(journal, bodyOf(1000))));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(4);
    for (const { reason } of refused) expect(reason).toMatchObject({ refusal: 'queueFull' });
    await append(journal, bodyOf(1000));
    expect(journal.nextSeq).toBe(3);
    await journal.close();
  });

  test('everything after close, and close may be called again', async () => {
    const { journal } = await openJournal(await folderOnDisk(), SMALL);
    const last = append(journal, bodyOf(10));
    const closing = journal.close();
    await expect(append(journal, bodyOf(10))).rejects.toBeInstanceOf(JournalRefused);
    await last;
    await closing;
    await journal.close();
  });
});

describe('where reading starts', () => {
  test('the batch that holds the record comes first', async () => {
    const directory = await folderOnDisk();
    const { journal } = await openJournal(directory, { segmentBytes: 1024 });
    for (let at = 0; at < 30; at++) await append(journal, bodyOf(40, at), 4);
    await journal.close();
    for (const fromSeq of [0, 1, 3, 4, 57, 100, 119]) {
      const [first] = await collect(directory, { fromSeq: seqOf(fromSeq) });
      expect(first?.firstSeq).toBe(fromSeq - (fromSeq % 4));
    }
    expect(await collect(directory, { fromSeq: seqOf(120) })).toEqual([]);
    expect(await collect(directory, { fromSeq: seqOf(5000) })).toEqual([]);
  });

  test('after a known head hash reading goes on with the very next batch, empty ones included', async () => {
    const directory = await folderOnDisk();
    const { journal } = await openJournal(directory, { segmentBytes: 1024 });
    const heads: { seq: number; hash: Uint8Array }[] = [{ seq: 0, hash: journal.headHash }];
    for (let at = 0; at < 30; at++) {
      const hash = await append(journal, bodyOf(at * 3, at), at % 3);
      heads.push({ seq: journal.nextSeq, hash });
    }
    await journal.close();
    for (const [at, { seq, hash }] of heads.entries()) {
      const rest = await collect(directory, { fromSeq: seqOf(seq), afterHash: hash });
      expect(rest.map((batch) => hex(batch.hash))).toEqual(heads.slice(at + 1).map((head) => hex(head.hash)));
    }
  });

  test('a head hash of another journal is refused', async () => {
    const directory = await closedLog([bodyOf(10)], SMALL);
    const read = collect(directory, { fromSeq: seqOf(1), afterHash: bodyOf(32) });
    await expect(read).rejects.toMatchObject({ name: 'JournalUnavailable' });
  });

  test('records whose segment was moved away are named', async () => {
    const directory = await folderOnDisk();
    const { journal } = await openJournal(directory, { segmentBytes: 1024 });
    await appendEach(
      journal,
      Array.from({ length: 20 }, (_, at) => bodyOf(100, at)),
    );
    await journal.close();
    const { rm } = await import('node:fs/promises');
    await rm(firstSegment(directory));
    await expect(collect(directory, { fromSeq: seqOf(0) })).rejects.toThrow(
      /begins with record \d+; record 0 was moved away/,
    );
    expect((await collect(directory, { fromSeq: seqOf(10) })).at(-1)?.firstSeq).toBe(19);
    const { journal: reopened } = await openJournal(directory, { segmentBytes: 1024 });
    expect(reopened.nextSeq).toBe(20);
    await reopened.close();
  });
});
