import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../bootstrap/build.mjs';
import { ensureInstalled } from '../bootstrap/install.mjs';

const TYPESCRIPT = fileURLToPath(new URL('../../node_modules/typescript', import.meta.url));
let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'glasshouse-bootstrap-')));
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

const write = (path: string, content: unknown) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
};

describe('the build', () => {
  const compiler = () => join(root, 'node_modules', 'typescript');

  beforeEach(() => {
    write('tsconfig.json', { files: [], references: [{ path: 'packages/one' }] });
    write('packages/one/package.json', { name: 'one', type: 'module' });
    write('packages/one/tsconfig.json', {
      compilerOptions: { composite: true, rootDir: 'src', outDir: 'dist', types: [] },
      include: ['src'],
    });
    write('packages/one/src/index.ts', 'export const one = 1;\n');
    mkdirSync(join(root, 'node_modules'));
    symlinkSync(TYPESCRIPT, compiler());
  });

  test('makes what is missing', async () => {
    await ensureBuilt(root);
    expect(existsSync(join(root, 'packages/one/dist/index.js'))).toBe(true);
  });

  test('is not done twice', async () => {
    await ensureBuilt(root);
    rmSync(compiler());
    await expect(ensureBuilt(root)).resolves.toBeUndefined();
  });

  test.each<[string, () => void]>([
    ['a source has changed', () => write('packages/one/src/index.ts', 'export const one = 11;\n')],
    ['a source has only a new date', () => utimesSync(join(root, 'packages/one/src/index.ts'), 1, 1)],
    ['a source was added', () => write('packages/one/src/two.ts', 'export const two = 2;\n')],
    ['the settings have changed', () => write('tsconfig.base.json', {})],
    ['the output is gone', () => rmSync(join(root, 'packages/one/dist'), { recursive: true })],
  ])('is done again when %s', async (_, change) => {
    await ensureBuilt(root);
    change();
    rmSync(compiler());
    await expect(ensureBuilt(root)).rejects.toThrow('tsc');
  });

  test('fails with the compiler, and is tried again the next time', async () => {
    write('packages/one/src/index.ts', 'export const one: string = 1;\n');
    await expect(ensureBuilt(root)).rejects.toThrow('tsc');
    await expect(ensureBuilt(root)).rejects.toThrow('tsc');
  });
});

describe('the installation', () => {
  const installed = () => existsSync(join(root, 'node_modules/one/package.json'));
  const lock = (packages: object) =>
    write('package-lock.json', { name: 'root', lockfileVersion: 3, requires: true, packages });
  const workspace = (name: string) => ({
    [`node_modules/${name}`]: { resolved: `packages/${name}`, link: true },
    [`packages/${name}`]: { version: '1.0.0' },
  });

  beforeEach(() => {
    write('package.json', { name: 'root', private: true, workspaces: ['packages/*'] });
    write('packages/one/package.json', { name: 'one', version: '1.0.0' });
    lock({ '': { name: 'root', workspaces: ['packages/*'] }, ...workspace('one') });
  });

  test('puts there what the lock file names', async () => {
    await ensureInstalled(root);
    expect(installed()).toBe(true);
  });

  test('is not done twice', async () => {
    await ensureInstalled(root);
    write('node_modules/witness', '');
    await ensureInstalled(root);
    expect(existsSync(join(root, 'node_modules/witness'))).toBe(true);
  });

  test('is done again when the lock file names something new', async () => {
    await ensureInstalled(root);
    write('packages/two/package.json', { name: 'two', version: '1.0.0' });
    lock({ '': { name: 'root', workspaces: ['packages/*'] }, ...workspace('one'), ...workspace('two') });
    await ensureInstalled(root);
    expect(existsSync(join(root, 'node_modules/two/package.json'))).toBe(true);
  });

  test('is done again when the last one was cut short', async () => {
    await ensureInstalled(root);
    rmSync(join(root, 'node_modules/.package-lock.json'));
    rmSync(join(root, 'node_modules/one'));
    await ensureInstalled(root);
    expect(installed()).toBe(true);
  });

  test('is not asked for what another platform needs', async () => {
    await ensureInstalled(root);
    const foreign = { version: '1.0.0', optional: true, os: ['aix'], cpu: ['ppc64'] };
    lock({ '': { name: 'root', workspaces: ['packages/*'] }, ...workspace('one'), 'node_modules/foreign': foreign });
    write('node_modules/witness', '');
    await ensureInstalled(root);
    expect(existsSync(join(root, 'node_modules/witness'))).toBe(true);
  });

  test('fails with npm', async () => {
    write('package-lock.json', {
      name: 'root',
      lockfileVersion: 3,
      packages: { 'node_modules/absent': { version: '1.0.0' } },
    });
    await expect(ensureInstalled(root)).rejects.toThrow('npm');
  });
});
