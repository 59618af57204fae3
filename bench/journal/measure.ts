import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Contestant, Entrant } from './contestant.js';

export interface MeasureOptions {
  readonly directory: string;
  readonly seconds: number;
  readonly rounds: number;
  readonly rate: number;
  readonly recordBytes: number;
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export interface Figures {
  readonly syncsPerSecond: number;
  readonly recordsPerSecond: number;
  readonly acknowledgedMs: Percentiles;
  /** Records per second that the open loop got acknowledged; below the offered rate it could not keep up. */
  readonly openLoopPerSecond: number;
  readonly readPerSecond: number;
}

export interface Result extends Figures {
  readonly name: string;
}

const BATCH_RECORDS = 100;
const IN_FLIGHT = 8;

/** Contestants take turns, so that a busy moment of the machine hits them alike. */
export async function measureAll(entrants: readonly Entrant[], options: MeasureOptions): Promise<Result[]> {
  const rounds = new Map<string, Figures[]>(entrants.map(({ name }) => [name, []]));
  const directory = await mkdtemp(join(options.directory, 'journal-bench-'));
  try {
    for (let round = 0; round < options.rounds; round++) {
      for (const entrant of entrants) {
        rounds.get(entrant.name)?.push(await measureOne(entrant, { ...options, directory }));
      }
    }
  } finally {
    // Only now: freeing a hundred megabytes on the disk would stall whoever is measured next.
    await rm(directory, { recursive: true, force: true });
  }
  return entrants.map(({ name }) => ({ name, ...median(rounds.get(name) as Figures[]) }));
}

async function measureOne(entrant: Entrant, options: MeasureOptions): Promise<Figures> {
  const syncsPerSecond = await inFreshFolder(entrant, options, (store) => oneAtATime(store, options));
  const { latencies, openLoopPerSecond } = await inFreshFolder(entrant, options, (store) => openLoop(store, options));
  const saturation = await inFreshFolder(entrant, options, async (store) => {
    const recordsPerSecond = await saturated(store, options);
    return { recordsPerSecond, readPerSecond: await readBack(store) };
  });
  return { syncsPerSecond, ...saturation, acknowledgedMs: percentiles(latencies), openLoopPerSecond };
}

async function inFreshFolder<T>(
  entrant: Entrant,
  options: MeasureOptions,
  work: (store: Contestant) => Promise<T>,
): Promise<T> {
  const store = await entrant.open(await mkdtemp(join(options.directory, 'store-')));
  const result = await work(store);
  await store.close();
  return result;
}

async function oneAtATime(store: Contestant, { seconds, recordBytes }: MeasureOptions): Promise<number> {
  const body = bodyOf(1, recordBytes);
  const start = performance.now();
  const end = start + seconds * 1000;
  let batches = 0;
  for (; performance.now() < end; batches++) await store.append({ firstSeq: batches, count: 1, body });
  return (batches / (performance.now() - start)) * 1000;
}

async function saturated(store: Contestant, { seconds, recordBytes }: MeasureOptions): Promise<number> {
  const body = bodyOf(BATCH_RECORDS, recordBytes);
  const start = performance.now();
  const end = start + seconds * 1000;
  let seq = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      const firstSeq = seq;
      seq += BATCH_RECORDS;
      await store.append({ firstSeq, count: BATCH_RECORDS, body });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return (seq / (performance.now() - start)) * 1000;
}

async function readBack(store: Contestant): Promise<number> {
  const start = performance.now();
  const records = await store.readAll();
  return (records / (performance.now() - start)) * 1000;
}

/** Records fall due at fixed times. A batch takes all that are due when the one before it is acknowledged. */
async function openLoop(store: Contestant, { seconds, recordBytes, rate }: MeasureOptions) {
  const total = Math.floor(rate * seconds);
  const latencies = new Float64Array(total);
  const longest = bodyOf(total, recordBytes);
  const start = performance.now();
  const due = (): number => Math.min(total, Math.floor(((performance.now() - start) * rate) / 1000));
  let sent = 0;
  while (sent < total) {
    while (due() === sent) await nextTurn();
    const count = due() - sent;
    await store.append({ firstSeq: sent, count, body: longest.subarray(0, count * recordBytes) });
    const now = performance.now() - start;
    for (let at = sent; at < sent + count; at++) latencies[at] = now - ((at + 1) / rate) * 1000;
    sent += count;
  }
  return { latencies, openLoopPerSecond: (total / (performance.now() - start)) * 1000 };
}

function bodyOf(records: number, recordBytes: number): Buffer {
  const body = Buffer.allocUnsafe(records * recordBytes);
  let state = 1;
  for (let at = 0; at < body.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    body[at] = state >>> 24;
  }
  return body;
}

function percentiles(values: Float64Array): Percentiles {
  const sorted = values.toSorted();
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}

function median(rounds: readonly Figures[]): Figures {
  const of = (pick: (figures: Figures) => number): number =>
    rounds.map(pick).toSorted((left, right) => left - right)[rounds.length >> 1] as number;
  return {
    syncsPerSecond: of((figures) => figures.syncsPerSecond),
    recordsPerSecond: of((figures) => figures.recordsPerSecond),
    openLoopPerSecond: of((figures) => figures.openLoopPerSecond),
    readPerSecond: of((figures) => figures.readPerSecond),
    acknowledgedMs: {
      p50: of((figures) => figures.acknowledgedMs.p50),
      p99: of((figures) => figures.acknowledgedMs.p99),
      p999: of((figures) => figures.acknowledgedMs.p999),
      max: of((figures) => figures.acknowledgedMs.max),
    },
  };
}
