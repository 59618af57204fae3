// Bitstamp: the REST ticker of one pair, asked again and again.
import { priceOf } from '../price-text.js';
import type { Tick } from '../quote.js';
import { objectOf } from './frame.js';

export type PolledVenue = {
  readonly name: string;
  readonly url: string;
  readonly path: (pair: string) => string;
  /** Undefined for an answer that is no ticker. */
  readonly read: (pair: string, text: string) => Tick | undefined;
};

function read(pair: string, text: string): Tick | undefined {
  const answer = objectOf(text);
  const [bid, ask, last] = [answer?.['bid'], answer?.['ask'], answer?.['last']].map(priceOf);
  if (bid === undefined || ask === undefined || last === undefined) return undefined;
  return { pair, bid, ask, last };
}

export const bitstamp: PolledVenue = {
  name: 'bitstamp',
  url: 'https://www.bitstamp.net',
  path: (pair) => `/api/v2/ticker/${pair}/`,
  read,
};
