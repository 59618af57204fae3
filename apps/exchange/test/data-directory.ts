import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'glasshouse-'));

export const withoutDirectory = (directory: string): void => rmSync(directory, { recursive: true, force: true });

/** A fresh folder that is gone after the test. */
export function dataDirectory(): string {
  const directory = temporaryDirectory();
  onTestFinished(() => withoutDirectory(directory));
  return directory;
}
