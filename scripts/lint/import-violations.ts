// Applies the import rules to source files; says where a rule is broken and which.

import { posix } from 'node:path';
import { importCycles } from './import-cycles.js';
import { CORE_FOLDERS, DETERMINISTIC, MAY_IMPORT } from './import-rules.js';
import type { Import, SourceFile } from './source-file.js';

const OWN_SCOPE = '@glasshouse/';
const CORE_SOURCE = 'packages/core/src/';

export function importViolations(files: readonly SourceFile[]): string[] {
  const violations = files.flatMap((file) => [
    ...placeViolations(file),
    ...file.imports.flatMap((imported) =>
      brokenRules(file, imported).map(
        (rule) => `${file.path}:${imported.line} imports '${imported.specifier}': ${rule}`,
      ),
    ),
  ]);
  return [...violations, ...importCycles(files).map((cycle) => `cycle: ${cycle.join(' → ')}`)];
}

function placeViolations({ path, workspace, shipped }: SourceFile): string[] {
  if (!Object.hasOwn(MAY_IMPORT, workspace)) return [`${path}: '${workspace}' is not in the import rules`];
  const folder = shipped ? coreFolder(path) : undefined;
  if (folder === undefined || CORE_FOLDERS.includes(folder)) return [];
  return [`${path}: core folder '${folder}' is not in the import rules`];
}

function brokenRules(file: SourceFile, { specifier }: Import): string[] {
  if (specifier.startsWith('.')) return relativeRules(file, posix.join(posix.dirname(file.path), specifier));
  if (specifier.startsWith(OWN_SCOPE)) return packageRules(file, specifier.slice(OWN_SCOPE.length));
  if (file.shipped && DETERMINISTIC.includes(file.workspace))
    return ['deterministic packages import no Node and no npm'];
  return [];
}

function relativeRules(file: SourceFile, target: string): string[] {
  const home = file.path.split('/').slice(0, 2).join('/');
  if (!target.startsWith(`${home}/`)) return ['another package is imported by its name, through its index'];
  if (file.shipped && !target.startsWith(`${home}/src/`)) return ['sources import only sources'];
  const from = coreRank(file.path);
  const to = coreRank(target);
  if (from === undefined || to === undefined || to <= from) return [];
  return [`core folders import only those before them (${CORE_FOLDERS.join(' → ')} → apply.ts)`];
}

function packageRules(file: SourceFile, name: string): string[] {
  const target = name.split('/')[0] ?? '';
  if (target !== name) return ['no import past the index of a package'];
  if (!file.shipped || MAY_IMPORT[file.workspace]?.includes(target)) return [];
  return [`'${file.workspace}' may import ${MAY_IMPORT[file.workspace]?.join(', ') || 'no package'}`];
}

function coreFolder(path: string): string | undefined {
  if (!path.startsWith(CORE_SOURCE)) return undefined;
  const parts = path.slice(CORE_SOURCE.length).split('/');
  return parts.length > 1 ? parts[0] : undefined;
}

function coreRank(path: string): number | undefined {
  if (!path.startsWith(CORE_SOURCE)) return undefined;
  const folder = coreFolder(path);
  return folder === undefined ? CORE_FOLDERS.length : CORE_FOLDERS.indexOf(folder);
}
