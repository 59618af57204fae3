// What a node holds: the exchange's state and the read model, both at the same place in the log.
import { createHash } from 'node:crypto';
import { anticipate, apply, createState, restore, type State, snapshot, stateHash } from '@glasshouse/core';
import { MemoryHistory } from '@glasshouse/history';
import type { Snapshot, StoredBatch } from '@glasshouse/journal';
import { decodeRequests, type Emit, type Event, type Request } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import { softwareFingerprint } from './software.js';

/** Follows the log by what happens, one request at a time. */
export type EventReader = {
  apply(step: { readonly seq: Seq; readonly timeUs: TimeUs; readonly events: readonly Event[] }): void;
};

export type NodeState = {
  readonly state: State;
  /** Absent where nobody asks for the past: replay is faster when no events are made. */
  readonly history: MemoryHistory | undefined;
  /** A second reader of the same events. */
  readonly also?: EventReader;
};

export type FullNode = NodeState & { readonly history: MemoryHistory };

const HISTORY_SECTION = 'history';
const SOFTWARE_SECTION = 'software';

function digest(chunks: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

export const stateHashOf = (state: State): string => stateHash(state, digest);

export function emptyNode(): FullNode {
  return { state: createState(), history: new MemoryHistory() };
}

/** Throws when the snapshot is of another format than this software's. */
export function stateOf({ sections }: Snapshot): State {
  return restore([...sections].map(([name, bytes]) => ({ name, bytes })));
}

/** The node as it was when the snapshot was taken. */
export function nodeOf(snapshot: Snapshot): FullNode {
  const history = MemoryHistory.load(snapshot.sections.get(HISTORY_SECTION) ?? new Uint8Array(0));
  return { state: stateOf(snapshot), history };
}

/** Whether the code that took the snapshot is the code that runs here. */
export function isOurs({ sections }: Snapshot): boolean {
  return new TextDecoder().decode(sections.get(SOFTWARE_SECTION)) === softwareFingerprint();
}

export type Sections = { readonly stateHash: string; readonly sections: ReadonlyMap<string, Uint8Array> };

export function sectionsOf({ state, history }: NodeState): Sections {
  const coreSections = snapshot(state);
  const sections = new Map(coreSections.map(({ name, bytes }) => [name, bytes]));
  sections.set(SOFTWARE_SECTION, new TextEncoder().encode(softwareFingerprint()));
  if (history !== undefined) sections.set(HISTORY_SECTION, history.save());
  return { stateHash: digest(coreSections.map(({ bytes }) => bytes)), sections };
}

function applyWithReaders(
  node: NodeState,
  readers: readonly EventReader[],
  batch: StoredBatch,
  requests: readonly Request[],
): void {
  const { timeUs } = batch;
  let events: Event[] = [];
  const emit: Emit = (event) => events.push(event);
  for (const [index, request] of requests.entries()) {
    events = [];
    const seq = (batch.firstSeq + index) as Seq;
    anticipate(node.state, requests, index);
    apply(node.state, { seq, timeUs, request }, emit);
    for (const reader of readers) reader.apply({ seq, timeUs, events });
  }
}

export function applyBatch(node: NodeState, batch: StoredBatch): void {
  const requests = decodeRequests(batch.body, batch.count);
  const readers = [node.history, node.also].filter((reader) => reader !== undefined);
  if (readers.length > 0) return applyWithReaders(node, readers, batch, requests);
  const { firstSeq, timeUs } = batch;
  for (let index = 0; index < requests.length; index += 1) {
    anticipate(node.state, requests, index);
    apply(node.state, { seq: (firstSeq + index) as Seq, timeUs, request: requests[index] as Request }, undefined);
  }
}
