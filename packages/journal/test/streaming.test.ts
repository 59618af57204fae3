import { expect, test } from 'vitest';
import { openJournal, readBatches } from '../src/index.js';
import { append, bodyOf, folderOnDisk } from './kit.js';

const MEGABYTES = Number(process.env['GLASSHOUSE_STREAM_MB'] ?? 160);

test(`reading ${MEGABYTES} MB holds a few megabytes at a time`, async () => {
  const directory = await folderOnDisk();
  const { journal } = await openJournal(directory);
  const body = bodyOf(256 * 1024);
  for (let written = 0; written < MEGABYTES; written += 4) {
    await Promise.all(Array.from({ length: 16 }, () => append(journal, body, 1000)));
  }
  await journal.close();
  let bytes = 0;
  let highest = 0;
  const before = process.memoryUsage().arrayBuffers;
  for await (const batch of readBatches(directory)) {
    bytes += batch.body.length;
    highest = Math.max(highest, process.memoryUsage().arrayBuffers - before);
  }
  expect(bytes).toBeGreaterThanOrEqual(MEGABYTES * 1024 * 1024);
  expect(highest).toBeLessThan(100 * 1024 * 1024);
});
