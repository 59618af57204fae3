// What each venue sends, as its public documentation shows it, and what it must not be taken for.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pair } from '../../src/quote.js';
import { binance } from '../../src/venue/binance.js';
import { bitstamp } from '../../src/venue/bitstamp.js';
import { coinbase } from '../../src/venue/coinbase.js';
import type { StreamVenue } from '../../src/venue/frame.js';
import { kraken } from '../../src/venue/kraken.js';

const BTC: Pair = { name: 'BTCUSDT', asset: 'BTC', money: 'USDT', unit: 1 };
const ETH: Pair = { name: 'ETHUSDT', asset: 'ETH', money: 'USDT', unit: 1 };

const frames: readonly (readonly [StreamVenue, string, object])[] = [
  [
    binance,
    '{"stream":"btcusdt@bookTicker","data":{"u":400900217,"s":"BTCUSDT","b":"25.35190000","B":"31.21","a":"25.36520000","A":"40.66"}}',
    { kind: 'ticks', ticks: [{ pair: 'BTCUSDT', bid: 25.3519, ask: 25.3652 }] },
  ],
  [
    binance,
    '{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1672515782136,"s":"BTCUSDT","a":12345,"p":"25.36","q":"100","f":100,"l":105,"T":1672515782136,"m":true,"M":true}}',
    { kind: 'ticks', ticks: [{ pair: 'BTCUSDT', last: 25.36 }] },
  ],
  [binance, '{"result":null,"id":1}', { kind: 'alive' }],
  [binance, '{"e":"serverShutdown","E":1770123456789}', { kind: 'alive' }],
  [
    binance,
    '{"error":{"code":2,"msg":"Invalid request: unknown stream"}}',
    { kind: 'refused', reason: 'Invalid request: unknown stream' },
  ],
  [
    coinbase,
    '{"type":"ticker","sequence":37475248783,"product_id":"ETH-USD","price":"1285.22","open_24h":"1310.79","volume_24h":"245532.79269678","best_bid":"1285.04","best_bid_size":"0.46688654","best_ask":"1285.27","best_ask_size":"1.56637040","side":"buy","time":"2022-10-19T23:28:22.061769Z","trade_id":370843401,"last_size":"11.4396987"}',
    { kind: 'ticks', ticks: [{ pair: 'ETH-USD', bid: 1285.04, ask: 1285.27, last: 1285.22 }] },
  ],
  [
    coinbase,
    '{"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"BTC-USD","time":"2014-11-07T08:19:28.464459Z"}',
    { kind: 'alive' },
  ],
  [
    coinbase,
    '{"type":"error","message":"Failed to subscribe","reason":"X-USD is not a valid product"}',
    { kind: 'refused', reason: 'X-USD is not a valid product' },
  ],
  [
    kraken,
    '{"channel":"ticker","type":"snapshot","data":[{"symbol":"ALGO/USD","bid":0.10025,"bid_qty":740.0,"ask":0.10036,"ask_qty":1361.44813783,"last":0.10035,"volume":997038.98383185,"vwap":0.10148,"low":0.09979,"high":0.10285,"change":-0.00017,"change_pct":-0.17}]}',
    { kind: 'ticks', ticks: [{ pair: 'ALGO/USD', bid: 0.10025, ask: 0.10036, last: 0.10035 }] },
  ],
  [kraken, '{"channel":"heartbeat"}', { kind: 'alive' }],
  [
    kraken,
    '{"method":"subscribe","result":{"channel":"ticker","snapshot":true,"symbol":"ALGO/USD"},"success":true,"time_in":"2023-09-25T09:04:31.742599Z","time_out":"2023-09-25T09:04:31.742648Z"}',
    { kind: 'alive' },
  ],
  [
    kraken,
    '{"error":"Currency pair not supported X/USD","method":"subscribe","success":false,"symbol":"X/USD"}',
    { kind: 'refused', reason: 'Currency pair not supported X/USD' },
  ],
];

