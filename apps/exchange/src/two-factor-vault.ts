// Secrets of customers' two-factor codes: a file for each in the data folder, beside the log and never in it, sealed with
// AES-256-GCM. The seal's key comes from GLASSHOUSE_TWO_FACTOR_KEY (base64 of 32 bytes), so that a copy of the folder opens
// nothing; a sandbox that has none makes one in keys/. Any number of processes may share the folder.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { SecretVault } from '@glasshouse/gateway';

const SECRET_BYTES = 20;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const NAME = 'two-factor-vault';
const CIPHER = 'aes-256-gcm';

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

/** Whole and on disk, or not there; false when another process was first. */
function writeOnce(file: string, bytes: Uint8Array): boolean {
  const unfinished = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const descriptor = openSync(unfinished, 'wx', OWNER_ONLY_FILE);
  try {
    writeSync(descriptor, bytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  try {
    linkSync(unfinished, file);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  } finally {
    unlinkSync(unfinished);
  }
}

function keyOf(text: string, place: string): Uint8Array {
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`${place} holds no base64 of 32 bytes`);
  return key;
}

/** Undefined in a venue whose operator has given none and whose keys are elsewhere. */
export function vaultKey(dataDirectory: string, given: string | undefined): Uint8Array | undefined {
  if (given !== undefined && given !== '') return keyOf(given, 'GLASSHOUSE_TWO_FACTOR_KEY');
  const keys = join(dataDirectory, 'keys');
  if (!existsSync(keys)) return undefined;
  const file = join(keys, `${NAME}.json`);
  if (!existsSync(file)) {
    const content = { name: NAME, secretKey: randomBytes(KEY_BYTES).toString('base64') };
    writeOnce(file, Buffer.from(`${JSON.stringify(content, null, 2)}\n`));
  }
  const { secretKey } = JSON.parse(readFileSync(file, 'utf8')) as { readonly secretKey?: unknown };
  return keyOf(typeof secretKey === 'string' ? secretKey : '', file);
}

export class FileVault implements SecretVault {
  private readonly folder: string;

  constructor(
    dataDirectory: string,
    private readonly key: Uint8Array,
  ) {
    this.folder = join(dataDirectory, 'two-factor');
  }

  async obtain(customerId: number, secretNumber: number): Promise<Uint8Array> {
    const known = await this.find(customerId, secretNumber);
    if (known !== undefined) return known;
    mkdirSync(this.folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
    const name = nameOf(customerId, secretNumber);
    const secret = randomBytes(SECRET_BYTES);
    if (writeOnce(join(this.folder, name), this.sealed(name, secret))) return secret;
    return this.obtain(customerId, secretNumber);
  }

  async find(customerId: number, secretNumber: number): Promise<Uint8Array | undefined> {
    const name = nameOf(customerId, secretNumber);
    const file = join(this.folder, name);
    return existsSync(file) ? this.opened(name, readFileSync(file)) : undefined;
  }

  /** The name is sealed in: one customer's file is no good under another's name. */
  private sealed(name: string, secret: Uint8Array): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(name));
    const text = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([nonce, text, cipher.getAuthTag()]);
  }

  private opened(name: string, bytes: Uint8Array): Uint8Array {
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const tag = bytes.subarray(bytes.length - TAG_BYTES);
    const decipher = createDecipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(name)).setAuthTag(tag);
    const text = bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES);
    return Buffer.concat([decipher.update(text), decipher.final()]);
  }
}

const nameOf = (customerId: number, secretNumber: number): string => `${customerId}-${secretNumber}`;

export function openVault(dataDirectory: string, given = process.env['GLASSHOUSE_TWO_FACTOR_KEY']) {
  const key = vaultKey(dataDirectory, given);
  return key && new FileVault(dataDirectory, key);
}
