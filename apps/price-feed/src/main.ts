// A feed as a process of its own: node main.js --url http://127.0.0.1:8080 --key FILE [--prices synthetic|live] [--seed N]
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ExchangeClient } from '@glasshouse/client';
import { openingPrices } from './exchange-prices.js';
import { type Feed, startFeed } from './feed.js';
import { readKeyFile } from './key-file.js';
import { LIVE_VENUES, liveSource } from './live-sources.js';
import type { Source } from './quote.js';
import { syntheticSources } from './synthetic/synthetic-sources.js';
import { TroubleLog } from './trouble-log.js';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    key: { type: 'string' },
    prices: { type: 'string', default: 'synthetic' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.key === undefined) throw new TypeError('--key must name the file with the price feed key');
const seed = Number(values.seed);
if (!Number.isSafeInteger(seed)) throw new RangeError(`--seed must be a whole number, not ${values.seed}`);

const log = (line: string): void => console.log(`prices: ${line}`);
// A report that is late is worthless: the next one follows in a second.
const client = new ExchangeClient({ url: values.url, ...readKeyFile(values.key), timeoutMs: 3_000, retries: 0 });

const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;

async function openings(): Promise<ReadonlyMap<string, number>> {
  const trouble = new TroubleLog(log);
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    try {
      return await openingPrices(client);
    } catch (error) {
      trouble.report('waiting for the exchange', error);
      await sleep(pauseMs);
    }
  }
}

async function sources(): Promise<readonly Source[]> {
  if (values.prices === 'live') return LIVE_VENUES.map((venue) => liveSource(venue, log));
  if (values.prices !== 'synthetic') throw new TypeError(`--prices must be synthetic or live, not ${values.prices}`);
  return syntheticSources({ seed, openings: await openings() });
}

let feed: Feed | undefined;
let stopping = false;
function stop(): void {
  if (stopping) process.exit(1);
  stopping = true;
  void Promise.resolve(feed?.stop()).then(() => process.exit(0));
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// A parent that started this with an IPC channel and is gone will not send a signal.
process.on('disconnect', stop);

const chosen = await sources();
if (!stopping) {
  const names = chosen.map(({ name }) => name).join(', ');
  log(
    values.prices === 'synthetic'
      ? `SYNTHETIC prices (made up, no market's) from ${names}`
      : `live prices from ${names}`,
  );
  feed = startFeed({ sources: chosen, client, log });
}
