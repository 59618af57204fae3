/**
 * Signed POST /api/v1/order over HTTP, to the answer that the order is durable.
 *
 * Method. The real exchange runs in a process of its own with rate limits off; a load generator in another process has
 * signed all its orders (Ed25519, half of them IOC, on both sides of one price, from many accounts) and built their bytes
 * before the clock starts, and speaks HTTP/1.1 over kept-alive connections. First as fast as the answers come (closed loop),
 * then at fixed rates whatever the answers do (open loop): latency counts from the time at which a request was due, so a
 * stall shows in every request that it delayed. The generator's clock ticks every millisecond. "main" is the server's event
 * loop, "threads" its other threads (signature workers, file system, collector), "load" the generator, "others" whatever
 * else ran on the machine, in shares of one core. The same load on a node:http server with nothing behind it shows what HTTP alone costs here. All on loopback.
 *
 *   npx tsx bench/gateway.ts [--seconds N] [--connections N] [--accounts N] [--rates 1000,2000,4000] [--no-peers] [--json]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyChain } from '@glasshouse/journal';
import { machineCpuSeconds } from './gateway/cpu.js';
import type { LoadPlan } from './gateway/messages.js';
import { runLoad, ServerProcess } from './gateway/processes.js';
import { limitOf, partsOf, type Round, roundsText } from './gateway/report.js';
import { machine } from './machine.js';
import { hotSpotLines } from './profile.js';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    seconds: { type: 'string', default: '8' },
    connections: { type: 'string', default: '64' },
    accounts: { type: 'string', default: '64' },
    rates: { type: 'string', default: '1000,2000,3000,4000' },
    'at-most': { type: 'string', default: '80000' },
    directory: { type: 'string', default: tmpdir() },
    peers: { type: 'boolean', default: true },
    json: { type: 'boolean', default: false },
  },
});

const plan: Omit<LoadPlan, 'url' | 'rate' | 'register'> = {
  connections: Number(values.connections),
  accounts: Number(values.accounts),
  seconds: Number(values.seconds),
  atMost: Number(values['at-most']),
};

async function round(server: ServerProcess, name: string, rate: number | undefined, register: boolean): Promise<Round> {
  let before = await server.cpu();
  let machineBefore = 0;
  const load = await runLoad({ ...plan, url: server.url, rate, register }, async () => {
    before = await server.cpu();
    machineBefore = machineCpuSeconds();
  });
  const machine = machineCpuSeconds() - machineBefore;
  const after = await server.cpu();
  return { name, load, machine, server: { main: after.main - before.main, all: after.all - before.all } };
}

async function bareRound(): Promise<Round> {
  const server = await ServerProcess.start('bare-server.ts');
  const played = await round(server, 'node:http alone, closed loop', undefined, false);
  await server.stop();
  return played;
}

async function exchangeRounds(directory: string) {
  const server = await ServerProcess.start('exchange-server.ts', directory);
  await round(server, 'warm-up', undefined, true);
  const closed = await round(server, `exchange, closed loop of ${plan.connections}`, undefined, true);
  const rounds = [closed];
  for (const rate of values.rates.split(',').map(Number)) {
    rounds.push(await round(server, `exchange, ${rate}/s offered`, rate, true));
  }
  server.startProfile();
  await round(server, 'profile', undefined, true);
  const hotSpots = await server.stopProfile();
  await server.stop();
  const { records, batches } = await verifyChain(directory);
  return { closed, rounds, hotSpots, requestsPerBatch: records / batches };
}

const directory = await mkdtemp(join(values.directory, 'glasshouse-gateway-'));
try {
  const bare = values.peers ? [await bareRound()] : [];
  const { closed, rounds, hotSpots, requestsPerBatch } = await exchangeRounds(directory);
  const all = [...bare, ...rounds];
  const limit = limitOf(closed, availableParallelism());
  const parts = partsOf(hotSpots);
  if (values.json) {
    console.log(JSON.stringify({ machine: machine(), rounds: all, limit, parts, requestsPerBatch }));
  } else {
    const statuses = all.map(({ name, load }) => `${name}: ${JSON.stringify(load.statuses)}`);
    console.log(
      `${machine()}\n${plan.connections} connections, ${plan.accounts} accounts, ${plan.seconds} s a round\n`,
    );
    console.log(`${roundsText(all)}\n\nanswers: ${statuses.join('; ')}`);
    console.log(`requests per durable batch: ${requestsPerBatch.toFixed(1)}\nlimit: ${limit}`);
    const shares = parts.map(([name, share]) => `${name} ${(100 * share).toFixed(0)} %`);
    console.log(`\nthe event loop's busy time: ${shares.join(', ')}\n${hotSpotLines(hotSpots, 20)}`);
  }
} finally {
  await rm(directory, { recursive: true });
}
