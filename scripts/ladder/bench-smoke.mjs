// Runs every `smoke:…` script of bench/package.json: the benchmarks at a size that only shows that they still run.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap/ready.mjs';
import { runNpm } from '../bootstrap/run.mjs';

const folder = join(ROOT, 'bench');
/** @type {{ scripts?: Record<string, string> }} */
const { scripts = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

for (const name of Object.keys(scripts).filter((script) => script.startsWith('smoke:'))) {
  await runNpm(['run', name], folder);
}
