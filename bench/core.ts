/**
 * The whole core on one thread: signed bytes in, state and events out, with ledger, fees, bands and replay protection.
 *
 * Method. A seeded workload is made by playing it once: limit orders around the best prices of three markets, cancels of
 * open orders, immediate-or-cancel orders that cross, from thousands of funded accounts. It is kept as journal batches of
 * 256 requests. Each round builds a fresh state, plays registration, funding and the opening orders untimed, then times the
 * commands in one piece, taking the batches apart included. "Events read" is what a live node does, "no listener" what a
 * replay does; the naive book is the model that tests hold the fast one to. Signatures are not checked here (see the
 * gateway bench). Contestants take turns with each other and with nodejs-order-book on the book's flow, which tells what the
 * machine gives; the figure is the median round. Percentiles come from a separate run that times
 * every command by itself, less the median cost of reading the clock.
 *
 *   npx tsx bench/core.ts [--commands N] [--accounts N] [--resting N] [--rounds N] [--seed N] [--only TEXT] [--json]
 *   npx tsx bench/core.ts --only "events read" --profile      where the time goes, function by function
 */
import { parseArgs } from 'node:util';
import { inlineMore } from '@glasshouse/exchange';
import { CONTESTANTS, latency, throughput } from './core/run.js';
import { makeWorkload } from './core/workload.js';
import { Yardstick } from './core/yardstick.js';
import { machine } from './machine.js';
import { hotSpotLines, profiled } from './profile.js';

inlineMore();
const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '500000' },
    accounts: { type: 'string', default: '5000' },
    resting: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    profile: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const { only } = values;
const workload = makeWorkload({
  commands: Number(values.commands),
  accounts: Number(values.accounts),
  resting: Number(values.resting),
  seed: Number(values.seed),
});
const contestants = CONTESTANTS.filter(({ name }) => only === undefined || name.includes(only));
const entries = contestants.map((contestant) => ({ ...contestant, workload }));
const yardstick = new Yardstick();
const play = () => throughput(entries, Number(values.rounds), yardstick);
const { result: rates, hotSpots } = values.profile ? profiled(play) : { result: play(), hotSpots: [] };
const nanoseconds = latency(workload);
const heapMb = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
const count = (value: number) => Math.round(value).toLocaleString('en-US');

if (values.json) {
  console.log(
    JSON.stringify({
      machine: machine(),
      events: workload.events,
      yardstick: yardstick.messagesPerSecond,
      yardstickPerCpuSecond: yardstick.messagesPerCpuSecond,
      rates,
      nanoseconds,
      heapMb,
      hotSpots,
    }),
  );
} else {
  const shares = Object.entries(workload.events).map(([kind, n]) => `${kind} ${(n / workload.commands).toFixed(2)}`);
  console.log(machine());
  console.log(`${count(workload.commands)} commands; events per command: ${shares.join(', ')}\n`);
  for (const rate of rates) {
    const { name, perSecond, perCpuSecond, rounds } = rate;
    const spread = `${count(Math.min(...rounds))}–${count(Math.max(...rounds))}`;
    console.log(
      `${name.padEnd(32)}${count(perSecond).padStart(12)} commands/s   ${yardstick.times(rate)} (${spread}; ${count(perCpuSecond)} a CPU second)`,
    );
  }
  console.log(yardstick.line());
  const { p50, p99, p999, max } = nanoseconds;
  console.log(
    `\none command, ns: p50 ${count(p50)}, p99 ${count(p99)}, p99.9 ${count(p999)}, max ${count(max)}; heap ${count(heapMb)} MB`,
  );
  if (values.profile) console.log(`\nself time of the rounds, setup included:\n${hotSpotLines(hotSpots)}`);
}
