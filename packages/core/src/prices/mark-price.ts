// The mark of a perpetual (mechanics §5): what risk and settlement use. It leans on the index; the market's own book moves it
// only slowly and only so far.
//   mark = index + EWMA(mid − index)      prev × (1 ± cap) for each update      |mark / index − 1| ≤ band, before all else
import { medianOfThree } from './median.js';

/** Prices in quote units, 0 for what is missing. */
export type MarkInputs = {
  readonly indexPrice: number;
  /** The index stands on enough sources now. */
  readonly indexLive: boolean;
  /** Orders may meet in the book; the prices of a book in which none can mean nothing. */
  readonly trading: boolean;
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
};

export function midOf(bid: number, ask: number): number {
  return bid === 0 || ask === 0 ? 0 : (bid + ask) / 2;
}

/** What the book alone says: median(bid, ask, last), or mid, or last. */
function bookPrice({ bid, ask, last }: MarkInputs): number {
  const mid = midOf(bid, ask);
  if (mid !== 0 && last !== 0) return medianOfThree(bid, ask, last);
  return mid === 0 ? last : mid;
}

/** Before caps and bounds; 0 when nothing is known. `meanBasis` is the average of mid − index. */
export function fairPrice(inputs: MarkInputs, meanBasis: number): number {
  const { indexPrice, indexLive, trading, bid, ask } = inputs;
  if (!trading) return indexPrice;
  if (!indexLive) return bookPrice(inputs) || indexPrice;
  return midOf(bid, ask) === 0 ? indexPrice : indexPrice + meanBasis;
}

/** At most `allowance`, a fraction, away from `previous`; the first price is taken whole. */
export function limitedStep(previous: number, next: number, allowance: number): number {
  if (previous === 0) return next;
  return Math.max(previous * (1 - allowance), Math.min(previous * (1 + allowance), next));
}

/** Within the band around the index; anywhere without one. */
export function withinBand(price: number, indexPrice: number, band: number): number {
  if (indexPrice === 0) return price;
  return Math.max(indexPrice * (1 - band), Math.min(indexPrice * (1 + band), price));
}
