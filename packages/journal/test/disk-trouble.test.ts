import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Journal, JournalFailed, openJournal, verifyChain } from '../src/index.js';
import { FailingDisk } from './failing-disk.js';
import { append, bodiesIn, bodyOf, closedLog, collect, hex, temporaryFolder } from './kit.js';

const SMALL = { segmentBytes: 4096 };

/** A file system of its own, for as long as the test runs; undefined where mounting is not allowed. */
async function mountedFolder(options: string): Promise<string | undefined> {
  const path = await temporaryFolder();
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'none', path]);
  if (status !== 0) return undefined;
  onTestFinished(() => void spawnSync('umount', ['-l', path]));
  return path;
}

describe('a full disk', () => {
  test('stops appends with ENOSPC, loses nothing acknowledged, and the journal opens again', async (context) => {
    const directory = await mountedFolder('size=200k');
    if (directory === undefined) return context.skip('mounting needs root');
    const options = { segmentBytes: 32 * 1024, onWarning: () => undefined };
    const { journal } = await openJournal(directory, options);
    const acknowledged: string[] = [];
    const failure = await appendUntilFailure(journal, acknowledged);
    expect(failure).toMatchObject({ name: 'JournalFailed', code: 'journalFailed', errno: 'ENOSPC' });
    await expect(append(journal, bodyOf(10))).rejects.toBe(failure);
    await journal.close();
    expect(await bodiesIn(directory)).toEqual(acknowledged);
    const reopened = await openJournal(directory, options);
    expect(reopened.recovery).toMatchObject({ nextSeq: acknowledged.length, tornTail: undefined });
    await reopened.journal.close();
    await writeFile(join(directory, 'unrelated'), '');
    spawnSync('mount', ['-o', 'remount,size=1m', directory]);
    const later = await openJournal(directory, options);
    await append(later.journal, bodyOf(1500, 7));
    await later.journal.close();
    expect(await bodiesIn(directory)).toEqual([...acknowledged, hex(bodyOf(1500, 7))]);
  });

  test('at the start is told with its code', async (context) => {
    const directory = await mountedFolder('size=64k');
    if (directory === undefined) return context.skip('mounting needs root');
    const refused = openJournal(directory, { segmentBytes: 1024 * 1024 });
    await expect(refused).rejects.toMatchObject({ name: 'JournalUnavailable', errno: 'ENOSPC' });
    const { journal } = await openJournal(directory, { segmentBytes: 16 * 1024 });
    await append(journal, bodyOf(10));
    await journal.close();
  });

  test('is warned of while the current segment still has room, and preparing is tried once more when it has none', async () => {
    const disk = new FailingDisk();
    disk.onPrepare = (preparation) => (preparation === 2 ? 'ENOSPC' : undefined);
    const warnings: Error[] = [];
    const { journal } = await openJournal(await temporaryFolder(), {
      ...SMALL,
      storage: disk,
      onWarning: (warning) => void warnings.push(warning),
    });
    for (let at = 0; at < 10; at++) await append(journal, bodyOf(900, at));
    expect(warnings.map((warning) => warning.message)).toEqual([expect.stringMatching(/cannot prepare .*ENOSPC/)]);
    expect(journal.durableSeq).toBe(10);
    await journal.close();
  });
});

async function appendUntilFailure(journal: Journal, acknowledged: string[]): Promise<unknown> {
  for (let at = 0; ; at++) {
    const body = bodyOf(1500, at);
    try {
      await append(journal, body);
    } catch (error) {
      return error;
    }
    acknowledged.push(hex(body));
  }
}

