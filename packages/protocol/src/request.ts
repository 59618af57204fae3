// What the journal stores: requests exactly as they were signed, one behind the other. Layout in docs/formats/journal.md.
import { assert, type Seq, type TimeUs } from '@glasshouse/units';

export const REQUEST_KIND = { tick: 0, signed: 1, genesis: 2 } as const;
export type RequestKind = (typeof REQUEST_KIND)[keyof typeof REQUEST_KIND];

/** A request inside `bytes`; offsets instead of views, because a view costs more than decoding the command. */
export type Request = {
  readonly kind: RequestKind;
  /** Number of the signing key in the exchange's state; 0 when nothing signs (tick, genesis). */
  readonly keyId: number;
  readonly bytes: Uint8Array;
  /** 64 bytes of Ed25519 signature from here, when signed. */
  readonly signatureStart: number;
  readonly payloadStart: number;
  readonly payloadEnd: number;
};

/** A request at its place in the one order, with the sequencer's time. */
export type Sequenced = { readonly seq: Seq; readonly timeUs: TimeUs; readonly request: Request };

export const SIGNATURE_BYTES = 64;
/** Longest signed text: a batch of 50 orders with every parameter set fits several times. */
export const MAX_PAYLOAD_BYTES = 65_536;
/** Genesis lists every asset, market and key of a venue. */
export const MAX_GENESIS_BYTES = 16_777_216;

const KIND_BYTES = 1;
const KEY_BYTES = 4;
const LENGTH_BYTES = 4;
const SIGNED_HEADER_BYTES = KIND_BYTES + KEY_BYTES + SIGNATURE_BYTES + LENGTH_BYTES;
const GENESIS_HEADER_BYTES = KIND_BYTES + LENGTH_BYTES;

function writeUint32(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value & 0xff;
  bytes[offset + 1] = (value >>> 8) & 0xff;
  bytes[offset + 2] = (value >>> 16) & 0xff;
  bytes[offset + 3] = value >>> 24;
}

/** Four bytes that are there. */
function readUint32(bytes: Uint8Array, offset: number): number {
  const low = (bytes[offset] as number) | ((bytes[offset + 1] as number) << 8) | ((bytes[offset + 2] as number) << 16);
  return (low | ((bytes[offset + 3] as number) << 24)) >>> 0;
}

export function tickRequest(): Request {
  return {
    kind: REQUEST_KIND.tick,
    keyId: 0,
    bytes: new Uint8Array(0),
    signatureStart: 0,
    payloadStart: 0,
    payloadEnd: 0,
  };
}

export function signedRequest(keyId: number, signature: Uint8Array, payload: Uint8Array): Request {
  const bytes = new Uint8Array(SIGNATURE_BYTES + payload.length);
  bytes.set(signature, 0);
  bytes.set(payload, SIGNATURE_BYTES);
  return {
    kind: REQUEST_KIND.signed,
    keyId,
    bytes,
    signatureStart: 0,
    payloadStart: SIGNATURE_BYTES,
    payloadEnd: bytes.length,
  };
}

/** `configuration` is the UTF-8 JSON text of a GenesisConfiguration, restricted to ASCII. */
export function genesisRequest(configuration: Uint8Array): Request {
  return {
    kind: REQUEST_KIND.genesis,
    keyId: 0,
    bytes: configuration,
    signatureStart: 0,
    payloadStart: 0,
    payloadEnd: configuration.length,
  };
}

export function encodedLength(request: Request): number {
  const payload = request.payloadEnd - request.payloadStart;
  if (request.kind === REQUEST_KIND.signed) return SIGNED_HEADER_BYTES + payload;
  return request.kind === REQUEST_KIND.genesis ? GENESIS_HEADER_BYTES + payload : KIND_BYTES;
}

function longestPayload(kind: RequestKind): number {
  return kind === REQUEST_KIND.signed ? MAX_PAYLOAD_BYTES : MAX_GENESIS_BYTES;
}

function encodeInto(request: Request, target: Uint8Array, start: number): number {
  target[start] = request.kind;
  let offset = start + KIND_BYTES;
  if (request.kind === REQUEST_KIND.tick) return offset;
  if (request.kind === REQUEST_KIND.signed) {
    writeUint32(target, offset, request.keyId);
    offset += KEY_BYTES;
    target.set(request.bytes.subarray(request.signatureStart, request.signatureStart + SIGNATURE_BYTES), offset);
    offset += SIGNATURE_BYTES;
  }
  const length = request.payloadEnd - request.payloadStart;
  if (length > longestPayload(request.kind)) assert(false, 'what is written can be read', { length });
  writeUint32(target, offset, length);
  offset += LENGTH_BYTES;
  target.set(request.bytes.subarray(request.payloadStart, request.payloadEnd), offset);
  return offset + length;
}

/** The body of a journal batch. Throws InvariantViolation for a payload longer than any that is read back. */
export function encodeRequests(requests: readonly Request[]): Uint8Array {
  let length = 0;
  for (const request of requests) length += encodedLength(request);
  const body = new Uint8Array(length);
  let offset = 0;
  for (const request of requests) offset = encodeInto(request, body, offset);
  return body;
}

/** Thrown for bytes that are no batch body: the journal's checksum held, so whoever wrote it did not follow the format. */
export class MalformedBatchBody extends Error {
  override readonly name = 'MalformedBatchBody';

  constructor(
    readonly offset: number,
    problem: string,
  ) {
    super(`batch body, byte ${offset}: ${problem}`);
  }
}

function decodeAt(body: Uint8Array, start: number): Request {
  const kind = body[start];
  if (kind === REQUEST_KIND.tick) {
    return {
      kind,
      keyId: 0,
      bytes: body,
      signatureStart: 0,
      payloadStart: start + KIND_BYTES,
      payloadEnd: start + KIND_BYTES,
    };
  }
  if (kind !== REQUEST_KIND.signed && kind !== REQUEST_KIND.genesis) {
    throw new MalformedBatchBody(start, `unknown request kind ${kind}`);
  }
  const signed = kind === REQUEST_KIND.signed;
  const payloadStart = start + (signed ? SIGNED_HEADER_BYTES : GENESIS_HEADER_BYTES);
  if (payloadStart > body.length) throw new MalformedBatchBody(start, 'request header is cut off');
  const length = readUint32(body, payloadStart - LENGTH_BYTES);
  if (length > longestPayload(kind) || payloadStart + length > body.length) {
    throw new MalformedBatchBody(start, `payload of ${length} bytes does not fit`);
  }
  return {
    kind,
    keyId: signed ? readUint32(body, start + KIND_BYTES) : 0,
    bytes: body,
    signatureStart: signed ? start + KIND_BYTES + KEY_BYTES : 0,
    payloadStart,
    payloadEnd: payloadStart + length,
  };
}

/** The `count` requests of a batch body, as offsets into it. Throws MalformedBatchBody unless they fill it exactly. */
export function decodeRequests(body: Uint8Array, count: number): Request[] {
  const requests: Request[] = [];
  let offset = 0;
  for (let index = 0; index < count; index += 1) {
    const request = decodeAt(body, offset);
    requests.push(request);
    offset = request.payloadEnd;
  }
  if (offset !== body.length) throw new MalformedBatchBody(offset, `${body.length - offset} bytes left over`);
  return requests;
}
