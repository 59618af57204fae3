import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createServiceKeys, loadServiceKeys, priceFeedKeyFile } from '../../src/genesis/service-keys.js';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'glasshouse-keys-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const modeOf = (path: string): number => statSync(path).mode & 0o777;

function verifies(publicKey: string, text: Uint8Array, signature: Uint8Array): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'base64').toString('base64url') };
  return verify(null, text, createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

it('makes a registrar, a chain, two operators, a price feed and a two-factor key, each of which signs with the key it shows', () => {
  const keys = createServiceKeys(directory);
  expect(keys.map(({ role }) => role)).toEqual([
    'registrar',
    'chain',
    'operator',
    'operator',
    'priceFeed',
    'twoFactor',
  ]);
  expect(new Set(keys.map(({ publicKey }) => publicKey)).size).toBe(6);
  const text = Buffer.from('instruction=glassAccountCreate');
  for (const { publicKey, sign } of keys) expect(verifies(publicKey, text, sign(text))).toBe(true);
});

it('lets nobody but the owner read them', () => {
  createServiceKeys(directory);
  const folder = join(directory, 'keys');
  expect(modeOf(folder)).toBe(0o700);
  for (const file of readdirSync(folder)) expect([file, modeOf(join(folder, file))]).toEqual([file, 0o600]);
});

it('finds the same keys again', () => {
  const made = createServiceKeys(directory).map(({ publicKey }) => publicKey);
  expect(loadServiceKeys(directory).map(({ publicKey }) => publicKey)).toEqual(made);
  expect(createServiceKeys(directory).map(({ publicKey }) => publicKey)).toEqual(made);
});

it('completes the keys of a first start that was interrupted', () => {
  createServiceKeys(directory);
  const registrar = join(directory, 'keys', 'registrar.json');
  const before = readFileSync(registrar, 'utf8');
  rmSync(join(directory, 'keys', 'chain.json'));
  expect(createServiceKeys(directory)).toHaveLength(6);
  expect(readFileSync(registrar, 'utf8')).toBe(before);
});

it('finds none in a folder without keys: such a venue has no registrar and no chain of its own', () => {
  expect(loadServiceKeys(directory)).toEqual([]);
  expect(priceFeedKeyFile(directory)).toBeUndefined();
});

it.each(['{"secretKey": "c2VjcmV0"}', 'c2VjcmV0', '"c2VjcmV0"', ''])(
  'names the file of a damaged key without quoting it: %s',
  (text) => {
    createServiceKeys(directory);
    const file = join(directory, 'keys', 'chain.json');
    writeFileSync(file, text);
    expect(() => loadServiceKeys(directory)).toThrow(file);
    expect(() => loadServiceKeys(directory)).not.toThrow('c2VjcmV0');
  },
);
