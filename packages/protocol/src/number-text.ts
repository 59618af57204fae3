// Numbers in signed bytes, parsed in place.

const ZERO = 48;
const NINE = 57;
const POINT = 46;
/** More digits than this may not fit 2^53 − 1. */
export const MAX_DIGITS = 15;
/** No asset or price of a venue has more decimals than this. */
export const MAX_DECIMALS = 15;

let parsedScale = 0;

/** Scale of the decimal that `decimalDigits` read last. */
export const lastScale = (): number => parsedScale;

/**
 * Digits of an unsigned plain decimal (`12.50` → 1250, scale 2, trailing zeros dropped → 125, 1), or −1 when the text is
 * none or has more than 15 significant digits.
 */
export function decimalDigits(bytes: Uint8Array, start: number, end: number): number {
  let stop = end;
  let point = -1;
  for (let index = start; index < end; index += 1) {
    if (bytes[index] === POINT) {
      if (point >= 0) return -1;
      point = index;
    }
  }
  if (point === start || point === end - 1 || start === end) return -1;
  if (point >= 0) {
    while (stop > point && bytes[stop - 1] === ZERO) stop -= 1;
    if (stop === point + 1) stop = point;
  }
  let digits = 0;
  let significant = 0;
  for (let index = start; index < stop; index += 1) {
    const byte = bytes[index] as number;
    if (index === point) continue;
    if (byte < ZERO || byte > NINE) return -1;
    if (significant > 0 || byte !== ZERO) significant += 1;
    digits = digits * 10 + (byte - ZERO);
  }
  parsedScale = point >= 0 && stop > point ? stop - point - 1 : 0;
  return significant > MAX_DIGITS || parsedScale > MAX_DECIMALS ? -1 : digits;
}

/** A non-negative integer of at most 15 digits, or −1. */
export function unsignedInteger(bytes: Uint8Array, start: number, end: number): number {
  if (start === end || end - start > MAX_DIGITS) return -1;
  let value = 0;
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index] as number;
    if (byte < ZERO || byte > NINE) return -1;
    value = value * 10 + (byte - ZERO);
  }
  return value;
}
