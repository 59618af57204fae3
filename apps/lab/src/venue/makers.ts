// Market makers: a ladder of quotes around the middle in every market, whose size thins as the price moves.
//   depth within 5 % = quiet depth / (1 + range of the last minute / range at which half is left)
import type { MakerPlan, MarketPlan } from '../scenario/scenario.js';
import { askText, bidText, type Grid, gridOf, quantityText } from './grid.js';
import type { Fields, LabVenue } from './venue.js';

/** Distances from the middle; depth grows evenly with distance, as in the recorded books. */
const LADDER = [0.0004, 0.001, 0.002, 0.004, 0.008, 0.016, 0.03, 0.05] as const;
const BAND = 0.05;
const WINDOW_MS = 60_000;
/** A ladder stands for this long when the price does not move. */
const STANDS_MS = 5_000;
const MOVED = 0.0003;
/** What a spot book has of the perpetual's depth. */
const SPOT_SHARE = 0.2;

type Seen = { readonly timeMs: number; readonly price: number };

class QuotedMarket {
  readonly grid: Grid;
  #seen: Seen[] = [];
  #quotedMs = Number.NEGATIVE_INFINITY;
  #quotedPrice = 0;

  constructor(readonly plan: MarketPlan) {
    this.grid = gridOf(plan);
  }

  /** Range of the last minute, as a fraction of the price. */
  see(timeMs: number, price: number): number {
    this.#seen = [...this.#seen.filter((seen) => timeMs - seen.timeMs < WINDOW_MS), { timeMs, price }];
    const prices = this.#seen.map((seen) => seen.price);
    return Math.max(...prices) / Math.min(...prices) - 1;
  }

  wantsQuotes(timeMs: number, price: number): boolean {
    const moved = Math.abs(price - this.#quotedPrice) > MOVED * this.#quotedPrice;
    if (!moved && timeMs - this.#quotedMs < STANDS_MS) return false;
    this.#quotedMs = timeMs;
    this.#quotedPrice = price;
    return true;
  }
}

export class Makers {
  readonly #markets: readonly QuotedMarket[];
  /** Left of the quiet depth, by base. */
  readonly thinning = new Map<string, number>();

  constructor(
    private readonly venue: LabVenue,
    private readonly plan: MakerPlan,
    private readonly accountIds: readonly number[],
    markets: readonly MarketPlan[],
  ) {
    this.#markets = markets.map((market) => new QuotedMarket(market));
  }

  /** `priceOf` is where books stand; a market without one is left as it is. */
  quote(timeMs: number, priceOf: (base: string) => number | undefined): void {
    for (const market of this.#markets) {
      const price = priceOf(market.plan.base);
      if (price === undefined) continue;
      const thinning = 1 / (1 + market.see(timeMs, price) / this.plan.halfDepthRange);
      this.thinning.set(market.plan.base, thinning);
      if (market.wantsQuotes(timeMs, price)) this.#requote(market, price, market.plan.depthUsd * thinning);
    }
  }

  #requote(market: QuotedMarket, price: number, depthUsd: number): void {
    const { base } = market.plan;
    const books = [
      { symbol: `${base}_USDC_PERP`, usd: depthUsd },
      { symbol: `${base}_USDC`, usd: depthUsd * SPOT_SHARE },
    ];
    for (const { symbol } of books) {
      for (const accountId of this.accountIds) this.venue.command(accountId, 'orderCancelAll', { symbol });
    }
    for (const { symbol, usd } of books) {
      const share = usd / this.accountIds.length;
      for (const accountId of this.accountIds) this.venue.orders(accountId, this.#ladder(market, symbol, price, share));
    }
  }

  #ladder({ grid }: QuotedMarket, symbol: string, price: number, depthUsd: number): Fields[] {
    let inside = 0;
    return LADDER.flatMap((distance) => {
      const quantity = quantityText(grid, (depthUsd * (distance - inside)) / BAND / price);
      inside = distance;
      if (quantity === undefined) return [];
      const away = distance + this.plan.spread / 2;
      const order = { symbol, quantity, orderType: 'Limit', postOnly: true, timeInForce: 'GTC' };
      return [
        { ...order, side: 'Bid', price: bidText(grid, price * (1 - away)) },
        { ...order, side: 'Ask', price: askText(grid, price * (1 + away)) },
      ];
    });
  }
}
