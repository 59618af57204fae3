// The live sources by name.
import { PollSource } from './poll-source.js';
import type { Log, Source } from './quote.js';
import { StreamSource } from './stream-source.js';
import { binance } from './venue/binance.js';
import { bitstamp } from './venue/bitstamp.js';
import { coinbase } from './venue/coinbase.js';
import { kraken } from './venue/kraken.js';
import { pairsOf, type VenueName } from './venue/pairs.js';

export const LIVE_VENUES: readonly VenueName[] = ['binance', 'coinbase', 'kraken', 'bitstamp'];

const STREAMS = { binance, coinbase, kraken } as const;

export function isLiveVenue(name: string): name is VenueName {
  return LIVE_VENUES.some((venue) => venue === name);
}

/** `assets`: all that the venue prices unless some are named. */
export function liveSource(name: VenueName, log: Log, assets?: readonly string[]): Source {
  const pairs = pairsOf(name, assets);
  if (name === 'bitstamp') return new PollSource({ venue: bitstamp, pairs, log });
  return new StreamSource({ venue: STREAMS[name], pairs, log });
}
