// Connections to a PostgreSQL database, and what may go wrong with them that is nobody's mistake.
import pg from 'pg';
import type { Database, Statement } from './database.js';

export type DatabaseSettings = {
  /** `postgresql://…`; without a password in it, what libpq would look for is used. */
  readonly url: string;
  /** Where the tables are, in the database. */
  readonly schema: string;
};

export const DEFAULT_SCHEMA = 'glasshouse';

/** The database cannot be asked now. Nothing is wrong with the question. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
}

const INT8 = 20;
const NUMERIC = 1700;

/** All integers that are stored are exact in a double; sums that are not are statistics, and round. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as 'text'),
};

const CONNECT_TIMEOUT_MS = 3_000;

/** Names that appear in statements as they are. */
const PLAIN_NAME = /^[a-z][a-z0-9_]{0,40}$/;

export function plainName(name: string): string {
  if (!PLAIN_NAME.test(name)) throw new RangeError(`${name} is no plain name for a schema`);
  return name;
}

export function clientConfig({ url, schema }: DatabaseSettings): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'glasshouse',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    options: `-c search_path=${plainName(schema)}`,
    keepAlive: true,
    types,
  };
}

/** SQLSTATE classes of a server that goes down, comes up, is full, gave up or rolled back: nothing that asking again cannot mend. */
const AWAY_CLASSES = ['08', '40', '53', '57', '58'];
/** What the driver says of a connection that is gone, or did not come in time; the socket's own errors have a code like ECONNRESET. */
const LOST = /connection|timeout|not queryable/i;

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof pg.DatabaseError) return AWAY_CLASSES.includes(String(code).slice(0, 2));
  return error.name === 'Error' && (code?.startsWith('E') === true || LOST.test(error.message));
}

/** The same error, as DatabaseAway where it is one. */
export function explained(error: unknown): unknown {
  return isAway(error) ? new DatabaseAway((error as Error).message, { cause: error }) : error;
}

type Queryable = Pick<pg.ClientBase, 'query'>;

export function databaseOf(client: Queryable): Database {
  return {
    async query<Row>({ text, values }: Statement): Promise<readonly Row[]> {
      try {
        const { rows } = await client.query(text, [...values]);
        return rows as Row[];
      } catch (error) {
        throw explained(error);
      }
    },
  };
}
