// The node at the newest snapshot, or before genesis when there is none that can be used.
//
// A snapshot only saves time: one that cannot be used makes the replay longer, never the state different. One that other
// software took is not believed at all: the stretch of the log before it is executed again, and the state must come out with
// the hash that the other software found. Else the two would serve different states of one venue.
import { readNewestValidSnapshot, type Snapshot } from '@glasshouse/journal';
import { assert } from '@glasshouse/units';
import { emptyNode, type FullNode, isOurs, nodeOf, stateHashOf } from '../state/node-state.js';
import { replayInto } from './replay-log.js';

export type RestoredNode = {
  readonly node: FullNode;
  readonly after: Snapshot | undefined;
  /** Snapshots that were passed over, and why. */
  readonly skipped: readonly string[];
};

/** This software executes the log to another state than the software that ran here before. */
export class StateDisagrees extends Error {
  override readonly name = 'StateDisagrees';

  constructor(
    readonly seq: number,
    readonly expected: string,
    readonly found: string,
  ) {
    super(
      `after request ${seq} this software has the state hash ${found}, the software that took the snapshot there had ${expected}. ` +
        'The log is sound, but the two understand it differently: run the version that ran before. If the difference is ' +
        'wanted (its release says so), remove the folder "snapshots" and start again: the state is then made from the log anew.',
    );
  }
}

const expectedHash = ({ stateHash }: Snapshot): string => Buffer.from(stateHash).toString('hex');
const reasonOf = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem));

function restoredFrom(snapshot: Snapshot): FullNode {
  const node = nodeOf(snapshot);
  const found = stateHashOf(node.state);
  const expected = expectedHash(snapshot);
  assert(found === expected, 'a restored state has the hash of the state it was taken from', { expected, found });
  return node;
}

/** Executes from `base`, or from genesis, to where `newest` was taken: the node there, and its hash. */
async function reached(directory: string, base: Snapshot | undefined, newest: Snapshot) {
  const node = base === undefined ? emptyNode() : restoredFrom(base);
  await replayInto(directory, node, { after: base, untilSeq: newest.seq });
  return { node, found: stateHashOf(node.state) };
}

async function agreeingNode(directory: string, newest: Snapshot): Promise<FullNode> {
  const expected = expectedHash(newest);
  const { snapshot: older } = await readNewestValidSnapshot(directory, { maxSeq: newest.seq - 1 });
  const fromOlder = older && (await reached(directory, older, newest).catch(() => undefined));
  if (fromOlder?.found === expected) return fromOlder.node;
  const { node, found } = await reached(directory, undefined, newest);
  if (found !== expected) throw new StateDisagrees(newest.seq, expected, found);
  return node;
}

export async function restoredNode(directory: string): Promise<RestoredNode> {
  const { snapshot: after, skipped } = await readNewestValidSnapshot(directory);
  const notes = skipped.map(({ file, reason }) => `${file}: ${reason}`);
  if (after === undefined) return { node: emptyNode(), after, skipped: notes };
  if (!isOurs(after)) return { node: await agreeingNode(directory, after), after, skipped: notes };
  try {
    return { node: restoredFrom(after), after, skipped: notes };
  } catch (problem) {
    const note = `the snapshot at ${after.seq} cannot be restored: ${reasonOf(problem)}`;
    return { node: emptyNode(), after: undefined, skipped: [...notes, note] };
  }
}
