import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FileVault, openVault, vaultKey } from '../src/two-factor-vault.js';
import { dataDirectory } from './data-directory.js';

const KEY = Buffer.alloc(32, 7);

it('makes a secret once, and finds it again in whatever process', async () => {
  const directory = dataDirectory();
  const vault = new FileVault(directory, KEY);
  expect(await vault.find(7, 1)).toBeUndefined();
  const secret = await vault.obtain(7, 1);
  expect(secret).toHaveLength(20);
  const other = new FileVault(directory, KEY);
  expect(await other.obtain(7, 1)).toEqual(secret);
  expect(await other.find(7, 1)).toEqual(secret);
  expect(await other.obtain(7, 2)).not.toEqual(secret);
  expect(await other.obtain(8, 1)).not.toEqual(secret);
});

it('gives all who ask at once the same secret', async () => {
  const directory = dataDirectory();
  const asked = Array.from({ length: 10 }, () => new FileVault(directory, KEY).obtain(7, 1));
  const secrets = await Promise.all(asked);
  expect(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1);
  expect(readdirSync(join(directory, 'two-factor'))).toEqual(['7-1']);
});

it('writes no secret in clear, and for its owner alone', async () => {
  const directory = dataDirectory();
  const secret = await new FileVault(directory, KEY).obtain(7, 1);
  const file = join(directory, 'two-factor', '7-1');
  expect(readFileSync(file).includes(Buffer.from(secret))).toBe(false);
  expect(statSync(file).mode & 0o077).toBe(0);
});

it('opens nothing with another key, nor what was put in the place of another', async () => {
  const directory = dataDirectory();
  const vault = new FileVault(directory, KEY);
  await vault.obtain(7, 1);
  await expect(new FileVault(directory, Buffer.alloc(32, 8)).find(7, 1)).rejects.toThrow();
  renameSync(join(directory, 'two-factor', '7-1'), join(directory, 'two-factor', '8-1'));
  await expect(vault.find(8, 1)).rejects.toThrow();
});

it('takes its key from the environment, or makes one where the keys of a sandbox are', () => {
  const directory = dataDirectory();
  expect(vaultKey(directory, KEY.toString('base64'))).toEqual(KEY);
  expect(() => vaultKey(directory, 'short')).toThrow('32 bytes');
  expect(openVault(directory, undefined)).toBeUndefined();
  mkdirSync(join(directory, 'keys'), { recursive: true });
  const made = vaultKey(directory, undefined);
  expect(made).toHaveLength(32);
  expect(vaultKey(directory, undefined)).toEqual(made);
  expect(existsSync(join(directory, 'keys', 'two-factor-vault.json'))).toBe(true);
});
