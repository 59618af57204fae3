// Worker thread: the follower beside the running exchange.
import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseSettings } from '@glasshouse/history';
import { DurableReach } from '@glasshouse/journal';
import { Follower } from './follower.js';

export type FollowerTask = {
  readonly directory: string;
  readonly database: DatabaseSettings;
  readonly keepUs: number | undefined;
};
/** How far the log is durable; `last`: there will be no more. */
export type ReachNews = { readonly durableSeq: number; readonly last: boolean };

const { directory, database, keepUs } = workerData as FollowerTask;
const reach = new DurableReach();

parentPort?.on('message', ({ durableSeq, last }: ReachNews) => {
  reach.advance(durableSeq);
  if (last) reach.close();
});

await new Follower({ directory, database, keepUs, reach, tell: (news) => parentPort?.postMessage(news) }).run();
parentPort?.close();
