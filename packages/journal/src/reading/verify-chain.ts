import type { Seq, TimeUs } from '@glasshouse/units';
import { JournalDamaged } from '../errors.js';
import { hashBytes } from '../format/record.js';
import type { ChainSummary } from '../types.js';
import { LogWalk } from './walk-log.js';

/** Reads everything there is, changes nothing, and tells how far the log is sound. */
export async function verifyChain(directory: string): Promise<ChainSummary> {
  const walk = new LogWalk(directory, { syncReads: false });
  const count = { batches: 0, records: 0, bodyBytes: 0 };
  let damage: JournalDamaged | undefined;
  try {
    for await (const batch of walk) {
      count.batches++;
      count.records += batch.count;
      count.bodyBytes += batch.body.length;
    }
  } catch (error) {
    if (!(error instanceof JournalDamaged)) throw error;
    damage = error;
  }
  const { nextSeq, lastTimeUs, headHash } = walk.chain;
  return {
    ...count,
    segments: walk.segments,
    firstSeq: (nextSeq - count.records) as Seq,
    nextSeq: nextSeq as Seq,
    lastTimeUs: lastTimeUs as TimeUs,
    headHash: hashBytes(headHash),
    tail: damage === undefined ? tailOf(walk) : 'damaged',
    damage,
  };
}

function tailOf(walk: LogWalk): ChainSummary['tail'] {
  if (walk.end.torn !== undefined) return 'torn';
  return walk.end.sealed ? 'sealed' : 'clean';
}
