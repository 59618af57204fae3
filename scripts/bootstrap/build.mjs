// Builds every package when a source has changed since the last build. Asking the compiler takes a second, and every
// `glasshouse` command would ask; comparing file times takes milliseconds.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { announce, withProgress } from './progress.mjs';
import { run } from './run.mjs';

const STAMP = 'node_modules/.cache/glasshouse/built';

/** @param {string} root */
export async function ensureBuilt(root) {
  const projects = projectFolders(root);
  const stampFile = join(root, STAMP);
  const stamp = fingerprint(root, projects);
  const builtBefore = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  if (builtBefore && projects.every((project) => existsSync(join(root, project, 'dist')))) return;

  announce('building (tsc -b)');
  rmSync(stampFile, { force: true });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await withProgress(() => `compiling ${projects.length} packages`, run(process.execPath, [compiler, '-b'], root));
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** @param {string} root */
function projectFolders(root) {
  /** @type {{ references: { path: string }[] }} */
  const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  return references.map(({ path }) => path);
}

/**
 * @param {string} root
 * @param {string[]} projects
 */
function fingerprint(root, projects) {
  const hash = createHash('sha256');
  const settings = readdirSync(root).filter((name) => /^(tsconfig.*\.json|package-lock\.json|.*\.d\.ts)$/.test(name));
  const sources = projects.flatMap((project) => [
    join(project, 'tsconfig.json'),
    join(project, 'package.json'),
    ...readdirSync(join(root, project, 'src'), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(project, 'src', name),
    ),
  ]);
  for (const path of [...settings, ...sources].sort()) {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}
