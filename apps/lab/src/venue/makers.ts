// Market makers: a ladder of quotes around the middle in every market, whose size thins as the price moves.
//   depth within 5 % = quiet depth / (1 + range of the last minute / range at which half of that side is left)
import type { DepthProfile, MakerPlan, MarketPlan } from '../scenario/scenario.js';
import { askText, bidText, type Grid, gridOf, quantityText } from './grid.js';
import type { Fields, LabVenue } from './venue.js';

/** Distances from the middle. */
const LADDER = [0.0004, 0.001, 0.002, 0.004, 0.008, 0.016, 0.03, 0.05] as const;
const BAND = 0.05;
const WINDOW_MS = 60_000;
/**
 * A ladder stands for this long when the price does not move. Recorded depth is what was left after takers had taken: makers stand at it
 * again every second.
 */
const STANDS_MS = 1_000;
const MOVED = 0.0003;
/** Spot books are there for collateral that has to be sold: they follow more slowly, with less. */
const SPOT_STANDS_MS = 5_000;
/** What a spot book has of the perpetual's depth. */
const SPOT_SHARE = 0.2;

/** `range` is a fraction of the price. */
type Move = { readonly range: number; readonly falling: boolean };
type Depth = { readonly bidUsd: number; readonly askUsd: number };
type Seen = { readonly timeMs: number; readonly price: number };

/** Between two points of the profile, and from the middle to the first, depth grows evenly. */
function shareWithin(profile: DepthProfile, distance: number): number {
  let [near, below]: readonly [number, number] = [0, 0];
  for (const [far, share] of profile) {
    if (distance <= far) return below + ((share - below) * (distance - near)) / (far - near);
    [near, below] = [far, share];
  }
  return below;
}

class QuotedMarket {
  readonly grid: Grid;
  #seen: Seen[] = [];
  #quotedMs = Number.NEGATIVE_INFINITY;
  #quotedPrice = 0;
  #spotQuotedMs = Number.NEGATIVE_INFINITY;

  constructor(readonly plan: MarketPlan) {
    this.grid = gridOf(plan);
  }

  /** How the price moved in the last minute. */
  see(timeMs: number, price: number): Move {
    this.#seen = [...this.#seen.filter((seen) => timeMs - seen.timeMs < WINDOW_MS), { timeMs, price }];
    const prices = this.#seen.map((seen) => seen.price);
    return { range: Math.max(...prices) / Math.min(...prices) - 1, falling: price < (prices[0] ?? price) };
  }

  wantsSpotQuotes(timeMs: number): boolean {
    if (timeMs - this.#spotQuotedMs < SPOT_STANDS_MS) return false;
    this.#spotQuotedMs = timeMs;
    return true;
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
  constructor(
    private readonly venue: LabVenue,
    private readonly plan: MakerPlan,
    /** The first keeps the books from emptying, the others quote. */
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
      const depth = this.#depth(market.plan, market.see(timeMs, price));
      if (market.wantsQuotes(timeMs, price)) this.#requote(market, timeMs, price, depth);
    }
  }

  #depth({ depthUsd }: MarketPlan, { range, falling }: Move): Depth {
    const { ahead, behind } = this.plan.halfDepth;
    const [bid, ask] = falling ? [ahead, behind] : [behind, ahead];
    return { bidUsd: depthUsd / (1 + range / bid), askUsd: depthUsd / (1 + range / ask) };
  }

  #requote(market: QuotedMarket, timeMs: number, price: number, depth: Depth): void {
    const { base } = market.plan;
    const perp = { symbol: `${base}_USDC_PERP`, part: 1 };
    const spot = { symbol: `${base}_USDC`, part: SPOT_SHARE };
    const books = market.wantsSpotQuotes(timeMs) ? [perp, spot] : [perp];
    const [anchor, ...quoting] = this.accountIds;
    for (const { symbol } of books) {
      for (const accountId of quoting) this.venue.command(accountId, 'orderCancelAll', { symbol });
    }
    for (const { symbol, part } of books) {
      const share = part / quoting.length;
      const own = { bidUsd: depth.bidUsd * share, askUsd: depth.askUsd * share };
      for (const accountId of quoting) this.venue.orders(accountId, this.#ladder(market, symbol, price, own));
      if (anchor !== undefined) this.#anchor(anchor, market, symbol, price);
    }
  }

  /**
   * One step on each side far from the middle, which stays while the ladders are replaced: a book that empties has no price but that of
   * its last trade, and refuses quotes too far from it.
   */
  #anchor(accountId: number, { grid, plan }: QuotedMarket, symbol: string, price: number): void {
    this.venue.command(accountId, 'orderCancelAll', { symbol });
    const order = { symbol, quantity: plan.stepSize, orderType: 'Limit', postOnly: true, timeInForce: 'GTC' };
    this.venue.orders(accountId, [
      { ...order, side: 'Bid', price: bidText(grid, price * (1 - BAND)) },
      { ...order, side: 'Ask', price: askText(grid, price * (1 + BAND)) },
    ]);
  }

  #ladder({ grid }: QuotedMarket, symbol: string, price: number, { bidUsd, askUsd }: Depth): Fields[] {
    let inside = 0;
    return LADDER.flatMap((distance) => {
      const within = shareWithin(this.plan.profile, distance);
      const part = (within - inside) / price;
      const away = distance + this.plan.spread / 2;
      inside = within;
      const order = { symbol, orderType: 'Limit', postOnly: true, timeInForce: 'GTC' };
      const bid = quantityText(grid, bidUsd * part);
      const ask = quantityText(grid, askUsd * part);
      return [
        ...(bid === undefined
          ? []
          : [{ ...order, quantity: bid, side: 'Bid', price: bidText(grid, price * (1 - away)) }]),
        ...(ask === undefined
          ? []
          : [{ ...order, quantity: ask, side: 'Ask', price: askText(grid, price * (1 + away)) }]),
      ];
    });
  }
}
