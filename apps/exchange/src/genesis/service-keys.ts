// The sandbox's own signing keys: made at the first start, kept in the data folder, readable by its owner alone.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceKeyConfiguration } from '@glasshouse/protocol';

type Role = ServiceKeyConfiguration['role'];

export type ServiceKey = {
  readonly name: string;
  readonly role: Role;
  readonly publicKey: string;
  /** Ed25519 over the signed text. */
  sign(text: Uint8Array): Uint8Array;
};

const PRICE_FEED = 'price-feed';

const SANDBOX_KEYS: readonly { readonly name: string; readonly role: Role }[] = [
  { name: 'registrar', role: 'registrar' },
  { name: 'chain', role: 'chain' },
  { name: 'operator-1', role: 'operator' },
  { name: 'operator-2', role: 'operator' },
  { name: PRICE_FEED, role: 'priceFeed' },
  { name: 'two-factor', role: 'twoFactor' },
];

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** DER of an Ed25519 private key up to the seed (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SEED = /^[A-Za-z0-9+/]{43}=$/;

const folderOf = (dataDirectory: string): string => join(dataDirectory, 'keys');
const fileOf = (dataDirectory: string, name: string): string => join(folderOf(dataDirectory), `${name}.json`);

/** Where the price feed's key of this data folder is; undefined in a venue that keeps it elsewhere. */
export function priceFeedKeyFile(dataDirectory: string): string | undefined {
  const file = fileOf(dataDirectory, PRICE_FEED);
  return existsSync(file) ? file : undefined;
}

function serviceKey(name: string, role: Role, secretKey: string): ServiceKey {
  const seed = Buffer.from(secretKey, 'base64');
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey)
    .export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('base64');
  return { name, role, publicKey, sign: (text) => sign(null, text, privateKey) };
}

function newSecretKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32).toString('base64');
}

/** Whole and on disk before the genesis that names it, so that no venue has a key which nobody holds. */
function writeDurably(file: string, text: string): void {
  const unfinished = `${file}.new`;
  const descriptor = openSync(unfinished, 'w', OWNER_ONLY_FILE);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(unfinished, file);
}

/** Undefined for anything that is no key file; the parser's own message would quote the file. */
function secretKeyIn(text: string): string | undefined {
  try {
    const content: unknown = JSON.parse(text);
    const found = typeof content === 'object' && content !== null && 'secretKey' in content ? content.secretKey : '';
    return typeof found === 'string' && SEED.test(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function readKey(dataDirectory: string, name: string, role: Role): ServiceKey | undefined {
  const file = fileOf(dataDirectory, name);
  if (!existsSync(file)) return undefined;
  const secretKey = secretKeyIn(readFileSync(file, 'utf8'));
  if (secretKey === undefined) throw new Error(`${file} holds no secretKey that is the base64 of 32 bytes`);
  return serviceKey(name, role, secretKey);
}

function createKey(dataDirectory: string, name: string, role: Role): ServiceKey {
  mkdirSync(folderOf(dataDirectory), { recursive: true, mode: OWNER_ONLY_FOLDER });
  const secretKey = newSecretKey();
  const key = serviceKey(name, role, secretKey);
  const content = { name, role, publicKey: key.publicKey, secretKey };
  writeDurably(fileOf(dataDirectory, name), `${JSON.stringify(content, null, 2)}\n`);
  return key;
}

/** The keys whose files are in the data folder; a production venue has none of them, and so no such service. */
export function loadServiceKeys(dataDirectory: string): readonly ServiceKey[] {
  return SANDBOX_KEYS.flatMap(({ name, role }) => readKey(dataDirectory, name, role) ?? []);
}

/** The keys of a new sandbox. Those of a first start that was interrupted are used again. */
export function createServiceKeys(dataDirectory: string): readonly ServiceKey[] {
  return SANDBOX_KEYS.map(
    ({ name, role }) => readKey(dataDirectory, name, role) ?? createKey(dataDirectory, name, role),
  );
}
