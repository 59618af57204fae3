/**
 * A large venue in one process: funded accounts and resting orders, what they weigh, and how long a snapshot and a start
 * from it take.
 *
 * Method. The state is built by the real core from signed texts: every account registers and receives two deposits, then
 * orders rest around the price of three markets, round robin over the accounts. After a full collection the heap and the
 * typed arrays beside it are read. Then a snapshot is made (the part that the event loop must wait for), hashed, written to
 * disk with its sync, read back and restored; the restored state must have the same hash. Needs --expose-gc for exact
 * memory figures; the npm script gives it.
 *
 *   npm run bench memory                        (from the root: node --expose-gc --import tsx bench/memory.ts)
 *   … [--accounts N] [--orders N] [--directory DIR] [--json]
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { restore, type State, snapshot, stateHash } from '@glasshouse/core';
import { readNewestValidSnapshot, writeSnapshot } from '@glasshouse/journal';
import type { Seq, TimeUs } from '@glasshouse/units';
import { buildVenue } from './core/large-venue.js';
import { machine } from './machine.js';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '475000' },
    orders: { type: 'string', default: '1000000' },
    directory: { type: 'string', default: tmpdir() },
    json: { type: 'boolean', default: false },
  },
});

/** `cpuMs` leaves out the time in which the machine did something else, and counts the collector's threads. */
type Spent = { readonly ms: number; readonly cpuMs: number };
type Timed<Result> = { readonly result: Result; readonly spent: Spent };

async function timed<Result>(work: () => Result | Promise<Result>): Promise<Timed<Result>> {
  const cpuBegan = process.cpuUsage();
  const began = performance.now();
  const result = await work();
  const ms = Math.round(performance.now() - began);
  const { user, system } = process.cpuUsage(cpuBegan);
  return { result, spent: { ms, cpuMs: Math.round((user + system) / 1000) } };
}

function hashOf(state: State): string {
  return stateHash(state, (chunks) => {
    const hash = createHash('sha256');
    for (const chunk of chunks) hash.update(chunk);
    return hash.digest('hex');
  });
}

const mb = (bytes: number): number => Math.round(bytes / 2 ** 20);

function memory() {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heapMb: mb(heapUsed), arraysMb: mb(arrayBuffers), rssMb: mb(rss) };
}

async function measure(directory: string) {
  const empty = memory();
  const accounts = Number(values.accounts);
  const orders = Number(values.orders);
  const built = await timed(() => buildVenue(accounts, orders));
  const { state, commands } = built.result;
  const full = memory();
  const taken = await timed(() => snapshot(state));
  const hashed = await timed(() => hashOf(state));
  const sections = new Map(taken.result.map(({ name, bytes }) => [name, bytes]));
  const hash = Buffer.from(hashed.result, 'hex');
  const place = {
    seq: state.nextSeq as Seq,
    timeUs: state.timeUs as TimeUs,
    headHash: Buffer.alloc(32),
    stateHash: hash,
  };
  const written = await timed(() => writeSnapshot(directory, { ...place, sections }));
  const read = await timed(() => readNewestValidSnapshot(directory));
  const readSections = [...(read.result.snapshot?.sections ?? [])].map(([name, bytes]) => ({ name, bytes }));
  const restored = await timed(() => restore(readSections));
  const equal = hashOf(restored.result) === hashed.result;
  return {
    machine: machine(),
    accounts,
    orders,
    commands,
    build: built.spent,
    empty,
    full,
    snapshotMb: mb(written.result.bytes),
    sectionsMb: Object.fromEntries([...sections].map(([name, bytes]) => [name, mb(bytes.length)])),
    snapshot: taken.spent,
    hash: hashed.spent,
    write: written.spent,
    read: read.spent,
    restore: restored.spent,
    restoredEqual: equal,
  };
}

const directory = await mkdtemp(join(values.directory, 'glasshouse-memory-'));
try {
  const figures = await measure(directory);
  if (values.json) console.log(JSON.stringify(figures));
  else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(20)}${JSON.stringify(value)}`);
  if (!figures.restoredEqual) process.exitCode = 1;
} finally {
  await rm(directory, { recursive: true });
}
