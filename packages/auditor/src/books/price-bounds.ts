// Index and mark as published: how far they may step, and how far apart they may be.
import type { Event, PerpPriceView } from '@glasshouse/protocol';
import { exact } from '../exact.js';
import type { Catalogue } from './catalogue.js';
import type { FindingLog } from './finding.js';
import type { PositionBook } from './positions.js';

/** Bounds are met by doubles that were clamped to them. */
const SLACK = exact('1e-12');

const stepOf = (before: number, after: number) => exact(after).dividedBy(before).minus(1).abs();

export class PriceBook {
  readonly #indexes = new Map<number, number>();
  readonly #marks = new Map<number, number>();
  readonly #shown = new Map<number, PerpPriceView>();

  observe(event: Event, catalogue: Catalogue, findings: FindingLog): void {
    if (event.kind === 'assetPriceChanged') {
      const { assetId, indexPrice } = event.price;
      const cap = catalogue.asset(assetId).index?.updateCap;
      checkStep(this.#indexes.get(assetId), indexPrice, cap, { assetId }, findings);
      this.#indexes.set(assetId, indexPrice);
    }
    if (event.kind === 'perpPriceChanged') this.#observePerp(event.price, catalogue, findings);
  }

  closeStep(positions: PositionBook, findings: FindingLog): void {
    for (const { marketId, openInterestLots } of this.#shown.values()) {
      findings.expectSame('openInterest', { marketId }, positions.openInterest(marketId), openInterestLots);
    }
    this.#shown.clear();
  }

  #observePerp(price: PerpPriceView, catalogue: Catalogue, findings: FindingLog): void {
    const { marketId, markPrice, indexPrice } = price;
    const terms = catalogue.market(marketId).perp;
    checkStep(this.#marks.get(marketId), markPrice, terms?.updateCap, { marketId }, findings);
    this.#marks.set(marketId, markPrice);
    this.#shown.set(marketId, price);
    if (terms === undefined || markPrice === 0 || indexPrice === 0) return;
    if (stepOf(indexPrice, markPrice).greaterThan(SLACK.plus(terms.markBand))) {
      findings.add('markInBand', { marketId }, `${indexPrice} ± ${terms.markBand}`, markPrice);
    }
  }
}

function checkStep(
  before: number | undefined,
  after: number,
  cap: number | undefined,
  place: { readonly assetId?: number; readonly marketId?: number },
  findings: FindingLog,
): void {
  if (before === undefined || before === 0 || after === 0 || cap === undefined) return;
  if (stepOf(before, after).greaterThan(SLACK.plus(cap))) {
    findings.add('updateCapped', place, `${before} ± ${cap}`, after);
  }
}
