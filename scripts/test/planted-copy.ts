// A throw-away copy of this repository's sources with files planted in it, to see that a check refuses them.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = [
  'packages',
  'apps',
  'bench',
  'scripts',
  'package.json',
  'biome.json',
  'deterministic.d.ts',
  'tsconfig.base.json',
  'tsconfig.deterministic.json',
];
const LEFT_OUT = new Set(['node_modules', 'dist', 'test', 'tsconfig.tsbuildinfo']);

export type PlantedCopy = {
  readonly folder: string;
  /** Runs a tool of this repository in the copy; returns its exit code and all that it printed. */
  run(tool: string, ...args: string[]): { code: number | null; output: string };
  remove(): void;
};

export function plantedCopy(planted: Readonly<Record<string, string>>): PlantedCopy {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'glasshouse-planted-')));
  for (const entry of COPIED) {
    cpSync(join(ROOT, entry), join(folder, entry), {
      recursive: true,
      filter: (path) => !LEFT_OUT.has(basename(path)),
    });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return {
    folder,
    run: (tool, ...args) => runTool(folder, tool, args),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function runTool(cwd: string, tool: string, args: string[]): { code: number | null; output: string } {
  const { status, stdout, stderr, error } = spawnSync(join(ROOT, 'node_modules', '.bin', tool), args, {
    cwd,
    encoding: 'utf8',
  });
  if (error) throw error;
  return { code: status, output: `${stdout}${stderr}` };
}
