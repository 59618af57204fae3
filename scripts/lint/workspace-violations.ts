// What a workspace declares must be what builds it: the compiler orders the build by references, npm links by
// dependencies, and a difference between the two shows only in a fresh clone.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

type Manifest = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};
type Project = { readonly references?: readonly { readonly path: string }[] };

const OWN_SCOPE = '@glasshouse/';
const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

export function workspaceViolations(root: string): string[] {
  const folders = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}`),
  );
  return [...folders, 'bench', '.']
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .flatMap((folder) => [...looseVersions(root, folder), ...missingReferences(root, folder)]);
}

function looseVersions(root: string, folder: string): string[] {
  const { dependencies, devDependencies } = read<Manifest>(root, folder, 'package.json');
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([name, version]) => !name.startsWith(OWN_SCOPE) && !EXACT.test(version))
    .map(([name, version]) => `${folder}/package.json: ${name} is '${version}', not an exact version`);
}

function missingReferences(root: string, folder: string): string[] {
  if (folder === '.' || !existsSync(join(root, folder, 'tsconfig.json'))) return [];
  const { references = [] } = read<Project>(root, folder, 'tsconfig.json');
  const { dependencies = {} } = read<Manifest>(root, folder, 'package.json');
  const referenced = references.map(({ path }) => basename(path));
  const depended = Object.keys(dependencies)
    .filter((name) => name.startsWith(OWN_SCOPE))
    .map((name) => name.slice(OWN_SCOPE.length));
  return [
    ...depended
      .filter((name) => !referenced.includes(name))
      .map((name) => `${folder}/tsconfig.json: no reference to '${name}', which package.json depends on`),
    ...referenced
      .filter((name) => !depended.includes(name))
      .map((name) => `${folder}/package.json: no dependency on '${OWN_SCOPE}${name}', which tsconfig.json refers to`),
  ];
}

function read<T>(root: string, folder: string, file: string): T {
  return JSON.parse(readFileSync(join(root, folder, file), 'utf8')) as T;
}
