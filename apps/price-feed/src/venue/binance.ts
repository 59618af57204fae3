// Binance spot: best bid and ask by `bookTicker`, last by `aggTrade`, in one combined stream that the URL subscribes to.
import { priceOf } from '../price-text.js';
import type { Pair } from '../quote.js';
import {
  ALIVE,
  type Frame,
  isObject,
  type JsonObject,
  MALFORMED,
  objectOf,
  type StreamVenue,
  textOf,
} from './frame.js';

function path(pairs: readonly Pair[]): string {
  const streams = pairs.flatMap(({ name }) => [`${name.toLowerCase()}@bookTicker`, `${name.toLowerCase()}@aggTrade`]);
  return `/stream?streams=${streams.join('/')}`;
}

function bookTicker(event: JsonObject): Frame {
  const { s: pair, b, a } = event;
  const bid = priceOf(b);
  const ask = priceOf(a);
  if (typeof pair !== 'string' || bid === undefined || ask === undefined) return MALFORMED;
  return { kind: 'ticks', ticks: [{ pair, bid, ask }] };
}

function aggTrade(event: JsonObject): Frame {
  const { s: pair, p } = event;
  const last = priceOf(p);
  if (typeof pair !== 'string' || last === undefined) return MALFORMED;
  return { kind: 'ticks', ticks: [{ pair, last }] };
}

function read(text: string): Frame {
  const frame = objectOf(text);
  if (frame === undefined) return MALFORMED;
  const { stream, data, error } = frame;
  if (isObject(error)) return { kind: 'refused', reason: textOf(error['msg']) };
  if (typeof stream !== 'string' || !isObject(data)) return 'result' in frame || 'e' in frame ? ALIVE : MALFORMED;
  if (stream.endsWith('@bookTicker')) return bookTicker(data);
  return stream.endsWith('@aggTrade') ? aggTrade(data) : ALIVE;
}

export const binance: StreamVenue = {
  name: 'binance',
  url: 'wss://stream.binance.com:9443',
  path,
  subscriptions: () => [],
  read,
};
