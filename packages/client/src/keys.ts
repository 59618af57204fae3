// Ed25519 keys as the reference venue's clients take them: base64 of the public key and of the 32-byte seed.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export type KeyPair = { readonly apiKey: string; readonly apiSecret: string };

const SEED_BYTES = 32;
/** PKCS #8 around a raw Ed25519 seed, and SPKI around a raw public key (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX_BYTES = 12;

function rawPublicKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX_BYTES).toString('base64');
}

function privateKeyOf(apiSecret: string): KeyObject {
  const bytes = Buffer.from(apiSecret, 'base64');
  if (bytes.length !== SEED_BYTES && bytes.length !== 2 * SEED_BYTES) {
    throw new TypeError(`the API secret must be the base64 of 32 or 64 bytes, not of ${bytes.length}`);
  }
  const der = Buffer.concat([PKCS8_PREFIX, bytes.subarray(0, SEED_BYTES)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

export function createKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8_PREFIX.length);
  return { apiKey: rawPublicKey(publicKey), apiSecret: seed.toString('base64') };
}

/** Signs with one key, imported once: importing costs more than signing. */
export class Signer {
  readonly apiKey: string;
  private readonly key: KeyObject;

  /** Throws when the public key does not belong to the secret: every request would be refused. */
  constructor(pair: { readonly apiKey?: string; readonly apiSecret: string }) {
    this.key = privateKeyOf(pair.apiSecret);
    this.apiKey = rawPublicKey(createPublicKey(this.key));
    if (pair.apiKey !== undefined && pair.apiKey !== this.apiKey) {
      throw new TypeError(`the API key ${pair.apiKey} does not belong to the given secret`);
    }
  }

  /** Base64 of the signature over the text. */
  sign(text: string): string {
    return sign(null, Buffer.from(text), this.key).toString('base64');
  }
}
