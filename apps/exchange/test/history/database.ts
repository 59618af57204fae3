// One embedded PostgreSQL for a test file; each test has tables of its own in it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseSettings, EmbeddedServer } from '@glasshouse/history';
import { afterAll, beforeAll } from 'vitest';

export type TestDatabase = {
  readonly server: EmbeddedServer;
  /** Tables that nobody else has. */
  fresh(): DatabaseSettings;
};

export function testDatabase(): TestDatabase {
  let folder = '';
  let server: EmbeddedServer | undefined;
  let schemas = 0;
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
    fresh: () => {
      schemas += 1;
      return { url: running().url, schema: `history_${schemas}` };
    },
  };
}
