// The prices of perpetuals as of the last committed request.
import type { Event, PerpPriceView } from '@glasshouse/protocol';

export class PriceBoard {
  private readonly perps = new Map<number, PerpPriceView>();

  constructor(prices: readonly PerpPriceView[]) {
    for (const price of prices) this.perps.set(price.marketId, price);
  }

  observe(event: Event): void {
    if (event.kind === 'perpPriceChanged') this.perps.set(event.price.marketId, event.price);
  }

  perp(marketId: number): PerpPriceView | undefined {
    return this.perps.get(marketId);
  }
}
