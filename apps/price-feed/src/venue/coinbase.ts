// Coinbase Exchange: the `ticker` channel says best bid, best ask and price with every match; `heartbeat` comes each second.
import { priceOf } from '../price-text.js';
import type { Pair } from '../quote.js';
import { ALIVE, type Frame, type JsonObject, MALFORMED, objectOf, type StreamVenue, textOf } from './frame.js';

const subscription = ({ name }: Pair): string =>
  JSON.stringify({ type: 'subscribe', product_ids: [name], channels: ['ticker', 'heartbeat'] });

function ticker(frame: JsonObject): Frame {
  const { product_id: pair, best_bid, best_ask, price } = frame;
  const [bid, ask, last] = [best_bid, best_ask, price].map(priceOf);
  if (typeof pair !== 'string' || bid === undefined || ask === undefined || last === undefined) return MALFORMED;
  return { kind: 'ticks', ticks: [{ pair, bid, ask, last }] };
}

function read(text: string): Frame {
  const frame = objectOf(text);
  if (frame === undefined || typeof frame['type'] !== 'string') return MALFORMED;
  if (frame['type'] === 'ticker') return ticker(frame);
  return frame['type'] === 'error' ? { kind: 'refused', reason: textOf(frame['reason'] ?? frame['message']) } : ALIVE;
}

export const coinbase: StreamVenue = {
  name: 'coinbase',
  url: 'wss://ws-feed.exchange.coinbase.com',
  path: () => '',
  subscriptions: (pairs) => pairs.map(subscription),
  read,
};
