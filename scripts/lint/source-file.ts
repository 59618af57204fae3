// One source file as the import rules see it: where it lives and what it imports.

import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

export type Import = { readonly specifier: string; readonly line: number };

export type SourceFile = {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly workspace: string;
  /** Shipped code, in contrast to tests and benchmarks. */
  readonly shipped: boolean;
  readonly imports: readonly Import[];
};

const WORKSPACE_PATH = /^(?:packages|apps)\/([^/]+)\/(src|test)\//;
const FOLDERS = ['packages', 'apps', 'bench', 'scripts'];
const IGNORED = new Set(['node_modules', 'dist']);

export function readSourceFiles(root: string): SourceFile[] {
  return sourcePaths(root).flatMap((path) => readSourceFile(root, path) ?? []);
}

/** Every TypeScript and JavaScript file that is ours, sorted. */
export function sourcePaths(root: string): string[] {
  const entries = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((entry) => join(folder, entry)),
  );
  return entries
    .map((entry) => entry.split(sep))
    .filter((parts) => !parts.some((part) => IGNORED.has(part)))
    .map((parts) => parts.join('/'))
    .filter((path) => /\.(?:tsx?|mjs)$/.test(path))
    .sort();
}

function readSourceFile(root: string, path: string): SourceFile | undefined {
  const [, workspace, kind] = WORKSPACE_PATH.exec(path) ?? [];
  if (workspace === undefined) return undefined;
  return { path, workspace, shipped: kind === 'src', imports: importsOf(path, readFileSync(join(root, path), 'utf8')) };
}

function importsOf(path: string, text: string): Import[] {
  const imports: Import[] = [];
  const add = (source: { start: number; value?: unknown } | null) => {
    if (typeof source?.value === 'string') imports.push({ specifier: source.value, line: lineOf(text, source.start) });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
  }).visit(parseSync(path, text).program);
  return imports;
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
