/**
 * A node's way back: replay of a log of orders and cancels through the whole core, restart with read models, snapshots.
 *
 * Method. A log of BTC_USDC order flow from a seed (places, cancels, takers; a steady number of resting orders) is written
 * into a journal in a temporary folder, in batches as a loaded exchange makes them. Then, each in this process and in this
 * order: `replay` from genesis, several rounds, the median counts (reading, checksums, hash chain, decoding and execution,
 * no events); `boot` from genesis (the same with events and read models, as a start without any snapshot); taking a
 * snapshot; `boot` from it. Signatures are not checked here: that is `verify`, and bound by Ed25519.
 *
 *   npx tsx bench/replay.ts [--commands 1000000] [--accounts 200] [--resting 10000] [--batch 100] [--rounds 3] [--seed 1] [--json]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boot, inlineMore, replay, silentLog, takeSnapshot } from '@glasshouse/exchange';
import { machine } from './machine.js';
import { writeOrderLog } from './replay/order-log.js';

inlineMore();
const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '1000000' },
    accounts: { type: 'string', default: '200' },
    resting: { type: 'string', default: '10000' },
    batch: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

async function timed<Result>(work: () => Promise<Result>): Promise<{ readonly ms: number; readonly result: Result }> {
  const startMs = performance.now();
  const result = await work();
  return { ms: performance.now() - startMs, result };
}

const median = (figures: readonly number[]): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;

async function bootAndClose(directory: string): Promise<{ readonly ms: number; readonly heapMb: number }> {
  const { ms, result } = await timed(() => boot({ dataDirectory: directory, log: silentLog }));
  await result.journal.close();
  return { ms, heapMb: process.memoryUsage().heapUsed / 2 ** 20 };
}

async function snapshotOf(directory: string): Promise<{ readonly ms: number; readonly bytes: number }> {
  const { node, journal } = await boot({ dataDirectory: directory, log: silentLog });
  const { nextSeq, lastTimeUs: timeUs, headHash } = journal;
  const { ms, result } = await timed(() => takeSnapshot(directory, node, { nextSeq, timeUs, headHash }));
  await journal.close();
  return { ms, bytes: result.bytes };
}

async function measure(directory: string) {
  const options = {
    seed: Number(values.seed),
    commands: Number(values.commands),
    accounts: Number(values.accounts),
    resting: Number(values.resting),
    batch: Number(values.batch),
  };
  const { requests, rejects } = await writeOrderLog(directory, options);
  const rates: number[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const { commands, seconds } = await replay(directory);
    rates.push(commands / seconds);
  }
  const cold = await bootAndClose(directory);
  const snapshot = await snapshotOf(directory);
  const warm = await bootAndClose(directory);
  return { requests, rejects, options, replayPerSecond: median(rates), rates, cold, snapshot, warm };
}

type Figures = Awaited<ReturnType<typeof measure>>;

const thousands = (figure: number): string => `${Math.round(figure / 1_000).toLocaleString('en')} k`;

function report({ requests, rejects, replayPerSecond, rates, cold, snapshot, warm }: Figures): string {
  return [
    machine(),
    `${requests.toLocaleString('en')} requests (${((100 * rejects) / requests).toFixed(1)} % rejects), batches of ${values.batch}`,
    `replay              ${thousands(replayPerSecond)} requests/s   (rounds: ${rates.map(thousands).join(', ')})`,
    `boot from genesis   ${cold.ms.toFixed(0)} ms, ${thousands(requests / (cold.ms / 1_000))} requests/s with events and read models`,
    `snapshot            ${snapshot.ms.toFixed(0)} ms, ${(snapshot.bytes / 2 ** 20).toFixed(1)} MB`,
    `boot from snapshot  ${warm.ms.toFixed(0)} ms`,
  ].join('\n');
}

const directory = mkdtempSync(join(tmpdir(), 'glasshouse-replay-'));
try {
  const figures = await measure(directory);
  console.log(values.json ? JSON.stringify(figures) : report(figures));
} finally {
  rmSync(directory, { recursive: true });
}
