// The history database of an exchange that does not run: its embedded one is started for the occasion.
import type { DatabaseSettings } from '@glasshouse/history';
import { lockFolder } from '@glasshouse/journal';
import type { Log } from '../log.js';
import { type HistoryEngine, openEngine } from './engine.js';
import { type HistoryVerdict, type RebuildReport, rebuildHistory, verifyHistory } from './rebuild.js';

export type OfflineRequest = {
  readonly directory: string;
  readonly engine: Exclude<HistoryEngine, { kind: 'memory' }>;
  readonly log: Log;
  readonly onProgress?: (commands: number) => void;
};

/** A database of one's own may be made anew beside the running exchange; the embedded one is the exchange's while it runs. */
async function withDatabase<Result>(
  { directory, engine, log }: OfflineRequest,
  work: (database: DatabaseSettings) => Promise<Result>,
): Promise<Result> {
  const lock = engine.kind === 'embedded' ? await lockFolder(directory) : undefined;
  try {
    const { database, close } = await openEngine(engine, directory, log);
    try {
      return await work(database);
    } finally {
      await close();
    }
  } finally {
    await lock?.release();
  }
}

export function rebuildHistoryOf(request: OfflineRequest): Promise<RebuildReport> {
  return withDatabase(request, (database) => rebuildHistory({ ...request, database }));
}

export function verifyHistoryOf(request: OfflineRequest): Promise<HistoryVerdict> {
  return withDatabase(request, (database) => verifyHistory({ ...request, database }));
}
