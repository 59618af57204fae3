import type { RequestListener, Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { PollSource } from '../src/poll-source.js';
import type { Pair } from '../src/quote.js';
import { bitstamp } from '../src/venue/bitstamp.js';
import { serveHttp, until } from './fake-venue.js';

const PAIRS: readonly Pair[] = ['btcusd', 'ethusd'].map((name) => ({
  name,
  asset: name.slice(0, 3).toUpperCase(),
  money: 'USD',
  unit: 1,
}));

let source: PollSource | undefined;
let server: Server | undefined;
afterEach(() => {
  source?.stop();
  server?.closeAllConnections();
  server?.close();
});

async function poll(listener: RequestListener, timeoutMs = 5_000) {
  const served = await serveHttp(listener);
  server = served.server;
  const log: string[] = [];
  source = new PollSource({
    venue: bitstamp,
    pairs: PAIRS,
    url: served.url,
    log: (line) => log.push(line),
    everyMs: 5,
    timeoutMs,
    maxBytes: 500,
    backoff: { firstMs: 1, maxMs: 5 },
  });
  source.start();
  return log;
}

const ticker = (price: number): string => JSON.stringify({ bid: `${price}`, ask: `${price + 1}`, last: `${price}` });
const assets = (): readonly string[] => (source?.quotes(Date.now()) ?? []).map(({ asset }) => asset);

describe('a polled venue', () => {
  it('is asked for each pair, again and again', async () => {
    const paths: string[] = [];
    await poll(({ url = '' }, response) => {
      paths.push(url);
      response.end(ticker(paths.length));
    });
    await until(() => paths.length > 4);
    expect(paths.slice(0, 4)).toEqual([
      '/api/v2/ticker/btcusd/',
      '/api/v2/ticker/ethusd/',
      '/api/v2/ticker/btcusd/',
      '/api/v2/ticker/ethusd/',
    ]);
    expect(assets()).toEqual(['BTC', 'ETH']);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['an error', (_, response) => response.writeHead(503).end('busy'), /ethusd: HTTP 503/],
    ['no JSON', (_, response) => response.end('<html>'), /ethusd: the answer is no ticker/],
    ['too much', (_, response) => response.end(ticker(1) + ' '.repeat(1_000)), /larger than 500 bytes/],
    ['an address elsewhere', (_, response) => response.writeHead(302, { location: '/x' }).end(), /fetch failed/],
    ['nothing, for ever', () => undefined, /timeout/],
  ])('that answers one pair with %s loses that pair only', async (_, strange, words) => {
    const log = await poll((request, response) => {
      if (request.url?.includes('ethusd') === true) strange(request, response);
      else response.end(ticker(1));
    }, 200);
    await until(() => log.some((line) => words.test(line)) && assets().length > 0);
    expect(assets()).toEqual(['BTC']);
  });
});
