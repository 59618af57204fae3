// The schema in a real server: made from nothing, carried forward from every earlier version, and what the code knows of it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedServer } from '../../src/index.js';
import { clientConfig } from '../../src/sql/connection.js';
import { MIGRATIONS } from '../../src/sql/migrations/index.js';
import { dropSchema, migrate, SchemaTooNew } from '../../src/sql/schema.js';
import { sqlType } from '../../src/sql/table.js';
import { TABLES } from '../../src/sql/tables/index.js';

const SCHEMA = 'schema_test';
let folder = '';
let server: EmbeddedServer;
let client: pg.Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshouse-schema-'));
  server = await EmbeddedServer.start({ folder: join(folder, 'history'), settings: { fsync: 'off' } });
  client = new pg.Client(clientConfig({ url: server.url, schema: SCHEMA }));
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function columns(): Promise<Map<string, string>> {
  const { rows } = await client.query(
    `SELECT c.relname || '.' || a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1`,
    [SCHEMA],
  );
  return new Map((rows as { name: string; type: string }[]).map(({ name, type }) => [name, type]));
}

async function indexes(): Promise<string[]> {
  const { rows } = await client.query('SELECT indexdef FROM pg_indexes WHERE schemaname = $1 ORDER BY 1', [SCHEMA]);
  return (rows as { indexdef: string }[]).map(({ indexdef }) => indexdef);
}

describe('the schema', () => {
  it('has the columns that the code writes, of the types that it sends, and no others', async () => {
    await migrate(client, SCHEMA);
    const known = TABLES.flatMap(({ name, columns: own }) =>
      own.map((column) => [`${name}.${column.name}`, sqlType(column.type)] as const),
    );
    const found = [...(await columns())].filter(([name]) => !/^(progress|schema_migrations)\./.test(name));
    expect(found.sort()).toEqual([...known].sort());
  });

  it('has the primary keys that rows are merged by', async () => {
    await migrate(client, SCHEMA);
    for (const { name, key, columns: own } of TABLES) {
      const { rows } = await client.query(
        `SELECT a.attname AS name FROM pg_index i JOIN unnest(i.indkey) WITH ORDINALITY AS k (attnum, place) ON true
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.place <= i.indnkeyatts
         WHERE i.indrelid = $1::regclass AND i.indisprimary ORDER BY k.place`,
        [name],
      );
      const names = key.map((property) => own.find((column) => column.property === property)?.name);
      expect([name, (rows as { name: string }[]).map((row) => row.name)]).toEqual([name, names]);
    }
  });

  it('is the same, carried forward from any version', async () => {
    await dropSchema(client, SCHEMA);
    await migrate(client, SCHEMA);
    const whole = [await columns(), await indexes()];
    for (let version = 0; version <= MIGRATIONS.length; version += 1) {
      await dropSchema(client, SCHEMA);
      await migrate(client, SCHEMA, version);
      await migrate(client, SCHEMA);
      expect([await columns(), await indexes()]).toEqual(whole);
    }
  });

  it('of a newer version is left alone', async () => {
    await migrate(client, SCHEMA);
    await client.query('INSERT INTO schema_migrations (version) VALUES ($1)', [MIGRATIONS.length + 1]);
    await expect(migrate(client, SCHEMA)).rejects.toThrow(SchemaTooNew);
    await dropSchema(client, SCHEMA);
  });
});
