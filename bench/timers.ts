/**
 * The pause that each timer causes: one-second marks, ten-second settlement, hourly funding and interest.
 *
 * Method. The real core, events read, one thread. A crowd is gathered through ordinary commands: traders, accounts with one
 * position each, accounts that have only lent. Then the traders' orders (the mix of bench/core.ts) come at a steady rate of
 * sequenced time while an hour ends: a command every 50 µs by default, each with a time of its own, marks moving every
 * second. The wall-clock time of every apply is recorded; which timer worked before it is told by the events that only
 * timers bring. From the recorded times follows what a sender sees: commands arrive at the rate, each waits until those
 * before it are done. "Without" a timer the commands before which it worked take the median time of the others. The goal is
 * that 99.9 % of the commands are done in less than 5 ms. The crowds that follow the first show what the work grows with:
 * as many positions among fewer accounts, and twice the positions.
 *
 * A process that shares its cores is put aside for milliseconds at a time, which the times of commands without any timer
 * show as well. Rounds play the same commands again; each command's least time of all rounds leaves out what other
 * processes took, and the collector where it came at another moment. Both are printed: one round as it was, and the least.
 * Run with --expose-gc, so that the crowd's garbage is collected before.
 *
 *   npm run bench timers                        (from the root: node --expose-gc --import tsx bench/timers.ts)
 *   … [--accounts N] [--positions N] [--traders N] [--markets N] [--rate N] [--seconds N] [--rounds N] [--one] [--json]
 */
import { parseArgs } from 'node:util';
import { inlineMore } from '@glasshouse/exchange';
import { machine } from './machine.js';
import { type Figures, type Measured, measure, type Slices } from './timers/figures.js';
import { type Plan, play } from './timers/measure.js';
import type { Row } from './timers/waits.js';

inlineMore();
const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '475000' },
    positions: { type: 'string', default: '100000' },
    traders: { type: 'string', default: '500' },
    markets: { type: 'string', default: '20' },
    resting: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '2' },
    one: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const plan: Plan = {
  accounts: Number(values.accounts),
  positions: Number(values.positions),
  traders: Number(values.traders),
  markets: Number(values.markets),
  resting: Number(values.resting),
  rate: Number(values.rate),
  seconds: Number(values.seconds),
};

/** As many positions among hardly more accounts than have one, and twice as many. */
const others: readonly Plan[] = [
  { ...plan, accounts: plan.positions + plan.traders },
  { ...plan, positions: 2 * plan.positions },
];

const count = (value: number) => Math.round(value).toLocaleString('en-US');
const ms = (value: number) => value.toFixed(3).padStart(10);

function rowLine({ name, p50, p99, p999, max }: Row): string {
  return `${name.padEnd(22)}${ms(p50)}${ms(p99)}${ms(p999)}${ms(max)}`;
}

function sliceLine(slices: Slices): string {
  const { commands, touched, workMs, usEach } = slices;
  const work = `${count(commands).padStart(9)} commands, ${count(touched).padStart(9)} touched in ${workMs.toFixed(0)} ms`;
  return `${rowLine(slices)}   ${work}: ${usEach.toFixed(2)} µs each`;
}

function printFigures(name: string, { alone, slices, latencies }: Figures): void {
  console.log(`${name.padEnd(22)}       p50       p99     p99.9       max`);
  console.log(rowLine(alone));
  for (const line of slices.map(sliceLine)) console.log(line);
  console.log('  with what it waits for');
  for (const row of latencies) console.log(`${rowLine(row)}   ${(100 * row.within).toFixed(3)} % in less than 5 ms`);
}

function print({ plan: { accounts, positions, rate, seconds }, rounds, asItWas, atLeast }: Measured): void {
  const crowd = `${count(positions)} positions among ${count(accounts)} accounts`;
  console.log(`\n${crowd}; ${count(rate)} commands a second for ${seconds} s`);
  for (const { buildSeconds, runSeconds, cpuSeconds, rejects } of rounds) {
    const spent = `run in ${runSeconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU`;
    console.log(`built in ${buildSeconds.toFixed(1)} s, ${spent}; ${count(rejects)} refused`);
  }
  printFigures('one round, ms', asItWas);
  if (rounds.length > 1) printFigures(`least of ${rounds.length}, ms`, atLeast);
}

const measurements: Measured[] = [];
for (const each of values.one ? [plan] : [plan, ...others]) {
  const measured = measure(each, Number(values.rounds), play);
  measurements.push(measured);
  if (!values.json) print(measured);
}
if (values.json) console.log(JSON.stringify({ machine: machine(), measurements }));
else console.log(`\n${machine()}`);
