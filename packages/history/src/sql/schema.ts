// Makes the tables, and carries those of an earlier version forward.
import type pg from 'pg';
import { plainName } from './connection.js';
import { MIGRATIONS } from './migrations/index.js';

/** The database was written by a newer version. */
export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew';

  constructor(found: number) {
    super(
      `the history database has schema version ${found}, this software knows ${MIGRATIONS.length}: start the version that wrote it, ` +
        'or make it anew from the log with `glasshouse history rebuild`',
    );
  }
}

const LEDGER = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version integer PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;

async function versionOf(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query('SELECT coalesce(max(version), 0) AS version FROM schema_migrations');
  return (rows[0] as { readonly version: number }).version;
}

/** All steps that are missing, or none: DDL is part of the transaction. */
export async function migrate(client: pg.ClientBase, schema: string, upTo = MIGRATIONS.length): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${plainName(schema)}`);
    await client.query(LEDGER);
    const version = await versionOf(client);
    if (version > MIGRATIONS.length) throw new SchemaTooNew(version);
    for (const [index, step] of MIGRATIONS.slice(0, upTo).entries()) {
      if (index < version) continue;
      await client.query(step);
      await client.query('INSERT INTO schema_migrations (version) VALUES ($1)', [index + 1]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

export async function dropSchema(client: pg.ClientBase, schema: string): Promise<void> {
  await client.query(`DROP SCHEMA IF EXISTS ${plainName(schema)} CASCADE`);
}
