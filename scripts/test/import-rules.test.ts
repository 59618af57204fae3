import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PlantedCopy, plantedCopy } from './planted-copy.js';

type Plant = { readonly path: string; readonly text: string; readonly rule: string };

const plant = (path: string, text: string, rule: string): Plant => ({ path, text, rule });
const importOf = (specifier: string) => `import * as other from '${specifier}';\nexport const planted = other;\n`;
const NO_NODE = 'deterministic packages import no Node and no npm';
const NO_DEEP = 'no import past the index of a package';
const BY_NAME = 'another package is imported by its name, through its index';
const CORE_ORDER = 'core folders import only those before them';

const REFUSED: Readonly<Record<string, Plant>> = {
  'a package below imports one above': plant(
    'packages/protocol/src/planted-up.ts',
    importOf('@glasshouse/core'),
    "'protocol' may import units",
  ),
  'the gateway imports the core': plant(
    'packages/gateway/src/planted-core.ts',
    importOf('@glasshouse/core'),
    "'gateway' may import units, api, protocol",
  ),
  'only types are imported': plant(
    'packages/client/src/planted-types.ts',
    "import type { Command } from '@glasshouse/protocol';\nexport type Planted = Command;\n",
    "'client' may import units, api",
  ),
  'a type is imported in place': plant(
    'packages/api/src/planted-type-in-place.ts',
    "export type Planted = import('@glasshouse/core').State;\n",
    "'api' may import units",
  ),
  'an import is dynamic': plant(
    'packages/history/src/planted-dynamic.ts',
    "export const planted = () => import('@glasshouse/journal');\n",
    "'history' may import units, protocol",
  ),
  'an export is passed on': plant(
    'packages/journal/src/planted-export.ts',
    "export * from '@glasshouse/core';\n",
    "'journal' may import",
  ),
  'shipped code imports the test kit': plant(
    'apps/exchange/src/planted-testkit.ts',
    importOf('@glasshouse/testkit'),
    "'exchange' may import",
  ),
  'a package imports an app': plant(
    'packages/gateway/src/planted-app.ts',
    importOf('@glasshouse/exchange'),
    "'gateway' may import",
  ),
  'an import goes past an index': plant(
    'packages/gateway/src/planted-deep.ts',
    importOf('@glasshouse/api/dist/errors.js'),
    NO_DEEP,
  ),
  'a test goes past an index': plant(
    'packages/gateway/test/planted-deep.test.ts',
    importOf('@glasshouse/core/dist/apply.js'),
    NO_DEEP,
  ),
  'a path climbs into another package': plant(
    'packages/client/src/planted-path.ts',
    importOf('../../api/src/errors.js'),
    BY_NAME,
  ),
  'a test climbs into another package': plant(
    'packages/client/test/planted-path.test.ts',
    importOf('../../core/src/index.js'),
    BY_NAME,
  ),
  'sources import a test': plant(
    'packages/journal/src/planted-test.ts',
    importOf('../test/faults.js'),
    'sources import only sources',
  ),
  'units import Node': plant('packages/units/src/planted-node.ts', importOf('node:buffer'), NO_NODE),
  'the protocol imports npm': plant('packages/protocol/src/planted-npm.ts', importOf('typebox'), NO_NODE),
  'the core imports Node without its prefix': plant('packages/core/src/orders/planted-fs.ts', importOf('fs'), NO_NODE),
  'a core folder imports a later one': plant(
    'packages/core/src/ledger/planted-up.ts',
    importOf('../orders/planted-target.js'),
    CORE_ORDER,
  ),
  'state imports anything of the core': plant(
    'packages/core/src/state/planted-up.ts',
    importOf('../ledger/planted-target.js'),
    CORE_ORDER,
  ),
  'a core folder imports what stands beside the folders': plant(
    'packages/core/src/clock/planted-root.ts',
    importOf('../apply.js'),
    CORE_ORDER,
  ),
  'a core folder is not on the list': plant(
    'packages/core/src/planted/planted.ts',
    'export const planted = 1;\n',
    "core folder 'planted' is not in the import rules",
  ),
  'a package is not on the list': plant(
    'packages/planted/src/index.ts',
    'export const planted = 1;\n',
    "'planted' is not in the import rules",
  ),
};

const ALLOWED = {
  'packages/core/src/orders/planted-down.ts': importOf('../ledger/planted-target.js'),
  'packages/core/src/planted-root.ts': importOf('./clock/planted-target.js'),
  'packages/gateway/src/planted-node.ts': importOf('node:http'),
  'packages/gateway/test/planted-core.test.ts': importOf('@glasshouse/core'),
};

const CYCLE = {
  'packages/history/src/planted-a.ts': "export type { B } from './planted-b.js';\nexport type A = number;\n",
  'packages/history/src/planted-b.ts': "import type { A } from './planted-a.js';\nexport type B = A;\n",
};

let copy: PlantedCopy;
let lint: ReturnType<PlantedCopy['run']>;

beforeAll(() => {
  const refused = Object.values(REFUSED).map(({ path, text }) => [path, text]);
  copy = plantedCopy({ ...Object.fromEntries(refused), ...ALLOWED, ...CYCLE });
  lint = copy.run('tsx', 'scripts/lint/house.ts');
});
afterAll(() => copy.remove());

const complaints = (path: string) => lint.output.split('\n').filter((line) => line.startsWith(`${path}:`));

test('the lint fails when a rule is broken', () => {
  expect(lint.code).toBe(1);
});

test.each(Object.keys(REFUSED))('refused: %s', (name) => {
  const { path, rule } = REFUSED[name] as Plant;
  expect(complaints(path)).toEqual([expect.stringContaining(rule)]);
});

test.each(Object.keys(ALLOWED))('allowed: %s', (path) => {
  expect(complaints(path)).toEqual([]);
});

test('refused: two files that import each other, even if only for types', () => {
  expect(lint.output).toContain(`cycle: ${Object.keys(CYCLE).join(' → ')} → ${Object.keys(CYCLE)[0]}`);
});
