// Recorded order flow for tests: outside the repository, so a machine without it skips what needs it and says so.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../../../../shared/data/orderflow/', import.meta.url);

export function recording(name: string): string {
  return fileURLToPath(new URL(name, FOLDER));
}

export const haveRecordings = existsSync(FOLDER);
if (!haveRecordings) console.warn(`skipped: no recorded order flow in ${fileURLToPath(FOLDER)}`);
