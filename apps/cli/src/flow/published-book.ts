import { type DepthView, type Event, SIDE, type Side } from '@glasshouse/protocol';

/** The book as somebody outside knows it: built from the published level changes only. */
export class PublishedBook {
  /** Updates whose id did not follow the one before. */
  gaps = 0;
  #lastUpdateId = 0;
  readonly #sides: readonly [Map<number, number>, Map<number, number>] = [new Map(), new Map()];

  observe(event: Event): void {
    if (event.kind !== 'levelChanged') return;
    if (event.updateId !== this.#lastUpdateId + 1) this.gaps += 1;
    this.#lastUpdateId = event.updateId;
    const levels = this.#sides[event.side];
    if (event.sizeLots === 0) levels.delete(event.priceTicks);
    else levels.set(event.priceTicks, event.sizeLots);
  }

  lots(side: Side, ticks: number): number {
    return this.#sides[side].get(ticks) ?? 0;
  }

  /** True when `depth`, the whole book, holds these levels and no others. */
  equals(depth: DepthView): boolean {
    const sameLevels = (side: Side, levels: DepthView['bids']) =>
      levels.length === this.#sides[side].size && levels.every(([ticks, lots]) => this.lots(side, ticks) === lots);
    return sameLevels(SIDE.bid, depth.bids) && sameLevels(SIDE.ask, depth.asks);
  }
}