describe('a write or sync that fails', () => {
  const faults = [
    ['before anything was written', { code: 'EIO', written: 'nothing' }, 3],
    ['in the middle of the record', { code: 'EIO', written: 'half' }, 4],
    ['in the sync, with everything in the kernel', { code: 'EIO', written: 'all' }, 5],
    ['because the disk is full', { code: 'ENOSPC', written: 'half' }, 4],
  ] as const;

  test.each(faults)(
    '%s: the journal accepts nothing more and loses nothing acknowledged',
    async (_name, fault, kept) => {
      const directory = await temporaryFolder();
      const disk = new FailingDisk();
      const { journal } = await openJournal(directory, { ...SMALL, storage: disk });
      for (let at = 0; at < 3; at++) await append(journal, bodyOf(200, at));
      disk.onWrite = () => fault;
      const lost = append(journal, bodyOf(200, 3));
      const queued = append(journal, bodyOf(200, 4));
      await expect(lost).rejects.toMatchObject({ name: 'JournalFailed', errno: fault.code });
      await expect(queued).rejects.toBeInstanceOf(JournalFailed);
      disk.onWrite = () => undefined;
      const writesBefore = disk.writes;
      await expect(append(journal, bodyOf(200))).rejects.toBeInstanceOf(JournalFailed);
      await journal.close();
      expect(disk.writes).toBe(writesBefore);
      expect(journal.durableSeq).toBe(3);
      const reopened = await openJournal(directory, { ...SMALL, storage: disk });
      // What was not acknowledged may be there as well: two batches shared the write that failed.
      expect(reopened.recovery.nextSeq).toBe(kept);
      expect((await collect(directory)).slice(0, 3).map((batch) => hex(batch.body))).toEqual(
        [0, 1, 2].map((at) => hex(bodyOf(200, at))),
      );
      await append(reopened.journal, bodyOf(10));
      await reopened.journal.close();
      expect((await verifyChain(directory)).tail).toBe('sealed');
    },
  );

  test('what a failed sync left in the kernel is written out again at opening, before it counts as durable', async () => {
    const directory = await temporaryFolder();
    const disk = new FailingDisk();
    const { journal } = await openJournal(directory, { ...SMALL, storage: disk });
    await append(journal, bodyOf(200, 1));
    disk.onWrite = () => ({ code: 'EIO', written: 'all' });
    await expect(append(journal, bodyOf(200, 2))).rejects.toBeInstanceOf(JournalFailed);
    await journal.close();
    disk.onWrite = () => ({ code: 'EIO', written: 'nothing' });
    await expect(openJournal(directory, { ...SMALL, storage: disk })).rejects.toMatchObject({ errno: 'EIO' });
    disk.onWrite = () => undefined;
    const before = disk.writes;
    const reopened = await openJournal(directory, { ...SMALL, storage: disk });
    expect(disk.writes).toBe(before + 1);
    expect(reopened.recovery.nextSeq).toBe(2);
    await reopened.journal.close();
  });

  test('in the seal is told by close, and costs no batch', async () => {
    const directory = await temporaryFolder();
    const disk = new FailingDisk();
    const { journal } = await openJournal(directory, { ...SMALL, storage: disk });
    await append(journal, bodyOf(200, 1));
    disk.onWrite = () => ({ code: 'EIO', written: 'half' });
    await expect(journal.close()).rejects.toBeInstanceOf(JournalFailed);
    const reopened = await openJournal(directory, SMALL);
    expect(reopened.recovery).toMatchObject({ nextSeq: 1, sealed: false });
    await reopened.journal.close();
  });
});

describe('a folder that cannot be used', () => {
  test('read-only: opening says so with its code, reading works', async (context) => {
    const directory = await mountedFolder('size=1m');
    if (directory === undefined) return context.skip('mounting needs root');
    const { journal } = await openJournal(directory, SMALL);
    await append(journal, bodyOf(30));
    await journal.close();
    spawnSync('mount', ['-o', 'remount,ro', directory]);
    await expect(openJournal(directory, SMALL)).rejects.toMatchObject({ name: 'JournalUnavailable', errno: 'EROFS' });
    expect(await bodiesIn(directory)).toEqual([hex(bodyOf(30))]);
    expect((await verifyChain(directory)).damage).toBeUndefined();
  });

  test('without permission: opening says so with its code', async () => {
    const directory = await closedLog([bodyOf(30)], SMALL);
    await chmod(join(directory, 'lock'), 0o400);
    const refused = await asOrdinaryUser(() => openJournal(directory, SMALL).catch((error: unknown) => error));
    expect(refused).toMatchObject({ name: 'JournalUnavailable', errno: 'EACCES' });
  });

  test('a file where the folder should be', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, 'x');
    await expect(openJournal(path, SMALL)).rejects.toMatchObject({ name: 'JournalUnavailable' });
  });

  test('something else under the name of a segment', async () => {
    const directory = await temporaryFolder();
    await mkdir(join(directory, 'segments', '00000001.segment'), { recursive: true });
    await expect(openJournal(directory, SMALL)).rejects.toThrow(/is not a regular file/);
    await expect(collect(directory)).rejects.toThrow(/is not a regular file/);
  });
});

const NOBODY = 65534;

/** Permissions mean nothing to root. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
