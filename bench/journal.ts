/**
 * Durable batches: the journal against embedded stores from npm and against a plain growing file, on the same disk.
 *
 * Method. A batch is a body of encoded requests (default 160 bytes each, a signed order) and its SHA-256 chain hash. Every
 * contestant stores body and hash under the first record number, and acknowledges a batch when it is synced to the disk.
 * Whatever is appended while a commit is under way goes into one next commit (group commit) for everyone: lmdb groups by
 * itself, level and SQLite by a few lines here. Measured per contestant, in a fresh folder, in turns, median of the rounds:
 *   syncs       one record at a time, the next after the acknowledgement of the last
 *   saturated   batches of 100 records, 8 in flight
 *   open loop   records arrive at a fixed rate, whatever the disk does; a batch takes all that arrived while the one before
 *               was being written, as the sequencer does; latency from the due time of each record to its acknowledgement
 *   read        everything back in order, with the chain verified
 * With --damage, instead: 200 acknowledged batches, the folder as a crash leaves it, one flipped bit, and what the store
 * then says or hands out, at 60 places of its largest file.
 * The stores come from the npm registry into a folder under the system's temporary directory at the first run.
 *
 *   npx tsx bench/journal.ts [--directory DIR] [--seconds 2] [--rounds 3] [--rate 40000] [--record-bytes 160]
 *                            [--only TEXT] [--no-peers] [--json]
 *   npx tsx bench/journal.ts --damage
 */
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { journalContestants } from './journal/contestants.js';
import { type DamageResult, measureDamage } from './journal/damage.js';
import { measureAll } from './journal/measure.js';
import { damageReport, report } from './journal/report.js';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    directory: { type: 'string', default: tmpdir() },
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    rate: { type: 'string', default: '40000' },
    'record-bytes': { type: 'string', default: '160' },
    only: { type: 'string', default: '' },
    peers: { type: 'boolean', default: true },
    damage: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const entrants = (await journalContestants(values.peers)).filter(({ name }) => name.includes(values.only));
if (values.damage) await damage();
else await speed();

async function speed(): Promise<void> {
  const results = await measureAll(entrants, {
    directory: values.directory,
    seconds: Number(values.seconds),
    rounds: Number(values.rounds),
    rate: Number(values.rate),
    recordBytes: Number(values['record-bytes']),
  });
  print(results, () => report(results, Number(values.rate)));
}

async function damage(): Promise<void> {
  const results: DamageResult[] = [];
  for (const entrant of entrants) {
    // A growing file without lengths that can be trusted is no store: nothing to compare.
    if (entrant.name !== 'growing file') results.push(await measureDamage(entrant, values.directory));
  }
  print(results, () => damageReport(results));
}

function print(results: unknown, text: () => string): void {
  process.stdout.write(`${values.json ? JSON.stringify(results) : text()}\n`);
}
