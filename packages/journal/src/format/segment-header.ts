// First bytes of each segment file: which segment it is and where the chain stands when it begins.

import { crc32 } from 'node:zlib';
import { readWhole, writeWhole } from './integers.js';
import { HASH_BYTES, SALT_BYTES } from './limits.js';

export const FORMAT_VERSION = 1;
export const SEGMENT_HEADER_BYTES = 80;

const MAGIC = Buffer.from('GLASSJRN', 'latin1');
const VERSION = 8;
const ORDINAL = 12;
const FIRST_SEQ = 16;
const LAST_TIME = 24;
const PREVIOUS_HASH = 32;
const SALT = 64;
const CHECKSUM = 76;

export interface SegmentHeader {
  readonly version: number;
  readonly ordinal: number;
  readonly firstSeq: number;
  readonly lastTimeUs: number;
  readonly previousHash: Buffer;
  /** Random per segment and repeated in each record, so that bytes inside a body never pass for a record. */
  readonly salt: Buffer;
}

export function writeSegmentHeader(target: Buffer, header: Omit<SegmentHeader, 'version'>): void {
  target.fill(0, 0, SEGMENT_HEADER_BYTES);
  MAGIC.copy(target, 0);
  target.writeUInt32LE(FORMAT_VERSION, VERSION);
  target.writeUInt32LE(header.ordinal, ORDINAL);
  writeWhole(target, FIRST_SEQ, header.firstSeq);
  writeWhole(target, LAST_TIME, header.lastTimeUs);
  header.previousHash.copy(target, PREVIOUS_HASH);
  header.salt.copy(target, SALT);
  target.writeUInt32LE(crc32(target.subarray(0, CHECKSUM)), CHECKSUM);
}

/** `blank` is a prepared file that no batch has reached yet. */
export function readSegmentHeader(source: Buffer): SegmentHeader | 'blank' | 'bad' {
  if (isZero(source)) return 'blank';
  if (source.length < SEGMENT_HEADER_BYTES || !source.subarray(0, VERSION).equals(MAGIC)) return 'bad';
  if (crc32(source.subarray(0, CHECKSUM)) !== source.readUInt32LE(CHECKSUM)) return 'bad';
  return {
    version: source.readUInt32LE(VERSION),
    ordinal: source.readUInt32LE(ORDINAL),
    firstSeq: readWhole(source, FIRST_SEQ),
    lastTimeUs: readWhole(source, LAST_TIME),
    previousHash: source.subarray(PREVIOUS_HASH, PREVIOUS_HASH + HASH_BYTES),
    salt: source.subarray(SALT, SALT + SALT_BYTES),
  };
}

const ZEROS = Buffer.alloc(64 * 1024);

export function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += ZEROS.length) {
    const part = bytes.subarray(at, at + ZEROS.length);
    if (!part.equals(ZEROS.subarray(0, part.length))) return false;
  }
  return true;
}
