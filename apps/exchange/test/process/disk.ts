// A small disk of its own, where the system lets us have one.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

function mounted(directory: string, size: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The mount point of a disk of that size, gone after the test; undefined where mounting is not allowed. */
export function smallDisk(size: string): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'glasshouse-disk-'));
  if (!mounted(directory, size)) {
    rmSync(directory, { recursive: true });
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', [directory]);
    rmSync(directory, { recursive: true });
  });
  return directory;
}

export function resizeDisk(directory: string, size: string): void {
  execFileSync('mount', ['-o', `remount,size=${size}`, directory], { stdio: 'ignore' });
}
