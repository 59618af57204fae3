// The newest state that can be had without executing anything at or beyond some request.
import { createState, type State } from '@glasshouse/core';
import { readNewestValidSnapshot, type Snapshot } from '@glasshouse/journal';
import { stateHashOf, stateOf } from '../state/node-state.js';

export type EarlierState = { readonly state: State; readonly after: Snapshot | undefined };

/**
 * A snapshot of earlier software will do where it can be read: the node executes the stretch up to its newest one again and comes to
 * the same state, or does not start.
 */
export async function stateBefore(directory: string, seq: number): Promise<EarlierState> {
  const { snapshot } = await readNewestValidSnapshot(directory, { maxSeq: seq });
  const state = snapshot && restored(snapshot);
  return state === undefined ? { state: createState(), after: undefined } : { state, after: snapshot };
}

function restored(snapshot: Snapshot): State | undefined {
  try {
    const state = stateOf(snapshot);
    return stateHashOf(state) === Buffer.from(snapshot.stateHash).toString('hex') ? state : undefined;
  } catch {
    return undefined;
  }
}
