// The one writer of the tables. Rows and the place in the log that they reach are written by one statement, which does nothing
// unless the tables stand where it begins: a write that is sent twice counts once, and a crash of anything leaves them whole.
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { compareTables, type TableDifference } from './compare.js';
import { clientConfig, type DatabaseSettings, databaseOf, explained, plainName } from './connection.js';
import { type Database, Parameters } from './database.js';
import type { Pending } from './row-batch.js';
import { dropSchema, migrate } from './schema.js';
import { TABLES } from './tables/index.js';

/** Two processes must not write the same history. */
export class HistoryHasWriter extends Error {
  override readonly name = 'HistoryHasWriter';

  constructor() {
    super('another process writes this history database: stop it first, or give this exchange a database of its own');
  }
}

/** A database that lost its last moments in a crash: what follows must be written again. */
export class HistoryWentBack extends Error {
  override readonly name = 'HistoryWentBack';

  constructor(
    readonly expected: number,
    readonly found: number,
  ) {
    super(`the history database stands at request ${found}, not ${expected}`);
  }
}

export type Span = {
  /** First request whose rows these are, and the first that they do not reach. */
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly timeUs: number;
};

const LOCK_ATTEMPTS = 20;
const LOCK_PAUSE_MS = 100;

/** A dead writer's connection may live on for a moment on the server's side. */
async function becomeWriter(client: pg.Client, schema: string): Promise<void> {
  for (let attempt = 0; attempt < LOCK_ATTEMPTS; attempt += 1) {
    const { rows } = await client.query(
      "SELECT pg_try_advisory_lock(hashtext('glasshouse history'), hashtext($1)) AS got",
      [schema],
    );
    if ((rows[0] as { readonly got: boolean }).got) return;
    await pause(LOCK_PAUSE_MS);
  }
  throw new HistoryHasWriter();
}

export class HistoryWriter {
  readonly database: Database;

  private constructor(
    private readonly client: pg.Client,
    private readonly schema: string,
  ) {
    this.database = databaseOf(client);
  }

  /** Makes or carries forward the tables, or makes them `anew`, empty. Throws DatabaseAway when there is no server to be asked. */
  static async open(settings: DatabaseSettings, tables: 'kept' | 'anew' = 'kept'): Promise<HistoryWriter> {
    const client = new pg.Client({ ...clientConfig(settings), statement_timeout: 0 });
    // Told by the next query too.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await becomeWriter(client, settings.schema);
      if (tables === 'anew') await dropSchema(client, settings.schema);
      await migrate(client, settings.schema);
      // What a crash of the database takes away is written again from the log: no write waits for the disk.
      await client.query('SET synchronous_commit = off');
      return new HistoryWriter(client, settings.schema);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw explained(error);
    }
  }

  /** The first request that the tables do not reach. */
  async nextSeq(): Promise<number> {
    const [row] = await this.database.query<{ readonly nextSeq: number }>({
      text: 'SELECT next_seq AS "nextSeq" FROM progress',
      values: [],
    });
    return row?.nextSeq ?? 0;
  }

  /** The tables are of no more use; then the writer is neither. */
  async removeTables(): Promise<void> {
    await dropSchema(this.client, this.schema);
  }

  /** Rows that this history and that of another schema of the database do not share. */
  compareWith(schema: string): Promise<readonly TableDifference[]> {
    return compareTables(this.database, [this.schema, plainName(schema)], TABLES);
  }

  async write(pending: readonly Pending[], { fromSeq, toSeq, timeUs }: Span): Promise<void> {
    const { values, bind } = new Parameters();
    const due = `next_seq = ${bind(fromSeq)}::bigint`;
    const insertions = pending
      .filter(({ size }) => size > 0)
      .map((rows, index) => `rows_${index} AS (${rows.insertion(bind, 'EXISTS (SELECT FROM due)')})`);
    const parts = [`due AS (SELECT FROM progress WHERE ${due})`, ...insertions];
    const moved = `UPDATE progress SET next_seq = ${bind(toSeq)}::bigint, time_us = ${bind(timeUs)}::bigint WHERE ${due} RETURNING 1`;
    const done = await this.database.query({ text: `WITH ${parts.join(', ')} ${moved}`, values });
    if (done.length === 1) return;
    const found = await this.nextSeq();
    if (found !== toSeq) throw new HistoryWentBack(fromSeq, found);
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
