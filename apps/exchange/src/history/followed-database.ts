// The history database as a gateway process asks it: another process writes it, so it is the tables that say how far they have come.
import { setTimeout as pause } from 'node:timers/promises';
import { HistoryAway } from '@glasshouse/gateway';
import { type Database, DatabaseAway, type DatabaseSettings, ReadPool, type Statement } from '@glasshouse/history';

const PATIENCE_MS = 2_000;
/** SQLSTATE undefined_table. */
const NO_SUCH_TABLE = '42P01';
const LOOK_AGAIN_MS = 5;
const PROGRESS: Statement = { text: 'SELECT next_seq AS "nextSeq" FROM progress', values: [] };

export class FollowedDatabase implements Database {
  private readonly pool: ReadPool;
  private storedSeq = 0;
  private looking: Promise<void> | undefined;

  constructor(
    settings: DatabaseSettings,
    /** Below it is what this process has answered with already. */
    private readonly nextSeq: () => number,
  ) {
    this.pool = new ReadPool(settings);
  }

  async query<Row>(statement: Statement): Promise<readonly Row[]> {
    try {
      await this.reaches(this.nextSeq());
      return await this.pool.query<Row>(statement);
    } catch (error) {
      throw error instanceof DatabaseAway ? new HistoryAway() : error;
    }
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private async reaches(seq: number): Promise<void> {
    const endMs = performance.now() + PATIENCE_MS;
    while (this.storedSeq < seq) {
      this.looking ??= this.look();
      await this.looking;
      if (this.storedSeq >= seq) return;
      if (performance.now() > endMs) throw new HistoryAway();
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** One look for all who wait. */
  private async look(): Promise<void> {
    try {
      const [row] = await this.pool.query<{ readonly nextSeq: number }>(PROGRESS);
      this.storedSeq = row?.nextSeq ?? 0;
    } catch (error) {
      // The exchange is about to make the tables.
      if ((error as NodeJS.ErrnoException).code !== NO_SUCH_TABLE) throw error;
    } finally {
      this.looking = undefined;
    }
  }
}
