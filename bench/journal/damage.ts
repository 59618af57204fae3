import { cp, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contestant, Entrant } from './contestant.js';

export interface DamageResult {
  readonly name: string;
  readonly trials: number;
  /** The store itself said that something is wrong. */
  readonly reported: number;
  /** It handed out altered bytes or skipped batches in the middle; only the chain laid over it noticed. */
  readonly altered: number;
  /** It ended early without a word: acknowledged batches were gone. */
  readonly shortened: number;
  /** The bit lay where nothing is kept, or in what opening could prove to be nobody's. */
  readonly harmless: number;
}

const BATCHES = 200;
const TRIALS = 60;

/**
 * What a flipped bit does to acknowledged batches. 200 batches, each acknowledged before the next; the folder is copied
 * while the store is open, as a crash leaves it; one bit is flipped at evenly spread places of what was written to its
 * files; the copy is opened and read. The last tenth is left alone: a log's very end cannot be told from a torn write.
 */
export async function measureDamage(entrant: Entrant, directory: string): Promise<DamageResult> {
  const root = await mkdtemp(join(directory, 'journal-damage-'));
  try {
    const crashed = await crashedFolder(entrant, root);
    const tally = { reported: 0, altered: 0, shortened: 0, harmless: 0 };
    for (let trial = 0; trial < TRIALS; trial++) tally[await flipOneBit(entrant, crashed, root, trial)]++;
    return { name: entrant.name, trials: TRIALS, ...tally };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

type Outcome = 'reported' | 'altered' | 'shortened' | 'harmless';

async function crashedFolder(entrant: Entrant, root: string): Promise<string> {
  const live = await mkdtemp(join(root, 'live-'));
  const store = await entrant.open(live);
  const body = Buffer.alloc(1000, 0xa5);
  for (let seq = 0; seq < BATCHES; seq++) await store.append({ firstSeq: seq, count: 1, body });
  const crashed = join(root, 'crashed');
  await cp(live, crashed, { recursive: true });
  await store.close();
  return crashed;
}

async function flipOneBit(entrant: Entrant, crashed: string, root: string, trial: number): Promise<Outcome> {
  const copy = await mkdtemp(join(root, 'copy-'));
  await cp(crashed, copy, { recursive: true });
  const largest = await fileWithMostIn(copy);
  await flip(largest.path, Math.floor((largest.used * 0.9 * trial) / TRIALS), trial % 8);
  let store: Contestant | undefined;
  try {
    store = await entrant.open(copy);
    return (await store.readAll()) < BATCHES ? 'shortened' : 'harmless';
  } catch (error) {
    return error instanceof Error && error.message === 'the chain does not verify' ? 'altered' : 'reported';
  } finally {
    await store?.close();
    await rm(copy, { recursive: true, force: true });
  }
}

async function fileWithMostIn(folder: string): Promise<{ path: string; used: number }> {
  let most = { path: '', used: -1 };
  for (const entry of await readdir(folder, { recursive: true })) {
    const path = join(folder, entry);
    if (!(await stat(path)).isFile()) continue;
    const used = await usedBytes(path);
    if (used > most.used) most = { path, used };
  }
  return most;
}

/** Up to the last byte that is not zero. */
async function usedBytes(path: string): Promise<number> {
  const handle = await open(path, 'r');
  const bytes = await handle.readFile();
  await handle.close();
  return bytes.findLastIndex((byte) => byte !== 0) + 1;
}

async function flip(path: string, position: number, bit: number): Promise<void> {
  const handle = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, position);
  byte[0] = (byte[0] as number) ^ (1 << bit);
  await handle.write(byte, 0, 1, position);
  await handle.close();
}
