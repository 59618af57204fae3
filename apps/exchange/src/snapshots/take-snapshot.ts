// A snapshot of a node, as the journal keeps them.
import { pruneSnapshots, writeSnapshot } from '@glasshouse/journal';
import type { LogPlace } from '../replay/replay-log.js';
import { type NodeState, sectionsOf } from '../state/node-state.js';
import type { Checkpoint } from './checkpoint.js';

/** The newest, and one before it in case the newest cannot be read. */
const KEEP = 2;

export type TakenSnapshot = { readonly checkpoint: Checkpoint; readonly bytes: number };

/**
 * `place` is where the node stands; everything before it must be durable. The history goes on from `historySeq`, which the newest
 * snapshot at or before it is kept for.
 */
export async function takeSnapshot(
  directory: string,
  node: NodeState,
  place: LogPlace,
  historySeq?: number,
): Promise<TakenSnapshot> {
  const { nextSeq: seq, timeUs, headHash } = place;
  const { stateHash, sections } = sectionsOf(node);
  const written = { seq, timeUs, headHash, stateHash: Buffer.from(stateHash, 'hex'), sections };
  const { bytes } = await writeSnapshot(directory, written);
  await pruneSnapshots(directory, KEEP, historySeq);
  return { checkpoint: { seq, timestamp: timeUs, stateHash }, bytes };
}
