import { withRoom } from '../columns.js';

/** What a price is multiplied with and by which rules: an asset, or the terms of a perpetual. Only ever replaced as a whole. */
export type KnownTerms = object;

/**
 * The prices and terms of the last scan, by which the next one sees what is new. Prices stand side by side in the order in which
 * they became known; a list of places has one for each id from 1.
 */
export class KnownPrices {
  prices = new Float64Array(0);
  count = 0;
  readonly assetPlaces: number[] = [];
  /** Of marks. */
  readonly marketPlaces: number[] = [];
  /** Of the prices by which it is judged who is sheltered. */
  readonly indexPlaces: number[] = [];
  /** By place. */
  readonly #terms: KnownTerms[] = [];

  placeOf(places: number[], id: number): number {
    const known = places[id - 1];
    if (known !== undefined) return known;
    const place = this.count;
    this.count += 1;
    this.prices = withRoom(this.prices, place);
    places[id - 1] = place;
    return place;
  }

  /** True when the price cannot be measured from what it was. */
  learn(place: number, terms: KnownTerms, price: number): boolean {
    const before = this.prices[place] as number;
    const isAnew = this.#terms[place] !== terms || (before === 0) !== (price === 0);
    this.prices[place] = price;
    this.#terms[place] = terms;
    return isAnew;
  }

  isKnown(place: number | undefined, terms: KnownTerms, price: number): boolean {
    return place !== undefined && this.#terms[place] === terms && this.prices[place] === price;
  }
}
