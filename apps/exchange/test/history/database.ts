// One embedded PostgreSQL for a test file; each test has a database of its own in it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseSettings, DEFAULT_SCHEMA, EmbeddedServer } from '@glasshouse/history';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';

export type TestDatabase = {
  readonly server: EmbeddedServer;
  /** A database that nobody else has. */
  fresh(): Promise<DatabaseSettings>;
};

export function testDatabase(): TestDatabase {
  let folder = '';
  let server: EmbeddedServer | undefined;
  let databases = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glasshouse-history-'));
    server = await EmbeddedServer.start({ folder: join(folder, 'history'), settings: { fsync: 'off' } });
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const running = (): EmbeddedServer => {
    if (server === undefined) throw new Error('the database is there once the tests of the file run');
    return server;
  };
  return {
    get server() {
      return running();
    },
    fresh: async () => {
      databases += 1;
      const name = `test_${databases}`;
      const client = new pg.Client({ connectionString: running().url });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return { url: running().url.replace('/postgres?', `/${name}?`), schema: DEFAULT_SCHEMA };
    },
  };
}
