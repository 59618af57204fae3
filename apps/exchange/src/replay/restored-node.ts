// The node at the newest snapshot that this software can use, or before genesis when there is none.
import { readNewestValidSnapshot, type Snapshot } from '@glasshouse/journal';
import { assert } from '@glasshouse/units';
import { emptyNode, type FullNode, nodeOf, stateHashOf } from '../state/node-state.js';

export type RestoredNode = {
  readonly node: FullNode;
  readonly after: Snapshot | undefined;
  /** Snapshots that were passed over: file or place, and why. */
  readonly skipped: readonly string[];
};

function restoredFrom(snapshot: Snapshot): FullNode {
  const node = nodeOf(snapshot);
  const expected = Buffer.from(snapshot.stateHash).toString('hex');
  const found = stateHashOf(node.state);
  assert(found === expected, 'a restored state has the hash of the state it was taken from', { expected, found });
  return node;
}

/** A snapshot only saves time: one that cannot be used makes the replay longer, never the state different. */
export async function restoredNode(directory: string): Promise<RestoredNode> {
  const newest = await readNewestValidSnapshot(directory);
  const skipped = newest.skipped.map(({ file, reason }) => `${file}: ${reason}`);
  if (newest.snapshot === undefined) return { node: emptyNode(), after: undefined, skipped };
  try {
    return { node: restoredFrom(newest.snapshot), after: newest.snapshot, skipped };
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message : String(problem);
    const note = `the snapshot at ${newest.snapshot.seq} cannot be restored: ${reason}`;
    return { node: emptyNode(), after: undefined, skipped: [...skipped, note] };
  }
}
