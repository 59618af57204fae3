// Import cycles between source files, across packages too. Type-only imports count: a cycle of types is a cycle of ideas.

import { posix } from 'node:path';
import type { SourceFile } from './source-file.js';

/** One cycle for each edge that closes one, in depth-first order; each starts and ends with the same file. */
export function importCycles(files: readonly SourceFile[]): string[][] {
  const targets = importTargets(files);
  const done = new Set<string>();
  const trail: string[] = [];
  const cycles: string[][] = [];

  const visit = (path: string): void => {
    const start = trail.indexOf(path);
    if (start !== -1) cycles.push([...trail.slice(start), path]);
    if (start !== -1 || done.has(path)) return;
    trail.push(path);
    for (const target of targets.get(path) ?? []) visit(target);
    trail.pop();
    done.add(path);
  };

  for (const file of files) visit(file.path);
  return cycles;
}

function importTargets(files: readonly SourceFile[]): Map<string, string[]> {
  const paths = new Set(files.map((file) => file.path));
  const indexes = new Map(
    files.filter(({ path }) => /^[^/]+\/[^/]+\/src\/index\.ts$/.test(path)).map((file) => [file.workspace, file.path]),
  );
  const resolve = (from: string, specifier: string): string | undefined => {
    if (specifier.startsWith('@glasshouse/')) return indexes.get(specifier.slice('@glasshouse/'.length));
    if (!specifier.startsWith('.')) return undefined;
    const target = posix.join(posix.dirname(from), specifier).replace(/\.js$/, '');
    return [`${target}.ts`, `${target}.tsx`].find((path) => paths.has(path));
  };
  return new Map(
    files.map(({ path, imports }) => [
      path,
      imports.map(({ specifier }) => resolve(path, specifier)).filter((target) => target !== undefined),
    ]),
  );
}
