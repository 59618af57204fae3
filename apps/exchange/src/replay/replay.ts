// `replay`: the whole log, or what follows the newest snapshot, executed once more; the hash at its end is the answer.
import { createState, type State } from '@glasshouse/core';
import { readNewestValidSnapshot, type Snapshot } from '@glasshouse/journal';
import type { Seq } from '@glasshouse/units';
import { isOurs, stateHashOf, stateOf } from '../state/node-state.js';
import { replayInto } from './replay-log.js';

export type Progress = { readonly seq: Seq; readonly commands: number };

export type ReplayRequest = {
  /** Start from the newest snapshot that this version took instead of genesis. */
  readonly fromSnapshot?: boolean;
  readonly onProgress?: (progress: Progress) => void;
};

export type ReplayReport = {
  /** Number that the next request will carry. */
  readonly seq: Seq;
  readonly stateHash: string;
  /** Requests executed by this replay. */
  readonly commands: number;
  readonly seconds: number;
  /** Where the snapshot was taken that the replay started from. */
  readonly snapshotSeq: Seq | undefined;
  /** What the replay arrived at. */
  readonly state: State;
};

const MS_PER_SECOND = 1_000;

/** What other software made of the log is no place to start from. */
async function ownSnapshot(directory: string): Promise<Snapshot | undefined> {
  const { snapshot } = await readNewestValidSnapshot(directory);
  return snapshot !== undefined && isOurs(snapshot) ? snapshot : undefined;
}

export async function replay(directory: string, request: ReplayRequest = {}): Promise<ReplayReport> {
  const after = request.fromSnapshot === true ? await ownSnapshot(directory) : undefined;
  const node = { state: after === undefined ? createState() : stateOf(after), history: undefined };
  const first = node.state.nextSeq;
  const startMs = performance.now();
  const { nextSeq } = await replayInto(directory, node, {
    after,
    onBatch: ({ firstSeq, count }) => request.onProgress?.({ seq: firstSeq, commands: firstSeq + count - first }),
  });
  const seconds = (performance.now() - startMs) / MS_PER_SECOND;
  return {
    seq: nextSeq,
    stateHash: stateHashOf(node.state),
    commands: nextSeq - first,
    seconds,
    snapshotSeq: after?.seq,
    state: node.state,
  };
}
