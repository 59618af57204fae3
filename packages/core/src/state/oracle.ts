// What outside venues say an asset is worth.
import type { Price, TimeUs } from '@glasshouse/units';

export type PriceSource = {
  readonly name: string;
  readonly weight: number;
  /** Median of its bid, ask and last; 0 before the first report. */
  price: number;
  timeUs: TimeUs;
};

export class AssetPrice {
  /** USD per unit; 0 while unknown. */
  indexPrice = 0 as Price;
  liveSources = 0;
  /** Of the last sample with enough sources. */
  timeUs = 0 as TimeUs;

  constructor(public sources: readonly PriceSource[]) {}
}
