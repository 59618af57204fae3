// The history database of a running exchange: its follower in a thread, and questions that see what was committed before them.
import { Worker } from 'node:worker_threads';
import { HistoryAway } from '@glasshouse/gateway';
import { type Database, DatabaseAway, type DatabaseSettings, ReadPool, type Statement } from '@glasshouse/history';
import type { Log } from '../log.js';
import type { FollowerNews } from './follower.js';
import type { FollowerTask, ReachNews } from './follower-worker.js';
import { StoredReach } from './stored-reach.js';

export type HistoryDatabaseOptions = {
  readonly directory: string;
  readonly database: DatabaseSettings;
  /** Rows older than this go. */
  readonly keepUs?: number | undefined;
  readonly log: Log;
};

/** The built worker, from the source folder as from the built one. */
const WORKER = new URL('../../dist/history/follower-worker.js', import.meta.url);
/** A question waits so long for what was committed before it. */
const PATIENCE_MS = 2_000;
/** At the end the follower has so long to store what is durable; the next start goes on from where it stood. */
const LAST_WORDS_MS = 5_000;
const RESTART_MS = 1_000;

export class HistoryDatabase implements Database {
  private readonly stored = new StoredReach();
  private readonly pool: ReadPool;
  private worker: Worker | undefined;
  private durableSeq = 0;
  private told = false;
  /** Why it cannot be asked, while it cannot. */
  private away: string | undefined;
  private closing = false;

  constructor(private readonly options: HistoryDatabaseOptions) {
    this.pool = new ReadPool(options.database);
    this.launch();
  }

  /** Everything below it is in the tables. */
  get storedSeq(): number {
    return this.stored.seq;
  }

  /** Everything below `durableSeq` is durable, and told to its callers. */
  notice(durableSeq: number): void {
    this.durableSeq = durableSeq;
    if (this.told) return;
    this.told = true;
    setImmediate(() => {
      this.told = false;
      this.say({ durableSeq: this.durableSeq, last: false });
    });
  }

  async query<Row>(statement: Statement): Promise<readonly Row[]> {
    if (this.away !== undefined || !(await this.stored.covers(this.durableSeq, PATIENCE_MS))) throw new HistoryAway();
    try {
      return await this.pool.query<Row>(statement);
    } catch (error) {
      throw error instanceof DatabaseAway ? new HistoryAway() : error;
    }
  }

  async close(): Promise<void> {
    this.closing = true;
    const { worker } = this;
    if (worker !== undefined) {
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      this.say({ durableSeq: this.durableSeq, last: true });
      const impatience = setTimeout(() => void worker.terminate(), LAST_WORDS_MS);
      await ended;
      clearTimeout(impatience);
    }
    this.stored.giveUp();
    await this.pool.close();
  }

  private say(news: ReachNews): void {
    this.worker?.postMessage(news);
  }

  private launch(): void {
    const { directory, database, keepUs, log } = this.options;
    const workerData: FollowerTask = { directory, database, keepUs };
    const worker = new Worker(WORKER, { workerData });
    this.worker = worker;
    worker.on('message', (news: FollowerNews) => this.hear(news));
    worker.on('error', (error) => log.error('the history follower has failed', { reason: error.message }));
    worker.once('exit', () => {
      this.worker = undefined;
      if (!this.closing) setTimeout(() => this.relaunch(), RESTART_MS).unref();
    });
    this.say({ durableSeq: this.durableSeq, last: false });
  }

  private relaunch(): void {
    if (!this.closing) this.launch();
  }

  private hear(news: FollowerNews): void {
    const { log } = this.options;
    if (news.kind === 'stored') {
      if (this.away !== undefined) log.info('the history database is there again', { storedSeq: news.seq });
      this.away = undefined;
      this.stored.set(news.seq);
      return;
    }
    this.stored.giveUp();
    if (this.away === news.reason) return;
    this.away = news.reason;
    const what = news.kind === 'away' ? 'the history database cannot be reached' : 'the history cannot be written';
    log.warn(`${what}; it is tried again, and catches up from the log`, { reason: news.reason });
  }
}
