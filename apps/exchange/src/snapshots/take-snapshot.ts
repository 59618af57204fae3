// A snapshot of a node, as the journal keeps them.
import { pruneSnapshots, type SnapshotEntry, writeSnapshot } from '@glasshouse/journal';
import type { LogPlace } from '../replay/replay-log.js';
import { type NodeState, sectionsOf } from '../state/node-state.js';

/** The newest, and one before it in case the newest cannot be read. */
const KEEP = 2;

/** `place` is where the node stands; everything before it must be durable. */
export async function takeSnapshot(directory: string, node: NodeState, place: LogPlace): Promise<SnapshotEntry> {
  const { stateHash, sections } = sectionsOf(node);
  const entry = await writeSnapshot(directory, {
    seq: place.nextSeq,
    timeUs: place.timeUs,
    headHash: place.headHash,
    stateHash: Buffer.from(stateHash, 'hex'),
    sections,
  });
  await pruneSnapshots(directory, KEEP);
  return entry;
}
