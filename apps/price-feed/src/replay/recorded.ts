// What a recording says, in the order of its clock.
import { priceOf } from '../price-text.js';
import type { Money } from '../quote.js';

export type Recorded = {
  readonly timeMs: number;
  readonly venue: string;
  readonly asset: string;
  readonly money: Money;
  /** The price of the asset, its unit counted in. */
  readonly price: number;
  /** Of the taker, where the recording says so. */
  readonly side: 'buy' | 'sell' | undefined;
};

export class RecordingProblem extends Error {
  override readonly name = 'RecordingProblem';
}

const NUMBER = /^\d{1,20}(\.\d{1,20})?(e[-+]?\d{1,3})?$/i;

/** Tables that were written from doubles have exponents in them. */
export function recordedPrice(text: string | undefined): number | undefined {
  return text !== undefined && NUMBER.test(text) ? priceOf(Number(text)) : undefined;
}
