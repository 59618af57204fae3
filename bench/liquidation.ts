/**
 * What a price update costs when everybody who must be liquidated has to be found: the scan by radii beside the scan of all.
 *
 * Method. Accounts are opened, funded and given positions through ordinary commands: in pairs, one long what the other is
 * short, one to three of 20 perpetuals, notional from 50 to 15,000 dollars and leverage from 1 to 25, each order of magnitude
 * as likely as the next; three in ten hold BTC, ETH or SOL beside their USDC. After that no sample is taken: marks and indexes are set in
 * the state, and the scan that a sample ends with is called and timed by itself, on one thread.
 *   calm        every second all prices move, by 3 % a day in common and half as much again each alone; nobody is due
 *   settles     the same while sequenced time passes in ticks of a millisecond, so that the ten-second settlement goes over
 *               every position again and again
 *   crash       all prices fall together until one account in a hundred is due, in one update and over a minute
 *   still due   calm updates after the crash: nobody acts, so that all who are due are found with each update again
 * The scan of everybody takes turns with the other in the same run, over the same prices; both must find as many. The figures
 * of the first scan are those of a node that has just started. Goal: under 100 µs an update with a million accounts of which
 * none is near.
 *
 *   npm run bench liquidation                   (from the root: node --max-old-space-size=8192 --import tsx bench/liquidation.ts)
 *   … [--accounts N,N,…] [--updates N] [--settling SECONDS] [--naive N] [--share PERCENT] [--json]
 */
import { parseArgs } from 'node:util';
import { type Figures, type Measured, measure } from './liquidation/measure.js';
import { machine } from './machine.js';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000,100000,1000000' },
    updates: { type: 'string', default: '600' },
    settling: { type: 'string', default: '20' },
    naive: { type: 'string', default: '5' },
    share: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

const plan = {
  updates: Number(values.updates),
  settling: Number(values.settling),
  naive: Number(values.naive),
  share: Number(values.share) / 100,
};

const count = (value: number) => Math.round(value).toLocaleString('en-US');
const us = (value: number) => (value < 100 ? value.toFixed(1) : count(value)).padStart(11);

function line({ name, updates, meanUs, cpuUs, p50Us, p99Us, maxUs, looks, due }: Figures): string {
  const figures = `${us(meanUs)}${us(cpuUs)}${us(p50Us)}${us(p99Us)}${us(maxUs)}`;
  return `${name.padEnd(28)}${String(updates).padStart(8)}${figures}${count(looks).padStart(12)}${count(due).padStart(9)}`;
}

function print({ accounts, buildSeconds, firstScanMs, rows }: Measured): void {
  console.log(
    `\n${count(accounts)} accounts, built in ${buildSeconds.toFixed(1)} s; first scan ${firstScanMs.toFixed(1)} ms`,
  );
  console.log(
    `${'µs an update'.padEnd(28)} updates       mean        CPU        p50        p99        max    looked at      due`,
  );
  for (const row of rows) console.log(line(row));
}

const measurements: Measured[] = [];
for (const accounts of values.accounts.split(',').map(Number)) {
  const measured = measure(accounts, plan);
  measurements.push(measured);
  if (!values.json) print(measured);
}
if (values.json) console.log(JSON.stringify({ machine: machine(), measurements }));
else console.log(`\n${machine()}`);
