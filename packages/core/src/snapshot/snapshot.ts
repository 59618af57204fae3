// The whole state as named sections of canonical bytes, and back. A state restored stays equal to the one it was taken from.
import { createState, type MakeBook, type State } from '../state/state.js';
import { restoreLiquidations, writeLiquidations } from './liquidations.js';
import { restoreOrders, writeOrders } from './orders.js';
import { restoreBalances, restorePeople, writeBalances, writePeople } from './people.js';
import { SnapshotDamaged, SnapshotReader } from './reader.js';
import { restoreRequests, writeRequests } from './requests.js';
import { restoreRfqs, writeRfqs } from './rfqs.js';
import { restoreRisk, writeRisk } from './risk.js';
import { restoreSecurity, writeSecurity } from './security.js';
import { restoreStrategies, writeStrategies } from './strategies.js';
import { restoreTriggers, writeTriggers } from './triggers.js';
import { restoreVaults, writeVaults } from './vaults.js';
import { restoreVenue, venueText } from './venue.js';
import { restoreVolumes, writeVolumes } from './volumes.js';
import { SnapshotWriter } from './writer.js';

export type SnapshotSection = { readonly name: string; readonly bytes: Uint8Array };

type Section = {
  readonly name: string;
  readonly write: (state: State, writer: SnapshotWriter) => void;
  readonly restore: (state: State, reader: SnapshotReader) => void;
};

/** In the order of restoring: each relies on those before it. */
const SECTIONS: readonly Section[] = [
  {
    name: 'venue',
    write: (state, writer) => writer.text(venueText(state)),
    restore: (state, reader) => restoreVenue(state, reader.text()),
  },
  { name: 'people', write: writePeople, restore: restorePeople },
  { name: 'balances', write: writeBalances, restore: restoreBalances },
  { name: 'volumes', write: writeVolumes, restore: restoreVolumes },
  { name: 'risk', write: writeRisk, restore: restoreRisk },
  { name: 'liquidations', write: writeLiquidations, restore: restoreLiquidations },
  { name: 'orders', write: writeOrders, restore: restoreOrders },
  { name: 'triggers', write: writeTriggers, restore: restoreTriggers },
  { name: 'strategies', write: writeStrategies, restore: restoreStrategies },
  { name: 'security', write: writeSecurity, restore: restoreSecurity },
  { name: 'requests', write: writeRequests, restore: restoreRequests },
  { name: 'vaults', write: writeVaults, restore: restoreVaults },
  { name: 'rfqs', write: writeRfqs, restore: restoreRfqs },
];

export function snapshot(state: State): SnapshotSection[] {
  return SECTIONS.map(({ name, write }) => {
    const writer = new SnapshotWriter();
    write(state, writer);
    return { name, bytes: writer.finish() };
  });
}

/** Throws SnapshotDamaged when a section is missing or does not fit the format. */
export function restore(sections: readonly SnapshotSection[], makeBook?: MakeBook): State {
  const state = createState(makeBook);
  for (const { name, restore: restoreSection } of SECTIONS) {
    const section = sections.find((candidate) => candidate.name === name);
    if (section === undefined) throw new SnapshotDamaged(`no section ${name}`);
    const reader = new SnapshotReader(section.bytes);
    restoreSection(state, reader);
    reader.finish();
  }
  return state;
}

/** Digest of the canonical bytes; `digest` is the caller's, usually SHA-256 in hex. */
export function stateHash(state: State, digest: (chunks: readonly Uint8Array[]) => string): string {
  return digest(snapshot(state).map(({ bytes }) => bytes));
}
