/** What a message does. A taker is matched and never rests. */
export const ADD = 0;
export const CANCEL = 1;
export const REDUCE = 2;
export const TAKE = 3;

export const KIND_NAMES = ['add', 'cancel', 'reduce', 'take'] as const;

/** Messages in columns, so that reading them costs the contestants as little as possible. */
export interface Flow {
  readonly kind: Uint8Array;
  readonly side: Uint8Array;
  readonly ticks: Int32Array;
  readonly lots: Int32Array;
  /** Order that is added, cancelled or reduced. */
  readonly id: Int32Array;
  /** Messages that build the book before anything is timed. */
  readonly opening: number;
  readonly length: number;
}

export function emptyFlow(length: number, opening: number): Flow {
  return {
    kind: new Uint8Array(length),
    side: new Uint8Array(length),
    ticks: new Int32Array(length),
    lots: new Int32Array(length),
    id: new Int32Array(length),
    opening,
    length,
  };
}

/** Messages of each kind in the timed part. */
export function shares(flow: Flow): Record<(typeof KIND_NAMES)[number], number> {
  const counts = { add: 0, cancel: 0, reduce: 0, take: 0 };
  for (let n = flow.opening; n < flow.length; n++) counts[KIND_NAMES[flow.kind[n] as 0 | 1 | 2 | 3]]++;
  return counts;
}
