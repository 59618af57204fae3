// Checks what a client asks to hear: that the stream exists, and that a private one belongs to whoever signed.
import {
  isPrivateStream,
  parseStream,
  type Stream,
  type StreamErrorName,
  type StreamSignature,
  SUBSCRIBE_INSTRUCTION,
} from '@glasshouse/api';
import { KEY_ROLE, type KeyView, PERMISSION } from '@glasshouse/protocol';
import type { Authenticator } from '../auth/authenticator.js';
import type { Catalogue } from '../exchange/catalogue.js';
import { Problem } from '../problem.js';

export class StreamRefusal extends Error {
  override readonly name = 'StreamRefusal';

  constructor(readonly error: StreamErrorName) {
    super(error);
  }
}

export type Asked = { readonly name: string; readonly stream: Stream; readonly isPrivate: boolean };

const REFUSAL_OF: Partial<Readonly<Record<Problem['error'], StreamErrorName>>> = {
  keyUnknown: 'keyUnknown',
  keyRevoked: 'keyRevoked',
  requestExpired: 'requestExpired',
  requestFromFuture: 'requestFromFuture',
  tooManyRequests: 'tooManyRequests',
  overloaded: 'tooManyRequests',
};

/** Spot has no such streams. */
const PERP_KINDS: ReadonlySet<Stream['kind']> = new Set(['markPrice', 'openInterest', 'positionUpdate']);

export class SubscriptionDesk {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly authenticator: Authenticator,
  ) {}

  /** Throws StreamRefusal unless every name is a stream of this venue. */
  read(names: readonly string[]): Asked[] {
    return names.map((name) => {
      const stream = parseStream(name);
      if (stream === undefined || !this.exists(stream)) throw new StreamRefusal('invalidStream');
      return { name, stream, isPrivate: isPrivateStream(name) };
    });
  }

  private exists(stream: Stream): boolean {
    if (!('symbol' in stream) || stream.symbol === null) return true;
    const listing = this.catalogue.listingBySymbol(stream.symbol);
    return listing !== undefined && (listing.perp !== undefined || !PERP_KINDS.has(stream.kind));
  }

  /** The key that may listen to its account. */
  async signer(signature: StreamSignature | undefined, address: string): Promise<KeyView> {
    if (signature === undefined) throw new StreamRefusal('signatureMissing');
    const key = await this.authenticated(signature, address);
    const mayRead = key.role === KEY_ROLE.account && (key.permissions & PERMISSION.read) !== 0;
    if (!mayRead) throw new StreamRefusal('permissionMissing');
    return key;
  }

  private async authenticated(signature: StreamSignature, address: string): Promise<KeyView> {
    const credentials = {
      publicKey: signature.publicKey,
      signature: signature.signature,
      timestamp: String(signature.validity.timestampMs),
      window: String(signature.validity.windowMs),
      address,
    };
    try {
      const signable = { instruction: SUBSCRIBE_INSTRUCTION, batch: [[]] };
      return (await this.authenticator.authenticate(credentials, signable)).key;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw new StreamRefusal(REFUSAL_OF[error.error] ?? 'signatureInvalid');
    }
  }
}
