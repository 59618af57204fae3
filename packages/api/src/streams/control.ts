// What a client may say on the socket, and how it is told that it said it wrong. Success is silent unless the frame has an id.
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
  tooManyConnections: { code: 4009, message: 'Too many connections with this API key' },
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

/** What a client calls a frame of its own; the answer to it has the same. */
export type FrameId = number | string;

export function streamErrorFrame(name: StreamErrorName, id?: FrameId | undefined): string {
  return JSON.stringify({ id: id ?? null, error: STREAM_ERRORS[name] });
}

/** The answer to a frame with an id. `resumed`: streams that go on right after the cursor; of all others a part may be missing. */
export type StreamAcknowledgement = {
  readonly id: FrameId;
  readonly result: {
    readonly method: ControlFrame['method'];
    readonly streams: readonly string[];
    readonly resumed: readonly string[];
    /** Microseconds. */
    readonly time: number;
  };
};

export type StreamSignature = { readonly publicKey: string; readonly signature: string; readonly validity: Validity };

export type ControlFrame = {
  readonly method: 'SUBSCRIBE' | 'UNSUBSCRIBE';
  readonly params: readonly string[];
  readonly signature: StreamSignature | undefined;
  readonly id: FrameId | undefined;
  /** Cursor of the last frame that was received, by stream. */
  readonly resume: Readonly<Record<string, string>>;
};

export type ControlResult =
  | { readonly ok: true; readonly frame: ControlFrame }
  | { readonly ok: false; readonly error: StreamErrorName; readonly id: FrameId | undefined };

const failed = (error: StreamErrorName, id?: FrameId): ControlResult => ({ ok: false, error, id });
const MAX_TEXT = 64;
const NO_RESUME: ControlFrame['resume'] = {};

function isFrameId(value: unknown): value is FrameId {
  return typeof value === 'string' ? value.length <= MAX_TEXT : Number.isSafeInteger(value);
}

function isResume(value: unknown): value is ControlFrame['resume'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((cursor) => typeof cursor === 'string' && cursor.length <= MAX_TEXT);
}

const isGiven = <Value>(value: Value): value is NonNullable<Value> => value !== undefined && value !== null;

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
  const { method, params, signature, id, resume } = value as Readonly<Record<string, unknown>>;
  const known = isFrameId(id) ? id : undefined;
  if (method !== 'SUBSCRIBE' && method !== 'UNSUBSCRIBE') return failed('unknownMethod', known);
  if (!isTextList(params)) return failed('malformedFrame', known);
  if (isGiven(id) && known === undefined) return failed('malformedFrame');
  if (isGiven(resume) && !isResume(resume)) return failed('malformedFrame', known);
  const signed = isGiven(signature) ? readSignature(signature) : undefined;
  if (isGiven(signature) && signed === undefined) return failed('signatureInvalid', known);
  const cursors = isGiven(resume) ? resume : NO_RESUME;
  return { ok: true, frame: { method, params, signature: signed, id: known, resume: cursors } };
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
