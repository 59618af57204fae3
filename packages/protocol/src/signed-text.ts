// Reads `key=value&key=value` out of signed bytes without making strings of what it has seen before.

const AMPERSAND = 38;
const EQUALS = 61;
const PERCENT = 37;
const FIRST_PRINTABLE = 0x20;
const LAST_PRINTABLE = 0x7e;
const PRINTABLE = /^[ -~]*$/;

const INTERN_SLOTS = 65_536;
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

/** The text of a range whose hash is known. Short ones come from a fixed cache: same bytes, same string, whatever came before. */
export function interned(bytes: Uint8Array, start: number, end: number, hash: number): string {
  if (end - start > MAX_INTERNED_BYTES) return textOf(bytes, start, end);
  const slot = (hash ^ (hash >>> 16)) & (INTERN_SLOTS - 1);
  const known = internedTexts[slot];
  if (known !== undefined && sameText(known, bytes, start, end)) return known;
  const text = textOf(bytes, start, end);
  internedTexts[slot] = text;
  return text;
}

/** Walks the pairs of a range in one pass over its bytes; the fields describe the pair that `next` moved to. */
export class PairReader {
  bytes: Uint8Array = new Uint8Array(0);
  keyStart = 0;
  keyEnd = 0;
  valueStart = 0;
  valueEnd = 0;
  /** A byte was met that a signed text may not hold: it is printable ASCII. */
  sawForbidden = false;
  private keyHash = 0;
  private valueHash = 0;
  private position = 0;
  private end = 0;

  over(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
    this.sawForbidden = false;
  }

  /** False at the end of the range. A pair without `=` is all key, with an empty value. */
  next(): boolean {
    const { bytes, end } = this;
    let index = this.position;
    if (index >= end) return false;
    this.keyStart = index;
    let hash = 0;
    let forbidden = 0;
    let byte = 0;
    for (; index < end; index += 1) {
      byte = bytes[index] as number;
      if (byte === EQUALS || byte === AMPERSAND) break;
      hash = (Math.imul(hash, 31) + byte) | 0;
      forbidden |= (byte - FIRST_PRINTABLE) | (LAST_PRINTABLE - byte);
    }
    this.keyEnd = index;
    this.keyHash = hash;
    hash = 0;
    if (byte === EQUALS && index < end) index += 1;
    this.valueStart = index;
    for (; index < end; index += 1) {
      byte = bytes[index] as number;
      if (byte === AMPERSAND) break;
      hash = (Math.imul(hash, 31) + byte) | 0;
      forbidden |= (byte - FIRST_PRINTABLE) | (LAST_PRINTABLE - byte);
    }
    this.valueEnd = index;
    this.valueHash = hash;
    this.position = index + 1;
    if (forbidden < 0) this.sawForbidden = true;
    return true;
  }

  key(): string {
    return interned(this.bytes, this.keyStart, this.keyEnd, this.keyHash);
  }

  value(): string {
    return interned(this.bytes, this.valueStart, this.valueEnd, this.valueHash);
  }

  /** What percent-encoding hides may not leave printable ASCII either. */
  decodedValue(): string {
    const text = this.value();
    const decoded = percentDecoded(text);
    if (decoded !== text && !PRINTABLE.test(decoded)) this.sawForbidden = true;
    return decoded;
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
