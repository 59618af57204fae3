import { SIDE, type Side } from './vocabulary.js';

/** The value of a parameter is out of its set or no number. */
export const BAD_VALUE = -1;

export function booleanOf(text: string): boolean | undefined {
  if (text === 'true' || text === 'True') return true;
  return text === 'false' || text === 'False' ? false : undefined;
}

export const MAX_CLIENT_ID = 0xffff_ffff;

export function sideOf(text: string): Side | undefined {
  return text === 'Bid' ? SIDE.bid : text === 'Ask' ? SIDE.ask : undefined;
}
