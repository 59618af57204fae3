import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadKeys } from '../src/traders/key-file.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sim-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the file of trader keys', () => {
  it('gives the same keys to the same names ever after, and new ones to new names', () => {
    const path = join(folder, 'deeper', 'keys.json');
    const first = loadKeys(path, ['a', 'b']);
    const second = loadKeys(path, ['b', 'c']);
    const third = loadKeys(path, ['a', 'b', 'c']);
    expect(second.get('b')).toEqual(first.get('b'));
    expect([...third]).toEqual([
      ['a', first.get('a')],
      ['b', first.get('b')],
      ['c', second.get('c')],
    ]);
    expect(new Set([...third.values()].map((pair) => pair.apiKey)).size).toBe(3);
  });

  it('is readable by its owner only, and leaves nothing beside it', () => {
    const path = join(folder, 'keys.json');
    loadKeys(path, ['a']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });

  it('is not overwritten when it is damaged', () => {
    const path = join(folder, 'keys.json');
    for (const text of ['{', '{"format":2}', 'null']) {
      writeFileSync(path, text);
      expect(() => loadKeys(path, ['a'])).toThrow();
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });

  it('is not needed', () => {
    expect(loadKeys(undefined, ['a']).get('a')).not.toEqual(loadKeys(undefined, ['a']).get('a'));
  });
});
