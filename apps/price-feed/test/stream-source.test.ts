// Streams against a venue that sends nonsense, hangs up, or says nothing.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Pair } from '../src/quote.js';
import { StreamSource, type StreamSourceOptions } from '../src/stream-source.js';
import { binance } from '../src/venue/binance.js';
import { coinbase } from '../src/venue/coinbase.js';
import { kraken } from '../src/venue/kraken.js';
import { FakeVenue, until } from './fake-venue.js';

const BTC: Pair = { name: 'BTC/USD', asset: 'BTC', money: 'USD', unit: 1 };
const BONK: Pair = { name: 'BONK/USD', asset: 'kBONK', money: 'USD', unit: 1000 };

let venue: FakeVenue;
let source: StreamSource;
let log: string[];
beforeEach(async () => {
  venue = await FakeVenue.open();
  log = [];
});
afterEach(() => {
  source.stop();
  venue.close();
});

function open(options: Partial<StreamSourceOptions> = {}): void {
  source = new StreamSource({
    venue: kraken,
    pairs: [BTC, BONK],
    url: venue.url,
    log: (line) => log.push(line),
    backoff: { firstMs: 1, maxMs: 5 },
    ...options,
  });
  source.start();
}

const connected = (count: number) => until(() => venue.connections.length >= count);
const ticker = (symbol: string, bid: number, ask: number, last: number): string =>
  JSON.stringify({ channel: 'ticker', type: 'update', data: [{ symbol, bid, ask, last }] });
const bids = (): readonly number[] => source.quotes(Date.now()).map(({ bid }) => bid);

/** The next good frame: what came before it has been read by then. */
async function untilBid(bid: number): Promise<void> {
  venue.send(ticker('BTC/USD', bid, bid + 1, bid));
  await until(() => bids().includes(bid));
}

describe("a venue's stream", () => {
  it('is subscribed pair by pair and read, thousands counted in', async () => {
    open();
    await until(() => venue.asked.length === 2);
    expect(venue.asked.map((text) => JSON.parse(text).params.symbol)).toEqual([['BTC/USD'], ['BONK/USD']]);
    venue.send(ticker('BONK/USD', 0.00002, 0.000021, 0.00002));
    await untilBid(100_000);
    expect(source.quotes(Date.now())).toMatchObject([
      { asset: 'kBONK', money: 'USD', bid: 0.02, ask: expect.closeTo(0.021, 12), last: 0.02 },
      { asset: 'BTC', bid: 100_000, ask: 100_001 },
    ]);
  });

  it("speaks Binance's and Coinbase's tongues too", async () => {
    open({ venue: binance, pairs: [{ ...BTC, name: 'BTCUSDT', money: 'USDT' }] });
    await connected(1);
    expect(venue.paths).toEqual(['/stream?streams=btcusdt@bookTicker/btcusdt@aggTrade']);
    venue.send('{"stream":"btcusdt@bookTicker","data":{"s":"BTCUSDT","b":"10","a":"11"}}');
    venue.send('{"stream":"btcusdt@aggTrade","data":{"s":"BTCUSDT","p":"10.5"}}');
    await until(() => bids().length > 0);
    expect(source.quotes(Date.now())).toMatchObject([{ money: 'USDT', bid: 10, ask: 11, last: 10.5 }]);
    source.stop();
    open({ venue: coinbase, pairs: [{ ...BTC, name: 'BTC-USD' }] });
    await until(() => venue.asked.length > 0);
    venue.send('{"type":"ticker","product_id":"BTC-USD","price":"12","best_bid":"11","best_ask":"13"}');
    await until(() => bids().includes(11));
  });

  it('has no quote before bid, ask and last are all known', async () => {
    open({ venue: binance, pairs: [{ ...BTC, name: 'BTCUSDT' }] });
    await connected(1);
    venue.send('{"stream":"btcusdt@bookTicker","data":{"s":"BTCUSDT","b":"10","a":"11"}}');
    await until(() => source.counts.frames === 1);
    expect(bids()).toEqual([]);
  });

  it('drops frames that make no sense and says so once', async () => {
    open();
    await connected(1);
    for (const frame of ['{', '[]', '{"channel":"ticker","data":[{"symbol":"BTC/USD","bid":-1}]}']) venue.send(frame);
    venue.send(new Uint8Array([1, 2, 3]));
    await untilBid(100);
    expect(source.counts).toMatchObject({ connections: 1, malformed: 4 });
    expect(log).toEqual(['kraken: dropped a frame that makes no sense']);
  });

  it('pays no heed to pairs that nobody asked for, nor to a bid above its ask', async () => {
    open();
    await connected(1);
    venue.send(ticker('DOGE/USD', 1, 2, 1));
    venue.send(ticker('BONK/USD', 3, 2, 2));
    await untilBid(100);
    expect(bids()).toEqual([100]);
  });

  it('tells why a venue refused a pair, and goes on with the others', async () => {
    open();
    await connected(1);
    venue.send('{"error":"Currency pair not supported BONK/USD","method":"subscribe","success":false}');
    await untilBid(100);
    expect(log).toEqual(['kraken: refused: Currency pair not supported BONK/USD']);
  });

  it('gives up a connection that sends a frame larger than any ticker, and comes back', async () => {
    open({ maxFrameBytes: 1_000 });
    await connected(1);
    venue.send(`{"channel":"heartbeat","padding":"${'x'.repeat(2_000)}"}`);
    await connected(2);
    await untilBid(100);
    expect(log[0]).toMatch(/payload/i);
  });

  it('has no quotes after a lost connection until the venue quotes again', async () => {
    open({ backoff: { firstMs: 50, maxMs: 50 } });
    await connected(1);
    await untilBid(100);
    venue.cut();
    await until(() => bids().length === 0);
    await until(() => venue.asked.length === 4);
    await untilBid(101);
    expect(source.counts.connections).toBe(2);
  });

  it('leaves a venue that says nothing, not even a heartbeat, and tries again', async () => {
    open({ silenceMs: 20 });
    await connected(3);
    expect(log).toContain('kraken: silent for too long; connecting again');
  });

  it('stays with a venue whose heartbeats come, though nothing is quoted', async () => {
    open({ silenceMs: 300 });
    await connected(1);
    for (let beat = 0; beat < 10; beat += 1) {
      venue.send('{"channel":"heartbeat"}');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(source.counts.connections).toBe(1);
  });

  it('waits for a venue that is not there', async () => {
    open({ url: 'ws://127.0.0.1:9' });
    await until(() => log.length > 0);
    expect(source.quotes(Date.now())).toEqual([]);
  });

  it('does not come back once stopped', async () => {
    open();
    await connected(1);
    source.stop();
    await until(() => venue.connections[0]?.readyState === 3);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(venue.connections).toHaveLength(1);
  });
});
