// Real Ed25519 keys whose seeds are made of names, so that a flow signs the same bytes every time.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';

const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export class SigningKey {
  readonly publicKey: string;
  private readonly privateKey: KeyObject;

  constructor(readonly name: string) {
    const seed = createHash('sha256').update(name).digest();
    this.privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(this.privateKey).export({ format: 'der', type: 'spki' });
    this.publicKey = spki.subarray(-32).toString('base64');
  }

  sign(payload: Uint8Array): Uint8Array {
    return sign(null, payload, this.privateKey);
  }
}
