// What everything is worth now, as last published, and which of it may be liquidated on: nothing is on a price without sources.
import type { Event, MarketView } from '@glasshouse/protocol';
import { MARKET_STATE } from '@glasshouse/protocol';
import type { Catalogue } from '../books/catalogue.js';

const LEAST_SOURCES = 2;

/** Relative, either way; a price that appears or goes has gone farther than anything can bear. */
function stepBetween(before: number, after: number): number {
  return before === after ? 0 : before === 0 || after === 0 ? 1 : Math.max(before, after) / Math.min(before, after) - 1;
}

export class PriceBoard {
  readonly #indexes = new Map<number, { readonly price: number; readonly liveSources: number }>();
  readonly #marks = new Map<number, number>();
  /** Of perpetuals; 0 while they have too few sources. */
  readonly #marketIndexes = new Map<number, number>();

  /** As they were when the path was looked at last. */
  #before = new Map<string, number>();
  #path = 0;

  constructor(private readonly catalogue: Catalogue) {}

  observe(event: Event): void {
    if (event.kind === 'assetPriceChanged') {
      const { assetId, indexPrice, liveSources } = event.price;
      this.#indexes.set(assetId, { price: indexPrice, liveSources });
    }
    if (event.kind === 'perpPriceChanged') {
      this.#marks.set(event.price.marketId, event.price.markPrice);
      this.#marketIndexes.set(event.price.marketId, event.price.indexLive ? event.price.indexPrice : 0);
    }
  }

  /** USD per unit; 0 while unknown. */
  usd(assetId: number): number {
    if (this.catalogue.asset(assetId).index === undefined) return 1;
    return this.#indexes.get(assetId)?.price ?? 0;
  }

  /** 0 while unknown. */
  mark(marketId: number): number {
    return this.#marks.get(marketId) ?? 0;
  }

  /** The price by which it is judged who is sheltered: the index of a perpetual, or its mark while that has too few sources. */
  marketIndex(marketId: number): number {
    return this.#marketIndexes.get(marketId) || this.mark(marketId);
  }

  /**
   * How far prices have gone since the beginning: each time by the largest relative step of any of them. None has moved farther from where
   * it once was than by the growth of the path since.
   */
  path(): number {
    let largest = 0;
    const now = new Map<string, number>();
    for (const [assetId, { price }] of this.#indexes) now.set(`asset ${assetId}`, price);
    for (const [marketId, price] of this.#marks) {
      now.set(`market ${marketId}`, price);
      now.set(`index ${marketId}`, this.marketIndex(marketId));
    }
    for (const [name, price] of now) largest = Math.max(largest, stepBetween(this.#before.get(name) ?? 0, price));
    this.#before = now;
    this.#path += largest;
    return this.#path;
  }

  /** Of a perpetual the mark, of a spot market the price of its base in its quote. */
  fair({ marketId, perp, baseAssetId, quoteAssetId }: MarketView): number {
    return perp === undefined ? this.usd(baseAssetId) / this.usd(quoteAssetId) : this.mark(marketId);
  }

  isPriced(assetId: number): boolean {
    const { index } = this.catalogue.asset(assetId);
    if (index === undefined) return true;
    const needed = Math.max(1, Math.min(LEAST_SOURCES, index.sources.length));
    const known = this.#indexes.get(assetId);
    return known !== undefined && known.price > 0 && known.liveSources >= needed;
  }

  /** Positions in it can be worked off now. */
  isLive({ marketId, state }: MarketView): boolean {
    return (state === MARKET_STATE.open || state === MARKET_STATE.limitOnly) && this.mark(marketId) > 0;
  }
}
