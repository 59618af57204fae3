/**
 * The whole core on one thread with margin on: what the cross-margin check on every order costs.
 *
 * Method. As bench/core.ts: signed bytes in, state and events out, 61 % orders, 39 % cancels, a fifth of the commands trade,
 * 100,000 commands a second of sequenced time. With margin: five perpetuals that all accounts trade; each account holds five
 * kinds of collateral, lent as it lies, and starts with a position in each market. Three sources report prices each second
 * of sequenced time, so that every index and mark moves and nothing known of an account's equity outlives the second; an
 * order that could raise its account's exposure is held to the margin of all its assets, positions and open orders together,
 * a fill to that of the resting side as well, and positions settle every ten seconds. Without margin: the same mix in five
 * spot markets of a venue that has no index, collateral, pool or perpetual; orders lock what they may cost. The two take
 * turns in one run, and so does nodejs-order-book on the book's flow, which tells what the machine gives; the ratios are of
 * the medians of their rounds.
 *
 *   npx tsx bench/margin.ts [--commands N] [--accounts N] [--resting N] [--rounds N] [--seed N] [--only TEXT] [--json]
 *   npx tsx bench/margin.ts --only "margin, events read" --profile
 */
import { parseArgs } from 'node:util';
import { inlineMore } from '@glasshouse/exchange';
import { CONTESTANTS, type Entry, latency, type Rates, throughput } from './core/run.js';
import type { Workload } from './core/workload.js';
import { Yardstick } from './core/yardstick.js';
import { machine } from './machine.js';
import { marginWorkload, spotWorkload } from './margin/workloads.js';
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

const options = {
  commands: Number(values.commands),
  accounts: Number(values.accounts),
  resting: Number(values.resting),
  seed: Number(values.seed),
};
const workloads: Readonly<Record<string, Workload>> = {
  margin: marginWorkload(options),
  'no margin': spotWorkload(options),
};

function entries(): Entry[] {
  const contestants = CONTESTANTS.filter(({ makeBook }) => makeBook === undefined);
  return contestants
    .flatMap((contestant) =>
      Object.entries(workloads).map(([name, workload]) => ({
        ...contestant,
        workload,
        name: `${name}, ${contestant.name}`,
      })),
    )
    .filter(({ name }) => values.only === undefined || name.startsWith(values.only));
}

const yardstick = new Yardstick();
const play = () => throughput(entries(), Number(values.rounds), yardstick);
const { result: rates, hotSpots } = values.profile ? profiled(play) : { result: play(), hotSpots: [] };
const latencies = Object.entries(workloads).map(([name, workload]) => ({ name, ...latency(workload) }));
const count = (value: number) => Math.round(value).toLocaleString('en-US');

function rateLine(rates: Rates): string {
  const { name, perSecond, perCpuSecond, rounds } = rates;
  const spread = `${count(Math.min(...rounds))}–${count(Math.max(...rounds))}`;
  return `${name.padEnd(32)}${count(perSecond).padStart(12)} commands/s   ${yardstick.times(rates)} (${spread}; ${count(perCpuSecond)} a CPU second)`;
}

/** How many times faster without margin, by what is listened to. */
function ratios(): { readonly name: string; readonly ratio: number }[] {
  const rateOf = (name: string) => rates.find((rate) => rate.name === name)?.perSecond ?? Number.NaN;
  return CONTESTANTS.map(({ name }) => ({
    name,
    ratio: rateOf(`no margin, ${name}`) / rateOf(`margin, ${name}`),
  })).filter(({ ratio }) => Number.isFinite(ratio));
}

if (values.json) {
  const events = Object.fromEntries(Object.entries(workloads).map(([name, { events }]) => [name, events]));
  console.log(
    JSON.stringify({
      machine: machine(),
      events,
      yardstick: yardstick.messagesPerSecond,
      yardstickPerCpuSecond: yardstick.messagesPerCpuSecond,
      rates,
      ratios: ratios(),
      latencies,
      hotSpots,
    }),
  );
} else {
  console.log(machine());
  for (const [name, { commands, events }] of Object.entries(workloads)) {
    const shares = Object.entries(events).map(([kind, n]) => `${kind} ${(n / commands).toFixed(2)}`);
    console.log(`${name}: ${count(commands)} commands; events per command: ${shares.join(', ')}`);
  }
  console.log(`\n${rates.map(rateLine).join('\n')}\n${yardstick.line()}`);
  for (const { name, ratio } of ratios()) console.log(`${name}: ${ratio.toFixed(2)} × faster without margin`);
  for (const { name, p50, p99, p999, max } of latencies) {
    console.log(
      `${name}, one command, ns: p50 ${count(p50)}, p99 ${count(p99)}, p99.9 ${count(p999)}, max ${count(max)}`,
    );
  }
  if (values.profile) console.log(`\nself time of the rounds, setup included:\n${hotSpotLines(hotSpots, 45)}`);
}
