// Worker thread: carries the newest snapshot forward along the log and writes the next one. The exchange never waits for it.
import { parentPort, workerData } from 'node:worker_threads';
import { replayInto } from '../replay/replay-log.js';
import { restoredNode } from '../replay/restored-node.js';
import { takeSnapshot } from './take-snapshot.js';

export type SnapshotTask = {
  readonly directory: string;
  readonly untilSeq: number;
  /** Where the history database stands, if there is one. */
  readonly historySeq: number | undefined;
};

const { directory, untilSeq, historySeq } = workerData as SnapshotTask;
const { node, after } = await restoredNode(directory);
const place = await replayInto(directory, node, { after, untilSeq });
const { checkpoint } = await takeSnapshot(directory, node, place, historySeq);
parentPort?.postMessage(checkpoint);
