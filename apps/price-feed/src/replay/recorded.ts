// What a recording says, in the order of its clock.
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
