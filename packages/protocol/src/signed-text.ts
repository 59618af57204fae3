// Reads `key=value&key=value` out of signed bytes without making strings of what it has seen before.

const AMPERSAND = 38;
const EQUALS = 61;
const PERCENT = 37;
const FIRST_PRINTABLE = 0x21;
const LAST_PRINTABLE = 0x7e;
const SPACE = 0x20;

const INTERN_SLOTS = 4096;
const MAX_INTERNED_BYTES = 32;
const internedTexts: (string | undefined)[] = new Array(INTERN_SLOTS).fill(undefined);

function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let index = start; index < end; index += 1) text += String.fromCharCode(bytes[index] as number);
  return text;
}

function sameText(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let index = start; index < end; index += 1) {
    if (text.charCodeAt(index - start) !== bytes[index]) return false;
  }
  return true;
}

/** The ASCII text of a range. Short texts come from a fixed cache: same bytes, same string, whatever was read before. */
export function internText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > MAX_INTERNED_BYTES) return textOf(bytes, start, end);
  let hash = end - start;
  for (let index = start; index < end; index += 1) hash = (Math.imul(hash, 31) + (bytes[index] as number)) | 0;
  const slot = (hash ^ (hash >>> 12)) & (INTERN_SLOTS - 1);
  const known = internedTexts[slot];
  if (known !== undefined && sameText(known, bytes, start, end)) return known;
  const text = textOf(bytes, start, end);
  internedTexts[slot] = text;
  return text;
}

/** Position of the first byte that a signed text may not hold (it is printable ASCII), or −1. */
export function firstForbiddenByte(bytes: Uint8Array, start: number, end: number): number {
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index] as number;
    if ((byte < FIRST_PRINTABLE || byte > LAST_PRINTABLE) && byte !== SPACE) return index;
  }
  return -1;
}

/** Walks the pairs of a range; the fields describe the pair that `next` moved to. */
export class PairReader {
  keyStart = 0;
  keyEnd = 0;
  valueStart = 0;
  valueEnd = 0;
  private position = 0;
  private end = 0;

  constructor(readonly bytes: Uint8Array) {}

  over(start: number, end: number): void {
    this.position = start;
    this.end = end;
  }

  /** False at the end of the range; a pair without `=` has an empty key. */
  next(): boolean {
    const { bytes, end } = this;
    let index = this.position;
    if (index >= end) return false;
    this.keyStart = index;
    this.keyEnd = index;
    this.valueStart = index;
    let sawEquals = false;
    for (; index < end; index += 1) {
      const byte = bytes[index];
      if (byte === AMPERSAND) break;
      if (byte === EQUALS && !sawEquals) {
        sawEquals = true;
        this.keyEnd = index;
        this.valueStart = index + 1;
      }
    }
    this.valueEnd = index;
    this.position = index + 1;
    return true;
  }

  key(): string {
    return internText(this.bytes, this.keyStart, this.keyEnd);
  }

  value(): string {
    return internText(this.bytes, this.valueStart, this.valueEnd);
  }

  decodedValue(): string {
    return percentDecoded(this.value());
  }
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

/** Undoes `%2B` and its like; a percent sign that starts no escape stands for itself (`50%`). */
export function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  let decoded = '';
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const high = code === PERCENT ? hexDigit(text.charCodeAt(index + 1)) : -1;
    const low = high >= 0 ? hexDigit(text.charCodeAt(index + 2)) : -1;
    if (low < 0) {
      decoded += text[index];
    } else {
      decoded += String.fromCharCode(high * 16 + low);
      index += 2;
    }
  }
  return decoded;
}
