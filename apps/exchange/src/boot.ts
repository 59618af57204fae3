// From a data folder to a node that is where the log ends: newest snapshot, then every request after it.
import { type Journal, openJournal, type RecoveryReport, readBatches } from '@glasshouse/journal';
import { decodeRequests, REQUEST_KIND } from '@glasshouse/protocol';
import { assert, type Seq } from '@glasshouse/units';
import { firstRequestBytes } from './genesis/first-request.js';
import { createServiceKeys, loadServiceKeys } from './genesis/service-keys.js';
import type { Log } from './log.js';
import { replayInto } from './replay/replay-log.js';
import { restoredNode } from './replay/restored-node.js';
import { type Checkpoint, checkpointOf } from './snapshots/checkpoint.js';
import type { FullNode } from './state/node-state.js';

export type BootOptions = {
  readonly dataDirectory: string;
  /** For a new venue; a venue that exists must have begun with the same. */
  readonly genesisFile?: string | undefined;
  readonly log: Log;
  /** Size of a journal file, for tests that start many venues. */
  readonly segmentBytes?: number | undefined;
};

export type BootedNode = {
  readonly journal: Journal;
  readonly node: FullNode;
  /** Of the snapshot that the replay began at; none when it began at genesis. */
  readonly checkpoint: Checkpoint | undefined;
  /** What the log must begin with, when it is still empty. */
  readonly genesis: Uint8Array | undefined;
};

/** The venue in the folder began otherwise than the given file says. */
export class GenesisConflict extends Error {
  override readonly name = 'GenesisConflict';

  constructor(dataDirectory: string, genesisFile: string) {
    super(
      `the venue in ${dataDirectory} did not begin with ${genesisFile}. What a venue is changes by its operators' requests only: ` +
        'start it without a genesis file, or give the new venue a data folder of its own.',
    );
  }
}

function reportRecovery(log: Log, { created, sealed, tornTail, nextSeq }: RecoveryReport): void {
  if (tornTail !== undefined) {
    const { looksInterrupted, ...details } = tornTail;
    if (looksInterrupted) log.warn('an unfinished write at the end of the log was cut off', details);
    else log.error('the end of the log was unreadable, and no interrupted write leaves such bytes', details);
  } else if (!created && !sealed) log.info('the last process did not shut down in order', { nextSeq });
}

/** The replay reads and checks all that it executes: opening needs to find the end, not to read the log a first time. */
const LAST_SEGMENT = Number.MAX_SAFE_INTEGER as Seq;

async function openedJournal({ dataDirectory, log, segmentBytes }: BootOptions): Promise<Journal> {
  const { journal, recovery } = await openJournal(dataDirectory, {
    onWarning: (warning) => log.warn(warning.message),
    validateFrom: LAST_SEGMENT,
    ...(segmentBytes === undefined ? {} : { segmentBytes }),
  });
  reportRecovery(log, recovery);
  return journal;
}

async function storedGenesis(dataDirectory: string): Promise<Uint8Array> {
  for await (const { body, count } of readBatches(dataDirectory)) {
    const [first] = decodeRequests(body, count);
    if (first?.kind === REQUEST_KIND.genesis) return first.bytes.subarray(first.payloadStart, first.payloadEnd);
    break;
  }
  return new Uint8Array(0);
}

async function genesisFor(
  { dataDirectory, genesisFile }: BootOptions,
  journal: Journal,
): Promise<Uint8Array | undefined> {
  if (journal.nextSeq === 0) return firstRequestBytes(genesisFile, () => createServiceKeys(dataDirectory));
  if (genesisFile === undefined) return undefined;
  const given = firstRequestBytes(genesisFile, () => loadServiceKeys(dataDirectory));
  if (Buffer.compare(await storedGenesis(dataDirectory), given) === 0) return undefined;
  throw new GenesisConflict(dataDirectory, genesisFile);
}

async function carriedForward(
  { dataDirectory, log }: BootOptions,
  journal: Journal,
): Promise<Omit<BootedNode, 'genesis' | 'journal'>> {
  const { node, after, skipped } = await restoredNode(dataDirectory);
  for (const reason of skipped) log.warn('a snapshot was passed over', { reason });
  const { nextSeq } = await replayInto(dataDirectory, node, { after });
  assert(nextSeq === journal.nextSeq, 'replay ends where the log ends', { nextSeq, logEnd: journal.nextSeq });
  return { node, checkpoint: after === undefined ? undefined : checkpointOf(after) };
}

/** Takes the folder. The caller closes the journal. */
export async function boot(options: BootOptions): Promise<BootedNode> {
  const journal = await openedJournal(options);
  try {
    const genesis = await genesisFor(options, journal);
    return { journal, genesis, ...(await carriedForward(options, journal)) };
  } catch (error) {
    await journal.close();
    throw error;
  }
}
