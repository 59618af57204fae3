/**
 * A storm of liquidations: how many steps a second, and what others wait for their orders meanwhile.
 *
 * Method. A crowd as in bench/liquidation.ts is gathered by ordinary commands. Then all prices fall together, a fraction of a
 * percent each second of sequenced time as three sources report it, in ticks of a millisecond; a maker with deep pockets quotes
 * around each price, so that the book takes what is liquidated, and a provider takes over what it does not; with
 * --no-provider the rest is deleveraged. Between the ticks others place orders and take them back
 * at a steady rate; what they wait is counted from when each was due, with everything before it that was late. The calm run
 * beside it has the same commands without the fall, so that what the storm costs is the difference of the two.
 * Goal: 10,000 steps of liquidation in a second while others' orders go on.
 *
 *   npm run bench storm        [--accounts N] [--seconds N] [--fall FRACTION] [--orders N] [--seed N] [--no-provider] [--json]
 */
import { parseArgs } from 'node:util';
import { inlineMore } from '@glasshouse/exchange';
import { machine } from './machine.js';
import { type Blown, blow } from './storm/blow.js';
import { spreadOf } from './timers/waits.js';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    accounts: { type: 'string', default: '60000' },
    seconds: { type: 'string', default: '20' },
    fall: { type: 'string', default: '0.0025' },
    orders: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    provider: { type: 'boolean', default: true },
    json: { type: 'boolean', default: false },
  },
});

inlineMore();
const plan = {
  accounts: Number(values.accounts),
  seconds: Number(values.seconds),
  ordersEachSecond: Number(values.orders),
  seed: Number(values.seed),
  provider: values.provider,
};
const calm = blow({ ...plan, fallEachSecond: 0 });
const storm = blow({ ...plan, fallEachSecond: Number(values.fall) });
const extraCpuUs =
  (storm.cpuUsOfStep * storm.steps - calm.cpuUsOfStep * Math.max(1, calm.steps)) / Math.max(1, storm.steps);

const count = (value: number) => Math.round(value).toLocaleString('en-US');
const ms = (value: number) => value.toFixed(3);

function waitLine(name: string, { waitsMs }: Blown): string {
  const { p50, p99, p999, max, within } = spreadOf(waitsMs);
  return `${name.padEnd(8)}orders of others wait, ms: p50 ${ms(p50)}, p99 ${ms(p99)}, p99.9 ${ms(p999)}, max ${ms(max)}; ${(within * 100).toFixed(3)} % less than 5`;
}

/** All that the fall brings counts: samples, scans, settlement of what moves, and the steps. */
function stepLine(): string {
  const rate = count(1e6 / extraCpuUs);
  return `a step costs ${extraCpuUs.toFixed(1)} µs of CPU with all that the fall brings: ${rate} a second of one core`;
}

if (values.json) {
  const told = ({ waitsMs, ...rest }: Blown) => ({ ...rest, waits: spreadOf(waitsMs) });
  console.log(JSON.stringify({ machine: machine(), plan, calm: told(calm), storm: told(storm), extraCpuUs }));
} else {
  console.log(machine());
  console.log(
    `${count(plan.accounts)} accounts, prices fall ${values.seconds} times by ${values.fall}, ${count(plan.ordersEachSecond)} orders a second of others`,
  );
  console.log(
    `${count(storm.started)} liquidations, ${count(storm.steps)} steps; busiest second ${count(storm.turnsOfBusiestSecond)} steps; ${count(storm.refused)} requests refused`,
  );
  if (storm.steps > 0) console.log(stepLine());
  console.log(waitLine('calm', calm));
  console.log(waitLine('storm', storm));
}
