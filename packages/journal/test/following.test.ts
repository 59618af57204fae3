import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DurableReach, openJournal, readBatches } from '../src/index.js';
import { append, bodyOf, folderOnDisk, hex, temporaryFolder } from './kit.js';

const SMALL_SEGMENT = 64 * 1024;

async function follow(directory: string, reach: DurableReach, seen: string[], fromSeq = 0): Promise<void> {
  for await (const batch of readBatches(directory, { fromSeq: fromSeq as never, reach })) {
    expect(batch.firstSeq + batch.count, 'nothing is handed out before it is durable').toBeLessThanOrEqual(
      reach.durableSeq,
    );
    seen.push(hex(batch.body));
  }
}

test('a follower sees each batch once and in order, across segments, whatever it is told and when', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 30_000 }), tell: fc.boolean(), wait: fc.boolean() }), {
        minLength: 1,
        maxLength: 25,
      }),
      async (steps) => {
        const directory = await temporaryFolder();
        const { journal } = await openJournal(directory, { segmentBytes: SMALL_SEGMENT });
        const reach = new DurableReach();
        const seen: string[] = [];
        const following = follow(directory, reach, seen);
        const written: string[] = [];
        for (const [index, { bytes, tell, wait }] of steps.entries()) {
          const body = bodyOf(bytes, index + 1);
          written.push(hex(body));
          await append(journal, body, 3);
          if (tell) reach.advance(journal.durableSeq);
          if (wait) await new Promise((resolve) => setImmediate(resolve));
        }
        reach.advance(journal.durableSeq);
        while (seen.length < written.length) await new Promise((resolve) => setTimeout(resolve, 1));
        expect(seen).toEqual(written);
        reach.close();
        await following;
        await journal.close();
      },
    ),
    { numRuns: 25 },
  );
});

test('a follower that begins in the middle sees the batch that holds its first record, and what comes later', async () => {
  const directory = await folderOnDisk();
  const { journal } = await openJournal(directory);
  for (let seed = 1; seed <= 3; seed += 1) await append(journal, bodyOf(100, seed), 10);
  const reach = new DurableReach(journal.durableSeq);
  const seen: string[] = [];
  const following = follow(directory, reach, seen, 15);
  await append(journal, bodyOf(100, 4), 10);
  reach.advance(journal.durableSeq);
  while (seen.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  reach.close();
  await following;
  expect(seen).toEqual([2, 3, 4].map((seed) => hex(bodyOf(100, seed))));
  await journal.close();
});

test('who waits for what will not come is told so when the reach is closed', async () => {
  const reach = new DurableReach(5);
  const waits = [reach.covers(5), reach.covers(6), reach.covers(9)];
  reach.advance(6);
  reach.close();
  expect(await Promise.all(waits)).toEqual([true, true, false]);
  expect(await reach.covers(7)).toBe(false);
});
