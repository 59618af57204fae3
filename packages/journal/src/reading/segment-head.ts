// Opens a segment's first bytes and refuses what this software must not touch.

import { open } from 'node:fs/promises';
import type { Seq } from '@glasshouse/units';
import { JournalDamaged, JournalUnavailable } from '../errors.js';
import { explain, type SegmentFile } from '../files/folder.js';
import { GENESIS_HASH } from '../format/record.js';
import {
  FORMAT_VERSION,
  readSegmentHeader,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
} from '../format/segment-header.js';
import type { ChainPoint } from './segment-cursor.js';

export const FIRST_ORDINAL = 1;
export const GENESIS: ChainPoint = { nextSeq: 0, lastTimeUs: 0, headHash: GENESIS_HASH };

export async function readHead(file: SegmentFile): Promise<SegmentHeader | 'blank' | 'bad'> {
  const handle = await explain(`cannot open ${file.path}`, open(file.path, 'r'));
  try {
    const buffer = Buffer.alloc(SEGMENT_HEADER_BYTES);
    const { bytesRead } = await explain(`cannot read ${file.path}`, handle.read(buffer, 0, buffer.length, 0));
    const head = readSegmentHeader(buffer.subarray(0, bytesRead));
    if (typeof head === 'object') checkHead(file, head);
    return head;
  } finally {
    await handle.close();
  }
}

function checkHead(file: SegmentFile, head: SegmentHeader): void {
  if (head.version !== FORMAT_VERSION) {
    throw new JournalUnavailable(
      `${file.path} has format version ${head.version}; this software reads ${FORMAT_VERSION}. Start the version that wrote it.`,
    );
  }
  const isGenesis = head.firstSeq === 0 && head.previousHash.toString('latin1') === GENESIS_HASH;
  if (head.ordinal !== file.ordinal || (file.ordinal === FIRST_ORDINAL && !isGenesis)) {
    throw new JournalDamaged(file.path, 0, head.firstSeq as Seq, `it is segment ${head.ordinal} of another place`);
  }
}

export function chainAt(head: SegmentHeader): ChainPoint {
  return {
    nextSeq: head.firstSeq,
    lastTimeUs: head.lastTimeUs,
    headHash: head.previousHash.toString('latin1'),
  };
}
