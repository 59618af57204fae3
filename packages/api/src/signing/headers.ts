// The headers of a signed request, read strictly: a text with two spellings of one number could not be signed unambiguously.
import { DEFAULT_WINDOW_MS, MAX_WINDOW_MS, type Validity } from './signing-text.js';

export const HEADER = {
  apiKey: 'x-api-key',
  signature: 'x-signature',
  timestamp: 'x-timestamp',
  window: 'x-window',
} as const;

export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

const PLAIN_INTEGER = /^(?:0|[1-9]\d{0,15})$/;
const BASE64_32_BYTES = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
const BASE64_64_BYTES = /^[A-Za-z0-9+/]{85}[AQgw]==$/;

/** Canonical base64 of 32 bytes: one key has exactly one spelling. */
export function isPublicKeyText(text: string): boolean {
  return BASE64_32_BYTES.test(text);
}

/** Canonical base64 of 64 bytes. */
export function isSignatureText(text: string): boolean {
  return BASE64_64_BYTES.test(text);
}

export type ValidityProblem = 'timestampMissing' | 'timestampMalformed' | 'windowMalformed' | 'windowTooLong';

/** Reads X-Timestamp and X-Window; an absent window counts, and is signed, as the default. */
export function readValidity(timestamp: string | undefined, window: string | undefined): Validity | ValidityProblem {
  if (timestamp === undefined || timestamp === '') return 'timestampMissing';
  if (!PLAIN_INTEGER.test(timestamp) || !Number.isSafeInteger(Number(timestamp))) return 'timestampMalformed';
  if (window === undefined) return { timestampMs: Number(timestamp), windowMs: DEFAULT_WINDOW_MS };
  if (!PLAIN_INTEGER.test(window) || window === '0') return 'windowMalformed';
  if (Number(window) > MAX_WINDOW_MS) return 'windowTooLong';
  return { timestampMs: Number(timestamp), windowMs: Number(window) };
}
