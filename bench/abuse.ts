/**
 * What others do to those who trade: orders at a fixed rate, alone and beside each kind of abuse.
 *
 * Method. The real exchange in a process of its own with its default limits (only the rate of an account's requests is
 * switched off), a load generator in a second that signs its orders beforehand and counts latency from when each was due, and
 * the abuse in a third, from other loopback addresses: clients that subscribe and read nothing, wrongly signed orders as fast as they
 * are answered, connections that say nothing, requests with 128 KB of headers, and thousands of subscribe frames at once.
 * Every round begins a new process for the abuse and ends it. The abuse costs the machine's cores too: compare with the round
 * beside a process that only computes, which takes as much of them and does not touch the exchange.
 *
 *   npx tsx bench/abuse.ts [--rate N] [--seconds N] [--accounts N] [--slow N] [--idle N] [--floods N] [--json]
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { ATTACKS, type Attack, type AttackSizes } from './abuse/attack-names.js';
import type { LoadResult } from './gateway/messages.js';
import { heard, runLoad, ServerProcess, startProcess } from './gateway/processes.js';
import { machine } from './machine.js';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '10' },
    accounts: { type: 'string', default: '16' },
    slow: { type: 'string', default: '200' },
    idle: { type: 'string', default: '10000' },
    floods: { type: 'string', default: '32' },
    json: { type: 'boolean', default: false },
  },
});

const CONNECTIONS = 16;
const MEGABYTE = 2 ** 20;
const sizes: AttackSizes = { slow: Number(values.slow), idle: Number(values.idle), floods: Number(values.floods) };
const seconds = Number(values.seconds);
const rate = Number(values.rate);

type Round = { readonly name: string; readonly load: LoadResult; readonly residentMb: number };

/** One core's worth of work that has nothing to do with the exchange. */
function busyThread(): () => Promise<unknown> {
  const worker = new Worker('for (;;);', { eval: true });
  return () => worker.terminate();
}

async function attacked(url: string, attack: Attack): Promise<() => Promise<void>> {
  const attacker = startProcess('../abuse/attacker.ts', []);
  attacker.send({ url, attack, sizes });
  await heard<{ readonly kind: 'attacking' }, 'attacking'>(attacker, 'attacking');
  return async () => {
    attacker.kill('SIGKILL');
    await once(attacker, 'exit');
  };
}

function row({ name, load, residentMb }: Round): string {
  const { ms, statuses } = load;
  const cells = [ms.p50, ms.p99, ms.p999, ms.max].map((value) => value.toFixed(1).padStart(10));
  return `${name.padEnd(26)}${cells.join('')}${residentMb.toFixed(0).padStart(10)}   ${JSON.stringify(statuses)}`;
}

const directory = await mkdtemp(join(tmpdir(), 'glasshouse-abuse-'));
try {
  const server = await ServerProcess.start('exchange-server.ts', directory, 'guarded');
  const plan = {
    url: server.url,
    connections: CONNECTIONS,
    accounts: Number(values.accounts),
    seconds,
    atMost: 0,
    register: true,
    rate,
  };
  const round = async (name: string, begin: () => Promise<() => Promise<unknown>>): Promise<Round> => {
    let end: (() => Promise<unknown>) | undefined;
    const load = await runLoad(plan, async () => {
      end = await begin();
    });
    const residentMb = (await server.residentBytes()) / MEGABYTE;
    await end?.();
    return { name, load, residentMb };
  };
  const rounds: Round[] = [await round('beside a busy core', async () => busyThread())];
  for (const attack of ATTACKS) rounds.push(await round(attack, () => attacked(server.url, attack)));
  await server.stop();
  if (values.json) console.log(JSON.stringify({ machine: machine(), rate, sizes, rounds }));
  else {
    console.log(`${machine()}\n${rate} orders/s for ${seconds} s a round; ${JSON.stringify(sizes)}\n`);
    const head = ['p50 ms', 'p99', 'p99.9', 'max', 'MB'].map((word) => word.padStart(10)).join('');
    console.log([`${''.padEnd(26)}${head}   answers to orders`, ...rounds.map(row)].join('\n'));
  }
} finally {
  await rm(directory, { recursive: true });
}
