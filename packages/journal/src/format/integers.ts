// Whole numbers up to 2^53 − 1 in eight little-endian bytes, without the allocation of a BigInt.

const LOW = 2 ** 32;
const HIGHEST_SAFE_HIGH = 2 ** 21;

export function writeWhole(target: Buffer, at: number, value: number): void {
  target.writeUInt32LE(value % LOW, at);
  target.writeUInt32LE(Math.floor(value / LOW), at + 4);
}

/** NaN for what no safe integer can hold: it equals nothing, so every check on it fails. */
export function readWhole(source: Buffer, at: number): number {
  const high = source.readUInt32LE(at + 4);
  return high < HIGHEST_SAFE_HIGH ? high * LOW + source.readUInt32LE(at) : Number.NaN;
}
