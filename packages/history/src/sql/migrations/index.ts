// The schema, step by step. A step that has been released is never changed: what is to be otherwise is a further step.
import { FIRST_LISTS } from './0001-first-lists.js';
import { QUOTES_AND_POSITIONS } from './0002-quotes-and-positions.js';
import { PRICE_CANDLES } from './0003-price-candles.js';

export const MIGRATIONS: readonly string[] = [FIRST_LISTS, QUOTES_AND_POSITIONS, PRICE_CANDLES];
