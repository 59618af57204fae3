// Keys of a recorded venue. They come from fixed seeds, so that one recording always leads to one state hash.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { SIGNATURE_BYTES } from '@glasshouse/protocol';

/** DER of an Ed25519 private key up to the seed (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_KEY_BYTES = 32;

export type FlowKey = { readonly publicKey: string; readonly privateKey: KeyObject };

export function flowKey(name: string): FlowKey {
  const seed = createHash('sha256').update(`glasshouse flow ${name}`).digest();
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey)
    .export({ format: 'der', type: 'spki' })
    .subarray(-PUBLIC_KEY_BYTES)
    .toString('base64');
  return { publicKey, privateKey };
}

export type Signer = (key: FlowKey, payload: Uint8Array) => Uint8Array;

export const signedForReal: Signer = (key, payload) => sign(null, payload, key.privateKey);

/**
 * Signatures are checked at the door, not in the core: without a journal that anyone could verify, a number that never
 * repeats does, because the core only asks of a signature that it has not seen it before.
 */
export function numberedSignatures(): Signer {
  const signature = new Uint8Array(SIGNATURE_BYTES);
  const view = new DataView(signature.buffer);
  let count = 0;
  return () => {
    count += 1;
    view.setUint32(0, count, true);
    return signature;
  };
}
