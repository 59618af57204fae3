// Which engine keeps the past, and what it needs to run.
import {
  type DatabaseSettings,
  DEFAULT_SCHEMA,
  EmbeddedServer,
  embeddedAddress,
  embeddedFolder,
} from '@glasshouse/history';
import type { Log } from '../log.js';

export type HistoryEngine =
  /** Bounded, in the exchange's own memory. */
  | { readonly kind: 'memory' }
  /** A PostgreSQL of the exchange's own, in its data folder. */
  | { readonly kind: 'embedded' }
  /** Any PostgreSQL. */
  | { readonly kind: 'database'; readonly url: string };

/** As an operator says it. A database's URL has a password in it, so it is told by the environment and not by a word that all see. */
export function historyEngine(choice: string, databaseUrl: string | undefined): HistoryEngine {
  if (choice === 'memory') return { kind: 'memory' };
  if (choice !== 'embedded') throw new RangeError(`--history must be embedded or memory, not ${choice}`);
  return databaseUrl === undefined || databaseUrl === ''
    ? { kind: 'embedded' }
    : { kind: 'database', url: databaseUrl };
}

export type OpenEngine = {
  readonly database: DatabaseSettings;
  close(): Promise<void>;
};

/** Who calls it has the lock on the data folder. */
export async function openEngine(
  engine: Exclude<HistoryEngine, { kind: 'memory' }>,
  dataDirectory: string,
  log: Log,
): Promise<OpenEngine> {
  if (engine.kind === 'database') {
    return { database: { url: engine.url, schema: DEFAULT_SCHEMA }, close: async () => {} };
  }
  const server = await EmbeddedServer.start({
    folder: embeddedFolder(dataDirectory),
    onTrouble: (what) => log.warn(what),
  });
  return { database: { url: server.url, schema: DEFAULT_SCHEMA }, close: () => server.stop() };
}

/** The database that an exchange on the folder keeps its past in; undefined when that is in its memory. */
export function databaseOfExchange(engine: HistoryEngine, dataDirectory: string): DatabaseSettings | undefined {
  if (engine.kind === 'memory') return undefined;
  const url = engine.kind === 'database' ? engine.url : embeddedAddress(embeddedFolder(dataDirectory));
  return url === undefined ? undefined : { url, schema: DEFAULT_SCHEMA };
}
