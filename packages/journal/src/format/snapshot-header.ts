// A snapshot file: this header, the table of section names and lengths, the sections, SHA-256 over all of it.

import { crc32 } from 'node:zlib';
import { readWhole, writeWhole } from './integers.js';
import { HASH_BYTES } from './limits.js';

export const SNAPSHOT_VERSION = 1;
export const SNAPSHOT_HEADER_BYTES = 128;
export const MAX_TABLE_BYTES = 1024 * 1024;

const MAGIC = Buffer.from('GLASSNAP', 'latin1');
const VERSION = 8;
const TABLE_BYTES = 12;
const SEQ = 16;
const TIME = 24;
const HEAD_HASH = 32;
const STATE_HASH = 64;
const CHECKSUM = 124;

export interface SnapshotHeader {
  readonly version: number;
  readonly tableBytes: number;
  readonly seq: number;
  readonly timeUs: number;
  readonly headHash: Buffer;
  readonly stateHash: Buffer;
}

export function encodeSnapshotHeader(header: {
  readonly tableBytes: number;
  readonly seq: number;
  readonly timeUs: number;
  readonly headHash: Uint8Array;
  readonly stateHash: Uint8Array;
}): Buffer {
  const bytes = Buffer.alloc(SNAPSHOT_HEADER_BYTES);
  MAGIC.copy(bytes, 0);
  bytes.writeUInt32LE(SNAPSHOT_VERSION, VERSION);
  bytes.writeUInt32LE(header.tableBytes, TABLE_BYTES);
  writeWhole(bytes, SEQ, header.seq);
  writeWhole(bytes, TIME, header.timeUs);
  bytes.set(header.headHash, HEAD_HASH);
  bytes.set(header.stateHash, STATE_HASH);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, CHECKSUM)), CHECKSUM);
  return bytes;
}

export function decodeSnapshotHeader(bytes: Buffer): SnapshotHeader | undefined {
  if (bytes.length < SNAPSHOT_HEADER_BYTES || !bytes.subarray(0, VERSION).equals(MAGIC)) return undefined;
  if (crc32(bytes.subarray(0, CHECKSUM)) !== bytes.readUInt32LE(CHECKSUM)) return undefined;
  return {
    version: bytes.readUInt32LE(VERSION),
    tableBytes: bytes.readUInt32LE(TABLE_BYTES),
    seq: readWhole(bytes, SEQ),
    timeUs: readWhole(bytes, TIME),
    headHash: bytes.subarray(HEAD_HASH, HEAD_HASH + HASH_BYTES),
    stateHash: bytes.subarray(STATE_HASH, STATE_HASH + HASH_BYTES),
  };
}

export interface SectionEntry {
  readonly name: string;
  readonly bytes: number;
}

/** For each section: length of the name (2 bytes), name in UTF-8, length of the section (8 bytes). */
export function encodeTable(sections: readonly SectionEntry[]): Buffer {
  const parts: Buffer[] = [];
  for (const section of sections) {
    const name = Buffer.from(section.name, 'utf8');
    const entry = Buffer.alloc(2 + name.length + 8);
    entry.writeUInt16LE(name.length, 0);
    name.copy(entry, 2);
    writeWhole(entry, 2 + name.length, section.bytes);
    parts.push(entry);
  }
  return Buffer.concat(parts);
}

export function decodeTable(table: Buffer): SectionEntry[] | undefined {
  const sections: SectionEntry[] = [];
  let at = 0;
  while (at < table.length) {
    if (at + 2 > table.length) return undefined;
    const nameEnd = at + 2 + table.readUInt16LE(at);
    if (nameEnd + 8 > table.length) return undefined;
    sections.push({ name: table.toString('utf8', at + 2, nameEnd), bytes: readWhole(table, nameEnd) });
    at = nameEnd + 8;
  }
  return sections;
}
