// A record is a batch (header, body, hash, zeros up to a multiple of eight) or a seal (a header alone, written
// when the journal is closed). The hash covers only what the log means, never where or how it was written, so
// two nodes with the same batches have the same chain.

import { hash as hashOnce } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { readWhole, writeWhole } from './integers.js';
import { HASH_BYTES, SALT_BYTES } from './limits.js';

export const RECORD_HEADER_BYTES = 80;
export const RECORD_ALIGNMENT = 8;
const BATCH_MAGIC = 0x54424847; // "GHBT"
const SEAL_MAGIC = 0x4c534847; // "GHSL"

const CHECKSUM = 4;
const SALT = 8;
const DURABLE_POSITION = 16;
const PREVIOUS_HASH = 24;
const FIRST_SEQ = 56;
const TIME = 64;
const COUNT = 72;
const BODY_LENGTH = 76;

export interface RecordHeader {
  readonly isSeal: boolean;
  /** Everything in this file before it was durable when the record was written. */
  readonly durablePosition: number;
  readonly firstSeq: number;
  readonly timeUs: number;
  readonly count: number;
  readonly bodyLength: number;
}

export function batchRecordBytes(bodyLength: number): number {
  const bytes = RECORD_HEADER_BYTES + bodyLength + HASH_BYTES;
  return Math.ceil(bytes / RECORD_ALIGNMENT) * RECORD_ALIGNMENT;
}

export function writeRecordHeader(target: Buffer, at: number, header: RecordHeader, link: RecordLink): void {
  target.writeUInt32LE(header.isSeal ? SEAL_MAGIC : BATCH_MAGIC, at);
  link.salt.copy(target, at + SALT);
  writeWhole(target, at + DURABLE_POSITION, header.durablePosition);
  target.write(link.previousHash, at + PREVIOUS_HASH, 'latin1');
  writeWhole(target, at + FIRST_SEQ, header.firstSeq);
  writeWhole(target, at + TIME, header.timeUs);
  target.writeUInt32LE(header.count, at + COUNT);
  target.writeUInt32LE(header.bodyLength, at + BODY_LENGTH);
  target.writeUInt32LE(crc32(target.subarray(at + SALT, at + RECORD_HEADER_BYTES)), at + CHECKSUM);
}

/** Hashes travel as 32-character latin1 strings inside the package: cheapest to make and to compare. */
export interface RecordLink {
  readonly salt: Buffer;
  readonly previousHash: string;
}

/** Undefined unless magic and checksum agree; the salt is the caller's to check. */
export function readRecordHeader(source: Buffer, at: number): RecordHeader | undefined {
  const magic = source.readUInt32LE(at);
  if (magic !== BATCH_MAGIC && magic !== SEAL_MAGIC) return undefined;
  if (crc32(source.subarray(at + SALT, at + RECORD_HEADER_BYTES)) !== source.readUInt32LE(at + CHECKSUM))
    return undefined;
  return {
    isSeal: magic === SEAL_MAGIC,
    durablePosition: readWhole(source, at + DURABLE_POSITION),
    firstSeq: readWhole(source, at + FIRST_SEQ),
    timeUs: readWhole(source, at + TIME),
    count: source.readUInt32LE(at + COUNT),
    bodyLength: source.readUInt32LE(at + BODY_LENGTH),
  };
}

export function recordHasSalt(source: Buffer, at: number, salt: Buffer): boolean {
  return source.compare(salt, 0, SALT_BYTES, at + SALT, at + SALT + SALT_BYTES) === 0;
}

export function previousHashOf(source: Buffer, at: number): Buffer {
  return source.subarray(at + PREVIOUS_HASH, at + PREVIOUS_HASH + HASH_BYTES);
}

/** Of the batch record at `at`, whose header and body are in place. */
export function batchHash(source: Buffer, at: number, bodyLength: number): string {
  return hashOnce('sha256', source.subarray(at + PREVIOUS_HASH, at + RECORD_HEADER_BYTES + bodyLength), 'binary');
}

export const GENESIS_HASH: string = Buffer.alloc(HASH_BYTES).toString('latin1');

export function hashBytes(hash: string): Buffer {
  return Buffer.from(hash, 'latin1');
}
