import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A fresh folder that is gone after the test. */
export function dataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'glasshouse-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
