// Connections for questions: few, each answer within a time, nothing ever changed.
import pg from 'pg';
import { clientConfig, type DatabaseSettings, databaseOf } from './connection.js';
import type { Database, Statement } from './database.js';

const CONNECTIONS = 8;
const STATEMENT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 30_000;

export class ReadPool implements Database {
  private readonly pool: pg.Pool;
  private readonly database: Database;

  constructor(settings: DatabaseSettings, connections = CONNECTIONS) {
    const config = clientConfig(settings);
    this.pool = new pg.Pool({
      ...config,
      options: `${config.options} -c default_transaction_read_only=on -c plan_cache_mode=force_custom_plan`,
      max: connections,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      allowExitOnIdle: true,
    });
    // An idle connection that breaks is replaced when the next question comes.
    this.pool.on('error', () => undefined);
    this.database = databaseOf(this.pool);
  }

  query<Row>(statement: Statement): Promise<readonly Row[]> {
    return this.database.query<Row>(statement);
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
