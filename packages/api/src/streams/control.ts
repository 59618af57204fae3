// What a client may say on the socket, and how it is told that it said it wrong. Success is silent.
import { isPublicKeyText, isSignatureText, readValidity, type Validity } from '../signing/index.js';

/** 4003 and 4006 are the reference's; it publishes no others. */
export const STREAM_ERRORS = {
  malformedFrame: { code: 4000, message: 'Invalid request' },
  unknownMethod: { code: 4001, message: 'Invalid method' },
  signatureMissing: { code: 4003, message: 'Invalid signature: private streams need one' },
  signatureInvalid: { code: 4003, message: 'Invalid signature' },
  keyUnknown: { code: 4003, message: 'Invalid signature: unknown API key' },
  keyRevoked: { code: 4003, message: 'Invalid signature: the API key has been revoked' },
  permissionMissing: { code: 4003, message: 'Invalid signature: the API key may not read' },
  requestExpired: { code: 4003, message: 'Invalid signature: Request has expired' },
  requestFromFuture: { code: 4003, message: 'Invalid signature: timestamp lies in the future' },
  invalidStream: { code: 4006, message: 'Invalid stream' },
  tooManyStreams: { code: 4007, message: 'Too many streams on one connection' },
  tooManyRequests: { code: 4008, message: 'Too many requests' },
} as const;

export type StreamErrorName = keyof typeof STREAM_ERRORS;

/** Codes of the closing handshake. */
export const STREAM_CLOSE = {
  shutdown: { code: 1001, reason: 'server is shutting down' },
  tooManyRequests: { code: 1008, reason: 'too many requests' },
  slowConsumer: { code: 1008, reason: 'slow consumer' },
  frameTooLarge: { code: 1009, reason: 'frame too large' },
} as const;

/** The server pings; who has not answered for `pongTimeoutMs` is gone. Frames keep flowing for `shutdownGraceMs` after a Close. */
export const STREAM_KEEPALIVE = { pingEveryMs: 60_000, pongTimeoutMs: 120_000, shutdownGraceMs: 30_000 } as const;

export function streamErrorFrame(name: StreamErrorName): string {
  return JSON.stringify({ id: null, error: STREAM_ERRORS[name] });
}

export type StreamSignature = { readonly publicKey: string; readonly signature: string; readonly validity: Validity };

export type ControlFrame = {
  readonly method: 'SUBSCRIBE' | 'UNSUBSCRIBE';
  readonly params: readonly string[];
  readonly signature: StreamSignature | undefined;
};

export type ControlResult =
  | { readonly ok: true; readonly frame: ControlFrame }
  | { readonly ok: false; readonly error: StreamErrorName };

const failed = (error: StreamErrorName): ControlResult => ({ ok: false, error });

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string');
}

/** `[public key, signature, timestamp, window]`; the two numbers come as text or as numbers. */
function readSignature(value: unknown): StreamSignature | undefined {
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [publicKey, signature, timestamp, window] = value.map(String);
  if (publicKey === undefined || !isPublicKeyText(publicKey)) return undefined;
  if (signature === undefined || !isSignatureText(signature)) return undefined;
  const validity = readValidity(timestamp, window);
  return typeof validity === 'string' ? undefined : { publicKey, signature, validity };
}

function readObject(value: object): ControlResult {
  const { method, params, signature } = value as { method?: unknown; params?: unknown; signature?: unknown };
  if (method !== 'SUBSCRIBE' && method !== 'UNSUBSCRIBE') return failed('unknownMethod');
  if (!isTextList(params)) return failed('malformedFrame');
  if (signature === undefined || signature === null)
    return { ok: true, frame: { method, params, signature: undefined } };
  const signed = readSignature(signature);
  return signed === undefined ? failed('signatureInvalid') : { ok: true, frame: { method, params, signature: signed } };
}

/** Reads a client's text frame. */
export function readControlFrame(text: string): ControlResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return failed('malformedFrame');
  }
  return typeof value === 'object' && value !== null ? readObject(value) : failed('malformedFrame');
}
