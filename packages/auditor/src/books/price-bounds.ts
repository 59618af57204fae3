// Index and mark as published: how far they may step, and how far apart they may be.
import type { Event, PerpPriceView } from '@glasshouse/protocol';
import { exact } from '../exact.js';
import type { Catalogue } from './catalogue.js';
import type { FindingLog, Place } from './finding.js';
import type { PositionBook } from './positions.js';

/** Bounds are met by doubles that were clamped to them. */
const SLACK = exact('1e-12');
const DEFAULT_SAMPLE_MS = 1000;
const US_PER_MS = 1000;

type Published = { readonly price: number; readonly timeUs: number };

const stepOf = (before: number, after: number) => exact(after).dividedBy(before).minus(1).abs();

export class PriceBook {
  readonly #indexes = new Map<number, Published>();
  readonly #marks = new Map<number, Published>();
  /** Assets whose index has no live source. */
  readonly #silent = new Set<number>();
  #sampleUs = DEFAULT_SAMPLE_MS * US_PER_MS;

  constructor(private readonly positions: PositionBook) {}

  observe(event: Event, timeUs: number, catalogue: Catalogue, findings: FindingLog): void {
    if (event.kind === 'settingsChanged') this.#sampleUs = event.risk.sampleIntervalMs * US_PER_MS;
    if (event.kind === 'assetPriceChanged') {
      const { assetId, indexPrice, liveSources } = event.price;
      const published = { price: indexPrice, timeUs };
      const before = this.#indexes.get(assetId);
      this.#checkStep(before, published, catalogue.asset(assetId).index, { assetId }, findings);
      if (liveSources === 0) this.#silent.add(assetId);
      else this.#silent.delete(assetId);
      this.#indexes.set(assetId, this.#confirmed(before, published, assetId));
    }
    if (event.kind === 'perpPriceChanged') this.#observePerp(event.price, timeUs, catalogue, findings);
  }

  #observePerp(shown: PerpPriceView, timeUs: number, catalogue: Catalogue, findings: FindingLog): void {
    const { marketId, markPrice, indexPrice, openInterestLots } = shown;
    findings.expectSame('openInterest', { marketId }, this.positions.openInterest(marketId), openInterestLots);
    const { perp: terms, baseAssetId } = catalogue.market(marketId);
    const published = { price: markPrice, timeUs };
    const before = this.#marks.get(marketId);
    const beyond =
      terms === undefined || markPrice === 0 || indexPrice === 0
        ? undefined
        : stepOf(indexPrice, markPrice).minus(terms.markBand);
    // Where cap and band disagree the band decides: an index that has come back may be far from the mark of before.
    const isAtEdge = beyond?.abs().lessThanOrEqualTo(SLACK) ?? false;
    if (!isAtEdge) this.#checkStep(before, published, terms, { marketId }, findings);
    this.#marks.set(marketId, this.#confirmed(before, published, baseAssetId));
    if (beyond?.greaterThan(SLACK)) {
      findings.add('markInBand', { marketId }, `${indexPrice} ± ${terms?.markBand}`, markPrice);
    }
  }

  /** What nobody confirms has the time of the last confirmation: when sources return, the time without them counts. */
  #confirmed(before: Published | undefined, published: Published, assetId: number): Published {
    if (before === undefined || !this.#silent.has(assetId)) return published;
    return { price: published.price, timeUs: before.timeUs };
  }

  /** The cap is one of a second: a price that was silent for longer may have used up several. */
  #checkStep(
    before: Published | undefined,
    after: Published,
    terms: { readonly updateCap: number } | undefined,
    place: Place,
    findings: FindingLog,
  ): void {
    if (before === undefined || before.price === 0 || after.price === 0 || terms === undefined) return;
    const samples = 1 + Math.floor((after.timeUs - before.timeUs) / this.#sampleUs);
    const most = exact(terms.updateCap).plus(1).pow(samples).minus(1).plus(SLACK);
    if (stepOf(before.price, after.price).greaterThan(most)) {
      findings.add('updateCapped', place, `${before.price} ± ${terms.updateCap} × ${samples}`, after.price);
    }
  }
}
