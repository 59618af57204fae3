/**
 * The history database: how long questions about the past take when it is long, and how fast it is written.
 *
 * Method. A server (embedded, in a temporary folder, as the exchange starts it; or any by --url) gets the real tables, filled by
 * `generate_series`: --rows is the number of fills, and of orders, settlements and interest; the other tables are smaller, together it
 * is 5.8 times as many rows. They span 90 days; a tenth of them belongs to ten busy accounts, the rest to one account for each 2,000
 * rows. Then every question is asked --times times through the exchange's own code, one at a time, each with an account, market or
 * day drawn from a seed, after three that do not count; page and total are what is timed. Last, a follower's rows are
 * made and written to empty tables in the same server: requests that each trade once, 10,000 rows a write.
 *
 *   npx tsx bench/history.ts [--rows 1000000] [--times 200] [--write 100000] [--url URL] [--folder DIR] [--seed 1] [--json]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EmbeddedServer, HistoryWriter, ReadPool, SqlHistory } from '@glasshouse/history';
import pg from 'pg';
import { Random } from './book/random.js';
import { type Asked, questionsFor } from './history/questions.js';
import { makeRows } from './history/rows.js';
import { measureWriting } from './history/writing.js';
import { machine } from './machine.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    times: { type: 'string', default: '200' },
    write: { type: 'string', default: '100000' },
    url: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

const SCHEMA = 'bench';

type Line = {
  readonly name: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly rows: number;
};

const UNCOUNTED = 3;

async function measured({ name, ask }: Asked, history: SqlHistory, times: number, seed: number): Promise<Line> {
  const random = new Random(seed);
  const spent: number[] = [];
  let rows = 0;
  for (let time = -UNCOUNTED; time < times; time += 1) {
    const startMs = performance.now();
    const answer = await ask(history, () => random.fraction());
    if (time < 0) continue;
    spent.push(performance.now() - startMs);
    rows += Array.isArray(answer) ? answer.length : (answer as { readonly rows: readonly unknown[] }).rows.length;
  }
  spent.sort((a, b) => a - b);
  const at = (share: number) => spent[Math.min(spent.length - 1, Math.floor(spent.length * share))] ?? 0;
  return { name, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1), rows: rows / times };
}

async function filled(
  url: string,
  rows: number,
): Promise<{ readonly made: number; readonly seconds: number; readonly gigabytes: number }> {
  const writer = await HistoryWriter.open({ url, schema: SCHEMA }, 'anew');
  await writer.close();
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${SCHEMA}` });
  client.on('error', () => undefined);
  await client.connect();
  await client.query("SET maintenance_work_mem = '1GB'");
  await client.query('SET synchronous_commit = off');
  const startMs = performance.now();
  const made = await makeRows(client, rows);
  const seconds = (performance.now() - startMs) / 1_000;
  const { rows: sizes } = await client.query<{ readonly bytes: string }>(
    'SELECT sum(pg_total_relation_size(c.oid)) AS bytes FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND relkind = $2',
    [SCHEMA, 'r'],
  );
  await client.end();
  return { made, seconds, gigabytes: Number(sizes[0]?.bytes ?? 0) / 2 ** 30 };
}

async function measure(url: string) {
  const rows = Number(values.rows);
  const past = await filled(url, rows);
  const pool = new ReadPool({ url, schema: SCHEMA }, 1);
  const history = new SqlHistory(pool);
  const lines: Line[] = [];
  for (const asked of questionsFor(rows)) {
    lines.push(await measured(asked, history, Number(values.times), Number(values.seed)));
  }
  await pool.close();
  return { past, lines, writing: await measureWriting(url, Number(values.write)) };
}

type Figures = Awaited<ReturnType<typeof measure>>;

const count = (figure: number): string => Math.round(figure).toLocaleString('en');

function report({ past, lines, writing }: Figures): string {
  const ms = (figure: number): string => figure.toFixed(2).padStart(10);
  const worst = Math.max(...lines.map(({ p99Ms }) => p99Ms));
  return [
    machine(),
    `${count(past.made)} rows, ${past.gigabytes.toFixed(2)} GB, made in ${past.seconds.toFixed(0)} s`,
    `${'ms a question'.padEnd(34)}       p50       p99       max  rows`,
    ...lines.map(
      ({ name, p50Ms, p99Ms, maxMs, rows }) =>
        `${name.padEnd(34)}${ms(p50Ms)}${ms(p99Ms)}${ms(maxMs)}${rows.toFixed(0).padStart(6)}`,
    ),
    `the slowest p99: ${worst.toFixed(2)} ms`,
    `written: ${count(writing.rowsPerSecond)} rows/s, ${count(writing.requestsPerSecond)} requests/s`,
  ].join('\n');
}

async function withServer<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  if (values.url !== undefined) return work(values.url);
  const folder = mkdtempSync(join(values.folder, 'glasshouse-history-'));
  try {
    const server = await EmbeddedServer.start({ folder: join(folder, 'history') });
    try {
      return await work(server.url);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const figures = await withServer(measure);
console.log(values.json ? JSON.stringify(figures) : report(figures));
