// One writer per folder. The lock is the kernel's (an open-file lock), so it ends with its process, kill -9
// included, and no clean-up of a stale file is ever needed. The file's text only tells people who holds it.

/// <reference path="./fs-native-extensions.d.ts" />
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { tryLock } from 'fs-native-extensions';
import { JournalLocked, JournalUnavailable } from '../errors.js';
import { explain, lockPath, messageOf } from './folder.js';

export interface FolderLock {
  release(): Promise<void>;
}

/** Between taking the lock and writing its name a holder is unknown for a moment; also a dying one needs one. */
const ATTEMPTS = 4;
const PAUSE_MS = 25;

export async function lockFolder(directory: string): Promise<FolderLock> {
  const path = lockPath(directory);
  const handle = await explain(`cannot open ${path}`, open(path, 'a+'));
  try {
    for (let attempt = 1; !takeLock(path, handle.fd); attempt++) {
      const holder = await readHolder(path);
      if (attempt >= ATTEMPTS) throw new JournalLocked(directory, holder?.pid, holder?.host);
      await pause(PAUSE_MS);
    }
    await explain(`cannot write ${path}`, signLock(handle));
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { release: () => handle.close() };
}

function takeLock(path: string, fd: number): boolean {
  try {
    return tryLock(fd);
  } catch (error) {
    throw new JournalUnavailable(`cannot lock ${path}: ${messageOf(error)}`, { cause: error });
  }
}

async function signLock(handle: FileHandle): Promise<void> {
  await handle.truncate(0);
  await handle.write(`${JSON.stringify({ pid: process.pid, host: hostname() })}\n`);
}

async function readHolder(path: string): Promise<{ pid: number; host: string } | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isHolder(value) ? { pid: value.pid, host: value.host } : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is { pid: number; host: string } {
  if (typeof value !== 'object' || value === null) return false;
  return 'pid' in value && typeof value.pid === 'number' && 'host' in value && typeof value.host === 'string';
}
