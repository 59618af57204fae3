// Requests that this venue signs itself, in the same form as everyone's.
import type { ServiceSigner } from '@glasshouse/gateway';
import { type Request, signedRequest } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';

const WINDOW_MS = 60_000;

/** `instruction=NAME`, the parameters sorted by name, timestamp and window. Values must not need escaping. */
export function serviceRequest(
  signer: ServiceSigner,
  instruction: string,
  parameters: Readonly<Record<string, string | number>>,
  nowUs: TimeUs,
): Request {
  const pairs = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const dates = [
    ['timestamp', Math.floor(nowUs / 1_000)],
    ['window', WINDOW_MS],
  ];
  const text = [['instruction', instruction], ...pairs, ...dates].map(([key, value]) => `${key}=${value}`).join('&');
  const payload = new TextEncoder().encode(text);
  return signedRequest(signer.keyId, signer.sign(payload), payload);
}
