import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal, readBatches, verifyChain } from '../src/index.js';
import { append, bodyOf, collect, folderOnDisk } from './kit.js';

const SMALL = { segmentBytes: 128 * 1024 };

async function startHolder(directory: string, inFlight = 1): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('./appending-process.mjs', import.meta.url));
  const child = spawn(process.execPath, [program, directory, String(inFlight), '300'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

test('a second process is refused and told who holds the folder', async () => {
  const directory = await folderOnDisk();
  const holder = await startHolder(directory);
  const refused = openJournal(directory, SMALL);
  await expect(refused).rejects.toMatchObject({ name: 'JournalLocked', code: 'journalLocked', pid: holder.pid });
  await expect(refused).rejects.toThrow(`in use by process ${holder.pid}`);
});

test('a holder that was killed does not block the next one', async () => {
  const directory = await folderOnDisk();
  const holder = await startHolder(directory);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await readFile(join(directory, 'lock'), 'utf8')).toContain(`${holder.pid}`);
  const { journal, recovery } = await openJournal(directory, SMALL);
  expect(recovery.nextSeq).toBeGreaterThan(0);
  await append(journal, bodyOf(10));
  await journal.close();
});

test('a second opening in the same process is refused too, until the first is closed', async () => {
  const directory = await folderOnDisk();
  const first = await openJournal(directory, SMALL);
  await expect(openJournal(directory, SMALL)).rejects.toMatchObject({ pid: process.pid });
  await first.journal.close();
  const second = await openJournal(directory, SMALL);
  await second.journal.close();
});

test('an unreadable lock file is only a missing name', async () => {
  const directory = await folderOnDisk();
  const { journal } = await openJournal(directory, SMALL);
  await writeFile(join(directory, 'lock'), '{"pid":');
  await expect(openJournal(directory, SMALL)).rejects.toThrow('in use by another process');
  await journal.close();
});

test('an opening that fails gives the folder back', async () => {
  const directory = await folderOnDisk();
  await expect(openJournal(directory, { ...SMALL, storage: brokenStorage })).rejects.toThrow('no storage today');
  const { journal } = await openJournal(directory, SMALL);
  await journal.close();
});

const brokenStorage = {
  prepare: () => Promise.reject(new Error('no storage today')),
  open: () => Promise.reject(new Error('no storage today')),
};

test('readers work beside a writer in another process and see an unbroken prefix that grows', async () => {
  const directory = await folderOnDisk();
  const writer = await startHolder(directory, 4);
  let seen = 0;
  for (let round = 0; round < 8; round++) {
    const batches = await collect(directory);
    const records = batches.reduce((sum, batch) => sum + batch.count, 0);
    expect(records).toBeGreaterThanOrEqual(seen);
    seen = records;
    const { damage, nextSeq } = await verifyChain(directory);
    expect(damage).toBeUndefined();
    expect(nextSeq).toBeGreaterThanOrEqual(seen);
  }
  expect(seen).toBeGreaterThan(0);
  writer.kill('SIGKILL');
});

test('a reader that stops early leaves no file open', async () => {
  const directory = await folderOnDisk();
  const { journal } = await openJournal(directory, SMALL);
  for (let at = 0; at < 10; at++) await append(journal, bodyOf(100, at));
  const { readdir } = await import('node:fs/promises');
  const openFiles = async (): Promise<number> => (await readdir('/proc/self/fd')).length;
  const before = await openFiles();
  for (let round = 0; round < 50; round++) {
    for await (const batch of readBatches(directory)) if (batch.firstSeq === 3) break;
  }
  expect(await openFiles()).toBeLessThan(before + 10);
  await journal.close();
});