const malformed: readonly (readonly [StreamVenue, string])[] = [
  [binance, '{"stream":"btcusdt@bookTicker","data":{"s":"BTCUSDT","b":"0.00000000","a":"25.3"}}'],
  [binance, '{"stream":"btcusdt@bookTicker","data":{"b":"25.2","a":"25.3"}}'],
  [binance, '{"stream":"btcusdt@aggTrade","data":{"s":"BTCUSDT","p":"1e5"}}'],
  [binance, '{"stream":"btcusdt@aggTrade","data":[1]}'],
  [coinbase, '{"type":"ticker","product_id":"ETH-USD","price":"-1","best_bid":"1","best_ask":"2"}'],
  [coinbase, '{"type":"ticker","product_id":"ETH-USD","price":"1","best_bid":"1"}'],
  [coinbase, '{"kind":"ticker"}'],
  [kraken, '{"channel":"ticker","type":"update","data":[{"symbol":"BTC/USD","bid":1e999,"ask":2,"last":2}]}'],
  [kraken, '{"channel":"ticker","type":"update","data":[{"symbol":"BTC/USD","bid":null,"ask":2,"last":2}]}'],
  [kraken, '{"channel":"ticker","type":"update","data":[]}'],
  [kraken, '{"channel":"ticker","type":"update","data":{"symbol":"BTC/USD"}}'],
  ...[binance, coinbase, kraken].flatMap((venue) =>
    ['', '{', 'null', '[]', '7', '{}'].map((text) => [venue, text] as const),
  ),
];

describe('frames of venues', () => {
  it.each(frames)('$name says %s', (venue, text, expected) => {
    expect(venue.read(text)).toEqual(expected);
  });

  it.each(malformed)('$name says nothing by %s', (venue, text) => {
    expect(venue.read(text)).toEqual({ kind: 'malformed' });
  });

  it('are read without an exception, whatever they hold', () => {
    const channel = fc.constantFrom('ticker', 'error', 'btcusdt@bookTicker', 'btcusdt@aggTrade', 'heartbeat');
    const shaped = fc.record(
      { type: channel, channel, stream: channel, data: fc.jsonValue(), error: fc.jsonValue(), success: fc.boolean() },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      shaped.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(fc.constantFrom(binance, coinbase, kraken), text, (venue, sent) => {
        const frame = venue.read(sent);
        for (const { bid = 1, ask = 1, last = 1 } of frame.kind === 'ticks' ? frame.ticks : []) {
          expect(Math.min(bid, ask, last)).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('what is asked of a venue', () => {
  it('is in the address for Binance: best prices and trades of each pair', () => {
    expect(binance.path([BTC, ETH])).toBe(
      '/stream?streams=btcusdt@bookTicker/btcusdt@aggTrade/ethusdt@bookTicker/ethusdt@aggTrade',
    );
    expect(binance.subscriptions([BTC, ETH])).toEqual([]);
  });

  it('is a frame for each pair elsewhere, so that one unknown pair costs no other', () => {
    expect(coinbase.subscriptions([BTC, ETH]).map((text) => JSON.parse(text))).toEqual([
      { type: 'subscribe', product_ids: ['BTCUSDT'], channels: ['ticker', 'heartbeat'] },
      { type: 'subscribe', product_ids: ['ETHUSDT'], channels: ['ticker', 'heartbeat'] },
    ]);
    expect(kraken.subscriptions([BTC]).map((text) => JSON.parse(text))).toEqual([
      { method: 'subscribe', params: { channel: 'ticker', symbol: ['BTCUSDT'], event_trigger: 'bbo' } },
    ]);
  });
});

describe("Bitstamp's ticker", () => {
  it('has bid, ask and last', () => {
    const answer =
      '{"timestamp":"1643640186","open":"37000.00","high":"38512.00","low":"36644.00","last":"38350.10","volume":"2213","vwap":"37500","bid":"38348.15","ask":"38355.07","side":"0","open_24":"37900.00","percent_change_24":"1.19"}';
    expect(bitstamp.read('btcusd', answer)).toEqual({ pair: 'btcusd', bid: 38348.15, ask: 38355.07, last: 38350.1 });
  });

  it.each(['', 'null', '{"last":"1"}', '{"last":"1","bid":"0","ask":"2"}', '{"status":"error"}'])(
    'is not %s',
    (answer) => {
      expect(bitstamp.read('btcusd', answer)).toBeUndefined();
    },
  );
});
