// Who signed a request, checked in this order: headers, key, time, signature. Each failure says which part it was.
import {
  acceptedSigningTexts,
  batchSigningText,
  findUnsignable,
  isPublicKeyText,
  isSignatureText,
  OPERATION_NAMES,
  operationOf,
  type Parameter,
  readValidity,
  SUBSCRIBE_INSTRUCTION,
  UNSIGNABLE,
  type Validity,
} from '@glasshouse/api';
import type { KeyView } from '@glasshouse/protocol';
import type { Catalogue } from '../exchange/catalogue.js';
import type { KeyRing, KnownKey } from '../exchange/key-ring.js';
import { addressKey } from '../limits/address.js';
import type { RequestLimiter } from '../limits/request-limiter.js';
import { TokenBuckets } from '../limits/token-bucket.js';
import type { ExchangePort } from '../ports.js';
import { Problem } from '../problem.js';
import type { VerifyPool } from './verify-pool.js';

/** What the caller presents: texts of headers, or of a subscribe frame. */
export type Credentials = {
  readonly publicKey: string | undefined;
  readonly signature: string | undefined;
  readonly timestamp: string | undefined;
  readonly window: string | undefined;
  readonly address: string;
};

/** What was signed, before it is written as text: one list of parameters for each element of a batch. */
export type Signable = { readonly instruction: string; readonly batch: readonly (readonly Parameter[])[] };

export type Authenticated = {
  readonly key: KeyView;
  readonly signature: Uint8Array;
  /** The very bytes that the signature fits. */
  readonly payload: Uint8Array;
};

type Presented = { readonly publicKey: string; readonly signature: Uint8Array; readonly validity: Validity };

/** Naming the instruction that was signed instead costs dozens of checks: a few a minute for each address. */
const DIAGNOSES_PER_MINUTE = 20;
const INSTRUCTIONS = [
  SUBSCRIBE_INSTRUCTION,
  ...new Set(OPERATION_NAMES.map((name) => operationOf(name).instruction).filter((name) => name !== null)),
];

const encoder = new TextEncoder();

function presented(credentials: Credentials): Presented {
  const { publicKey, signature } = credentials;
  if (publicKey === undefined || publicKey === '') throw new Problem('apiKeyMissing');
  if (!isPublicKeyText(publicKey)) throw new Problem('apiKeyMalformed');
  if (signature === undefined || signature === '') throw new Problem('signatureMissing');
  if (!isSignatureText(signature)) throw new Problem('signatureMalformed');
  const validity = readValidity(credentials.timestamp, credentials.window);
  if (typeof validity === 'string') throw new Problem(validity);
  return { publicKey, signature: Buffer.from(signature, 'base64'), validity };
}

function refuseUnsignable(batch: Signable['batch']): void {
  for (const parameters of batch) {
    const unsignable = findUnsignable(parameters);
    if (unsignable === undefined) continue;
    throw new Problem('parameterUnsignable', {
      message: `parameter \`${unsignable.name}\`: ${UNSIGNABLE[unsignable.problem]}`,
    });
  }
}

export type AuthenticatorParts = {
  readonly port: ExchangePort;
  readonly catalogue: Catalogue;
  readonly keys: KeyRing;
  readonly pool: VerifyPool;
  readonly limiter: RequestLimiter;
};

export class Authenticator {
  private readonly diagnoses: TokenBuckets;

  constructor(private readonly parts: AuthenticatorParts) {
    this.diagnoses = new TokenBuckets(DIAGNOSES_PER_MINUTE, () => parts.port.nowUs() / 1000);
  }

  async authenticate(credentials: Credentials, signable: Signable): Promise<Authenticated> {
    const given = presented(credentials);
    refuseUnsignable(signable.batch);
    this.parts.limiter.refuseAfterFailures(credentials.address);
    try {
      const key = await this.activeKey(given.publicKey);
      this.checkTime(given.validity);
      return await this.checkSignature(key, given, signable, credentials.address);
    } catch (error) {
      if (error instanceof Problem) this.parts.limiter.countFailure(credentials.address);
      throw error;
    }
  }

  private async activeKey(publicKey: string): Promise<KnownKey> {
    const key = await this.parts.keys.find(publicKey);
    if (key === undefined) throw new Problem('keyUnknown');
    if (!key.view.active) throw new Problem('keyRevoked');
    return key;
  }

  private checkTime({ timestampMs, windowMs }: Validity): void {
    const nowMs = Math.floor(this.parts.port.nowUs() / 1000);
    const details = { timestamp: timestampMs, window: windowMs, serverTime: nowMs };
    if (nowMs > timestampMs + windowMs) throw new Problem('requestExpired', { details });
    const { futureToleranceMs } = this.parts.catalogue.rules.settings;
    if (timestampMs > nowMs + futureToleranceMs) throw new Problem('requestFromFuture', { details });
  }

  private async checkSignature(
    key: KnownKey,
    { signature, validity }: Presented,
    { instruction, batch }: Signable,
    address: string,
  ): Promise<Authenticated> {
    const publicKey = key.publicKeyBytes;
    const texts = acceptedSigningTexts(instruction, batch, validity).map((text) => encoder.encode(text));
    const match = await this.parts.pool.verify({ publicKey, signature, texts });
    const payload = match === undefined ? undefined : texts[match];
    if (payload !== undefined) return { key: key.view, signature, payload };
    if (this.diagnoses.take(addressKey(address)) > 0) throw new Problem('signatureWrong');
    const others = INSTRUCTIONS.filter((other) => other !== instruction);
    const otherTexts = others.map((other) => encoder.encode(batchSigningText(other, batch, validity)));
    const other = await this.parts.pool.verify({ publicKey, signature, texts: otherTexts });
    if (other === undefined) throw new Problem('signatureWrong');
    throw new Problem('signatureForOtherInstruction', {
      details: { signed: String(others[other]), expected: instruction },
    });
  }
}
