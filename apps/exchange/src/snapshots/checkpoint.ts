import type { Snapshot } from '@glasshouse/journal';

/** After the request before `seq` the state had this hash. `timestamp` is sequenced time in microseconds. */
export type Checkpoint = { readonly seq: number; readonly timestamp: number; readonly stateHash: string };

export function checkpointOf({ seq, timeUs, stateHash }: Snapshot): Checkpoint {
  return { seq, timestamp: timeUs, stateHash: Buffer.from(stateHash).toString('hex') };
}
