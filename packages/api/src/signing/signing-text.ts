// The text a caller signs: instruction, parameters sorted by name, timestamp, window. Method, path and host are not part of it.
// One text must have one reading, because the journal keeps nothing else: what cannot be read back is refused (findUnsignable).

/** A parameter as it enters the signed text. */
export type Parameter = readonly [name: string, text: string];

/** When the request was made and how long it stays valid, both in milliseconds and both signed. */
export type Validity = { readonly timestampMs: number; readonly windowMs: number };

/** Most clients sign values as they are; ccxt signs them percent-encoded. */
export type SigningForm = 'raw' | 'percent';

export const DEFAULT_WINDOW_MS = 5_000;
export const MAX_WINDOW_MS = 60_000;
export const SUBSCRIBE_INSTRUCTION = 'subscribe';

const UNRESERVED = /^[\w.~-]*$/;
const RESERVED_BY_RFC_3986 = /[!'()*]/g;

/** RFC 3986: everything but letters, digits and `-._~`, as ccxt does in all its languages; encodeURIComponent spares five more. */
function percentEncode(text: string): string {
  if (UNRESERVED.test(text)) return text;
  return encodeURIComponent(text).replace(
    RESERVED_BY_RFC_3986,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Both forms are the same text. */
function isUnreserved([name, value]: Parameter): boolean {
  return UNRESERVED.test(name) && UNRESERVED.test(value);
}

function compareByName(a: Parameter, b: Parameter): number {
  if (a[0] === b[0]) return 0;
  return a[0] < b[0] ? -1 : 1;
}

/** Repeated names keep the order in which they were received. */
function segment(instruction: string, parameters: readonly Parameter[], form: SigningForm): string {
  let text = `instruction=${instruction}`;
  for (const [name, value] of [...parameters].sort(compareByName)) {
    text += form === 'raw' ? `&${name}=${value}` : `&${percentEncode(name)}=${percentEncode(value)}`;
  }
  return text;
}

function dated(text: string, validity: Validity): string {
  return `${text}&timestamp=${validity.timestampMs}&window=${validity.windowMs}`;
}

export function signingText(
  instruction: string,
  parameters: readonly Parameter[],
  validity: Validity,
  form: SigningForm = 'raw',
): string {
  return dated(segment(instruction, parameters, form), validity);
}

/** A batch is one segment per element in array order under one date. It needs at least one element. */
export function batchSigningText(
  instruction: string,
  batch: readonly (readonly Parameter[])[],
  validity: Validity,
  form: SigningForm = 'raw',
): string {
  return dated(batch.map((parameters) => segment(instruction, parameters, form)).join('&'), validity);
}

/** What a private subscription signs. */
export function subscribeSigningText(validity: Validity): string {
  return signingText(SUBSCRIBE_INSTRUCTION, [], validity);
}

/** The texts under which a signature may stand, in the order to try them: one, unless the two forms differ. */
export function acceptedSigningTexts(
  instruction: string,
  batch: readonly (readonly Parameter[])[],
  validity: Validity,
): readonly string[] {
  const raw = batchSigningText(instruction, batch, validity, 'raw');
  if (batch.every((parameters) => parameters.every(isUnreserved))) return [raw];
  return [raw, batchSigningText(instruction, batch, validity, 'percent')];
}
