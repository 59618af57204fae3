// Kraken spot, WebSocket v2: the `ticker` channel with every change of best bid or ask; heartbeats when nothing else comes.
import { priceOf } from '../price-text.js';
import type { Pair, Tick } from '../quote.js';
import { ALIVE, type Frame, isObject, MALFORMED, objectOf, type StreamVenue, textOf } from './frame.js';

const subscription = ({ name }: Pair): string =>
  JSON.stringify({ method: 'subscribe', params: { channel: 'ticker', symbol: [name], event_trigger: 'bbo' } });

function tickOf(row: unknown): Tick | undefined {
  if (!isObject(row)) return undefined;
  const { symbol: pair, ...rest } = row;
  const [bid, ask, last] = [rest['bid'], rest['ask'], rest['last']].map(priceOf);
  if (typeof pair !== 'string' || bid === undefined || ask === undefined || last === undefined) return undefined;
  return { pair, bid, ask, last };
}

function ticker(data: unknown): Frame {
  if (!Array.isArray(data) || data.length === 0) return MALFORMED;
  const ticks: Tick[] = [];
  for (const row of data) {
    const tick = tickOf(row);
    if (tick === undefined) return MALFORMED;
    ticks.push(tick);
  }
  return { kind: 'ticks', ticks };
}

function read(text: string): Frame {
  const frame = objectOf(text);
  if (frame === undefined) return MALFORMED;
  const { channel, method, success, error, data } = frame;
  if (channel === 'ticker') return ticker(data);
  if (success === false) return { kind: 'refused', reason: textOf(error) };
  return typeof channel === 'string' || typeof method === 'string' ? ALIVE : MALFORMED;
}

export const kraken: StreamVenue = {
  name: 'kraken',
  url: 'wss://ws.kraken.com/v2',
  path: () => '',
  subscriptions: (pairs) => pairs.map(subscription),
  read,
};
