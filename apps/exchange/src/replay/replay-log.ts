// Executes again what the log holds. Same requests, same order, same times: same state.
import { readBatches, type Snapshot, type StoredBatch } from '@glasshouse/journal';
import type { Seq, TimeUs } from '@glasshouse/units';
import { applyBatch, type NodeState } from '../state/node-state.js';

/** Where a replay has arrived: right after the batch with this hash. */
export type LogPlace = { readonly nextSeq: Seq; readonly timeUs: TimeUs; readonly headHash: Uint8Array };

export type ReplayOptions = {
  /** The snapshot that the node was restored from; without it the replay starts at genesis. */
  readonly after?: Snapshot | undefined;
  /** Stops after the batch that holds the request before this one. */
  readonly untilSeq?: number | undefined;
  /** After each batch has been applied. */
  readonly onBatch?: ((batch: StoredBatch) => void | Promise<void>) | undefined;
};

/** A request of the log that this software cannot execute. */
export class ReplayFailed extends Error {
  override readonly name = 'ReplayFailed';

  constructor(
    readonly seq: Seq,
    override readonly cause: unknown,
  ) {
    super(`request ${seq} of the log cannot be executed: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

const NO_HASH = new Uint8Array(32);

function applyOrExplain(node: NodeState, batch: StoredBatch): void {
  try {
    applyBatch(node, batch);
  } catch (cause) {
    throw new ReplayFailed(node.state.nextSeq, cause);
  }
}

/** Carries `node` forward and says where it is then. */
export async function replayInto(directory: string, node: NodeState, options: ReplayOptions = {}): Promise<LogPlace> {
  const { after, untilSeq = Number.POSITIVE_INFINITY, onBatch } = options;
  let headHash = after?.headHash ?? NO_HASH;
  const range = after === undefined ? {} : { fromSeq: after.seq, afterHash: after.headHash };
  if (node.state.nextSeq < untilSeq) {
    for await (const batch of readBatches(directory, range)) {
      applyOrExplain(node, batch);
      headHash = batch.hash;
      if (onBatch !== undefined) await onBatch(batch);
      if (node.state.nextSeq >= untilSeq) break;
    }
  }
  return { nextSeq: node.state.nextSeq, timeUs: node.state.timeUs, headHash: headHash.slice() };
}
