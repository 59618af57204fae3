import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PlantedCopy, plantedCopy } from './planted-copy.js';

const SILENCER = ['biome', 'ignore'].join('-');
const IGNORED_TYPES = ['@ts', 'ignore'].join('-');
const manifest = (dependencies: object) => JSON.stringify({ name: '@glasshouse/planted', dependencies });
const project = (...names: string[]) => JSON.stringify({ references: names.map((name) => ({ path: `../${name}` })) });

const PLANTED = {
  'packages/planted-a/package.json': manifest({ '@glasshouse/units': '*' }),
  'packages/planted-a/tsconfig.json': project(),
  'packages/planted-b/package.json': manifest({}),
  'packages/planted-b/tsconfig.json': project('units'),
  'packages/planted-c/package.json': manifest({ ws: '^8.0.0' }),
  'packages/planted-c/tsconfig.json': project(),
  'packages/planted-d/package.json': manifest({ ws: '8.23.0', '@glasshouse/units': '*' }),
  'packages/planted-d/tsconfig.json': project('units'),
  'apps/cli/src/helpers/planted.ts': 'export const planted = 1;\n',
  'apps/cli/src/planted-utils-of-two.ts': 'export const planted = 1;\n',
  'bench/planted-long.ts': '// one line\n'.repeat(501),
  'bench/planted-full.ts': '// one line\n'.repeat(500),
  'scripts/planted-silenced.ts': `export const planted = 1; // ${SILENCER} lint: planted\n`,
  'scripts/planted-types.mjs': `\n/* ${IGNORED_TYPES} */ export const planted = 1;\n`,
};

let copy: PlantedCopy;
let lint: ReturnType<PlantedCopy['run']>;

beforeAll(() => {
  copy = plantedCopy(PLANTED);
  lint = copy.run('tsx', 'scripts/lint/house.ts');
});
afterAll(() => copy.remove());

test.each([
  ['a dependency that the build does not know', "packages/planted-a/tsconfig.json: no reference to 'units'"],
  ['a reference that npm does not know', "packages/planted-b/package.json: no dependency on '@glasshouse/units'"],
  ['a dependency at whatever version', "packages/planted-c/package.json: ws is '^8.0.0', not an exact version"],
  ['a folder whose name says nothing', "apps/cli/src/helpers/planted.ts: 'helpers' does not say"],
  ['a file with more than one job', 'bench/planted-long.ts: 501 lines'],
  ['a silenced lint', `scripts/planted-silenced.ts:1: '${SILENCER}' silences a check`],
  ['a silenced type', `scripts/planted-types.mjs:2: '${IGNORED_TYPES}' silences a check`],
])('refused: %s', (_, complaint) => {
  expect(lint.output).toContain(complaint);
  expect(lint.code).toBe(1);
});

test.each([
  ['a dependency and its reference', 'packages/planted-d/package.json'],
  ['such a word inside a longer name', 'apps/cli/src/planted-utils-of-two.ts'],
  ['a file of 500 lines', 'bench/planted-full.ts'],
])('allowed: %s', (_, path) => {
  expect(lint.output).not.toContain(path);
});
