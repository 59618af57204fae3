// Reads the one file that a venue's archive holds: stored or deflated, checked by its length and CRC.
import { crc32, inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

function damaged(what: string): never {
  throw new Error(`damaged archive: ${what}`);
}

function endOf(zip: Buffer): number {
  for (let at = zip.length - END_BYTES; at >= 0; at -= 1) if (zip.readUInt32LE(at) === END) return at;
  return damaged('no directory');
}

export function unzipOne(zip: Buffer): Buffer {
  const end = endOf(zip);
  if (zip.readUInt16LE(end + 10) !== 1) damaged('not one file');
  const entry = zip.readUInt32LE(end + 16);
  if (zip.readUInt32LE(entry) !== ENTRY) damaged('no entry');
  const method = zip.readUInt16LE(entry + 10);
  const crc = zip.readUInt32LE(entry + 16);
  const packed = zip.readUInt32LE(entry + 20);
  const length = zip.readUInt32LE(entry + 24);
  const local = zip.readUInt32LE(entry + 42);
  if (zip.readUInt32LE(local) !== LOCAL) damaged('no file');
  const start = local + LOCAL_BYTES + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(start, start + packed);
  if (method !== STORED && method !== DEFLATED) damaged(`compression ${method}`);
  const content = method === STORED ? Buffer.from(bytes) : inflateRawSync(bytes);
  if (content.length !== length || crc32(content) !== crc) damaged('content differs from its checksum');
  return content;
}
