// From a bare clone to a built one: whatever is there already is not done again.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { announce } from './progress.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Ends the process with a message when the clone cannot be made ready. */
export async function makeReady() {
  try {
    requireNode();
    await ensureInstalled(ROOT);
    await ensureBuilt(ROOT);
  } catch (error) {
    announce(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

function requireNode() {
  /** @type {{ engines: { node: string } }} */
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [wantedMajor = 0, wantedMinor = 0] = engines.node.replace('>=', '').split('.').map(Number);
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Error(`Node ${engines.node} is needed, this is ${process.version}`);
}
