// The follower over the log of a history with crashes: wherever it is stopped and begun again, and whatever becomes of its database
// meanwhile, the tables come to hold what the log says, row for row.
import { type DatabaseSettings, ReadPool } from '@glasshouse/history';
import { DurableReach } from '@glasshouse/journal';
import { tickRequest } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { Follower, type FollowerNews } from '../../src/history/follower.js';
import { rebuildHistory, verifyHistory } from '../../src/history/rebuild.js';
import { replayInto } from '../../src/replay/replay-log.js';
import { takeSnapshot } from '../../src/snapshots/take-snapshot.js';
import { emptyNode } from '../../src/state/node-state.js';
import { dataDirectory } from '../data-directory.js';
import { Random } from '../flow/random.js';
import { writeFlow } from '../flow/write-flow.js';
import { crashRun } from '../golden/golden-run.js';
import { testDatabase } from './database.js';

const REQUESTS = 2_500;
/** So many requests share a time, and may share a batch. */
const LONGEST_BATCH = 100;
const database = testDatabase();
const log = crashRun(28, REQUESTS).requests;

class Following {
  readonly reach = new DurableReach();
  readonly news: FollowerNews[] = [];
  private readonly done: Promise<void>;

  constructor(directory: string, settings: DatabaseSettings, keepUs?: number) {
    const tell = (news: FollowerNews) => void this.news.push(news);
    this.done = new Follower({ directory, database: settings, reach: this.reach, tell, retryMs: 10, keepUs }).run();
  }

  get storedSeq(): number {
    const stored = this.news.filter((news) => news.kind === 'stored');
    return stored.at(-1)?.seq ?? 0;
  }

  /** All batches that end there or before; one that goes beyond is not durable yet. */
  async reaches(seq: number): Promise<void> {
    this.reach.advance(seq);
    const least = seq >= log.length ? seq : seq - LONGEST_BATCH;
    await vi.waitFor(() => expect(this.storedSeq, JSON.stringify(this.news.at(-1))).toBeGreaterThanOrEqual(least), {
      timeout: 30_000,
      interval: 5,
    });
  }

  close(): Promise<void> {
    this.reach.close();
    return this.done;
  }
}

async function writtenLog(): Promise<string> {
  const directory = dataDirectory();
  await writeFlow(directory, log, 7);
  return directory;
}

async function expectWhole(directory: string, settings: DatabaseSettings): Promise<void> {
  const { seq, tables } = await verifyHistory({ directory, database: settings });
  expect(seq).toBe(log.length);
  expect(tables.filter(({ onlyFirst, onlySecond }) => onlyFirst + onlySecond > 0)).toEqual([]);
  expect(tables.filter(({ rows }) => rows > 0).length).toBeGreaterThan(14);
}

async function asOperator(settings: DatabaseSettings, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: settings.url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

const KEEP_US = 86_400_000_000;
/** One bite is taken after each write, of one table. */
const TABLES_WITH_OLD_ROWS = 20;

/** Long after the log, one each second; the first bring funding and interest for all that time. */
function laterTicks(count: number): typeof log {
  const lastUs = log.at(-1)?.timeUs ?? 0;
  return Array.from({ length: count }, (_, index) => ({
    request: tickRequest(),
    timeUs: (lastUs + 30 * KEEP_US + index * 1_000_000) as TimeUs,
  }));
}

const CUT_OFF = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'glasshouse'";

describe('the follower', () => {
  it('goes on where the tables stand, from genesis or from a snapshot', async () => {
    const directory = await writtenLog();
    const settings = await database.fresh();
    const random = new Random(5);
    for (let seq = 0; seq < log.length; ) {
      seq = Math.min(log.length, seq + random.between(100, 700));
      const following = new Following(directory, settings);
      await following.reaches(seq);
      await following.close();
      expect(following.news.filter(({ kind }) => kind !== 'stored')).toEqual([]);
      if (random.chance(50)) {
        const node = emptyNode();
        await takeSnapshot(directory, node, await replayInto(directory, node, { untilSeq: seq }), following.storedSeq);
      }
    }
    await expectWhole(directory, settings);
  });

  it('writes every row once though its connection is cut at any moment', async () => {
    const directory = await writtenLog();
    const settings = await database.fresh();
    const following = new Following(directory, settings);
    const random = new Random(11);
    for (let seq = 0; seq < log.length; ) {
      seq = Math.min(log.length, seq + random.between(50, 400));
      const reached = following.reaches(seq);
      await new Promise((resolve) => setTimeout(resolve, random.between(0, 12)));
      await asOperator(settings, CUT_OFF);
      await reached;
    }
    expect(following.news.some(({ kind }) => kind === 'away')).toBe(true);
    await following.close();
    await expectWhole(directory, settings);
  });

  it('begins anew when its database has lost what it held', async () => {
    const directory = await writtenLog();
    const settings = await database.fresh();
    const following = new Following(directory, settings);
    await following.reaches(1_000);
    await asOperator(settings, `DROP SCHEMA ${settings.schema} CASCADE; ${CUT_OFF}`);
    await following.reaches(log.length);
    await following.close();
    await expectWhole(directory, settings);
  });

  it('is refused while another one writes', async () => {
    const directory = await writtenLog();
    const settings = await database.fresh();
    const following = new Following(directory, settings);
    await following.reaches(500);
    await expect(rebuildHistory({ directory, database: settings })).rejects.toThrow('another process writes');
    await following.close();
  });
});

describe('rows that are old', () => {
  it('go, unless they may still change, and are no difference to what the log says', async () => {
    const directory = await writtenLog();
    const settings = await database.fresh();
    await rebuildHistory({ directory, database: settings });
    const pool = new ReadPool(settings);
    const count = async (what: string): Promise<number> => {
      const [row] = await pool.query<{ count: number }>({ text: `SELECT count(*) FROM ${what}`, values: [] });
      return row?.count ?? 0;
    };
    const LASTING = ['orders WHERE status < 2', 'loans WHERE open', 'liquidations WHERE ended_us IS NULL'];
    const before = await Promise.all(LASTING.map(count));
    expect(Math.min(await count('fills'), await count('candles'), before[0] ?? 0, before[1] ?? 0)).toBeGreaterThan(0);
    await writeFlow(directory, laterTicks(TABLES_WITH_OLD_ROWS), 1);
    const following = new Following(directory, settings, KEEP_US);
    for (let tick = 1; tick <= TABLES_WITH_OLD_ROWS; tick += 1) await following.reaches(log.length + tick);
    await following.close();
    const lastUs = log.at(-1)?.timeUs ?? 0;
    for (const table of ['trades', 'fills', 'deposits', 'settlements', 'interest', 'loan_movements', 'transfers']) {
      expect(await count(`${table} WHERE time_us <= ${lastUs}`), table).toBe(0);
    }
    expect(await Promise.all(LASTING.map(count))).toEqual(before);
    expect(await count('orders')).toBe(before[0]);
    expect(await count("candles WHERE span = '1h'")).toBeGreaterThan(0);
    expect(await count("candles WHERE span = '1m'")).toBe(0);
    await pool.close();
    const { tables } = await verifyHistory({ directory, database: settings });
    expect(tables.filter(({ onlyFirst, onlySecond }) => onlyFirst + onlySecond > 0)).toEqual([]);
  });
});
