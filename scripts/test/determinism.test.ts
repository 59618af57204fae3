import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlantedCopy, plantedCopy } from './planted-copy.js';

const DOES_NOT_COMPILE = {
  'clock read': 'export const planted = Date.now();',
  'date made': 'export const planted = new Date();',
  'date made from a number': 'export const planted = new Date(0);',
  'chance taken': 'export const planted = Math.random();',
  'random passed on': 'export const planted: () => number = Math.random;',
  'pow by index': "export const planted = Math['pow'](2, 0.5);",
  exponential: 'export const planted = Math.exp(1);',
  logarithm: 'export const planted = Math.log(2);',
  sine: 'export const planted = Math.sin(1);',
  'locale compared': "export const planted = 'a'.localeCompare('b');",
  'weak reference': 'export const planted = new WeakRef({});',
  'console written': "console.log('planted');",
  'process read': 'export const planted = process.hrtime();',
  'timer set': 'setTimeout(() => {}, 1);',
  'performance read': 'export const planted = performance.now();',
  'crypto used': 'export const planted = crypto.randomUUID();',
  'node imported': "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;",
} as const;

const IS_REFUSED_BY_LINT = {
  'power of a variable': 'export const planted = (base: number) => base ** 2;',
  'power assigned': 'export function planted(base: number) {\n  let power = base;\n  power **= 2;\n  return power;\n}',
  'random past the compiler': 'export const planted = Math.random?.();',
  'date as text': 'export const planted = Date();',
  'global by another name': "export const planted = globalThis['eval'];",
  'locale used': 'export const planted = Intl;',
  'keys walked': 'export const planted = (table: object) => Object.keys(table);',
  'keys looped':
    'export function planted(table: object) {\n  for (const key in table) return key;\n  return undefined;\n}',
} as const;

const ALLOWED = 'export const planted = (x: number) => Math.sqrt(x) + Math.floor(x) * 2 ** 52;\n';

const pathOf = (name: string) => `packages/core/src/orders/planted-${name.replaceAll(' ', '-')}.ts`;
const allowedPath = pathOf('allowed');
let copy: PlantedCopy;

beforeAll(() => {
  const sources = Object.entries({ ...DOES_NOT_COMPILE, ...IS_REFUSED_BY_LINT });
  copy = plantedCopy({
    ...Object.fromEntries(sources.map(([name, text]) => [pathOf(name), text])),
    [allowedPath]: ALLOWED,
  });
});
afterAll(() => copy.remove());

describe('the build of the core', () => {
  let build: ReturnType<PlantedCopy['run']>;
  beforeAll(() => {
    build = copy.run('tsc', '-b', 'packages/core');
  });

  test.each(Object.keys(DOES_NOT_COMPILE))('fails on a planted file: %s', (name) => {
    expect(build.code).not.toBe(0);
    expect(build.output).toContain(`${pathOf(name)}(`);
  });

  test('has nothing against exact arithmetic', () => {
    expect(build.output).not.toContain(allowedPath);
  });
});

describe('the lint of the core', () => {
  let lint: ReturnType<PlantedCopy['run']>;
  beforeAll(() => {
    lint = copy.run('biome', 'lint', '--vcs-enabled=false', '--max-diagnostics=none', 'packages/core/src/orders');
  });

  test.each(Object.keys(IS_REFUSED_BY_LINT))('fails on a planted file: %s', (name) => {
    expect(lint.code).not.toBe(0);
    expect(lint.output).toContain(`${pathOf(name)}:`);
  });

  test('has nothing against exact arithmetic', () => {
    expect(lint.output).not.toContain(allowedPath);
  });
});
