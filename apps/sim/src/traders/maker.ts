// A market maker: keeps a ladder of post-only quotes around the fair price, one market at a time.
import { ExchangeError } from '@glasshouse/client';
import type { Random } from '@glasshouse/price-feed';
import type { LiveMarket } from '../market/live-market.js';
import { QUOTE } from '../market/profile.js';
import { changeTo, type LadderShape, type Quote, type RestingQuote, wantedQuotes } from './ladder.js';
import type { Participant } from './participant.js';
import type { Trader } from './trader.js';

/** With more to cancel it is gentler on the exchange to start over: two requests instead of many. */
const MAX_CANCELS = 3;
const SIZE_NOISE = 0.4;
/** Each market is looked after once in this time. */
const ROUND_MS = 6_000;

export class Maker implements Participant {
  private turn = 0;

  constructor(
    private readonly trader: Trader,
    private readonly markets: readonly LiveMarket[],
    private readonly shape: LadderShape,
    private readonly random: Random,
  ) {}

  get name(): string {
    return this.trader.name;
  }

  readonly pauseMs = (): number => ROUND_MS / Math.max(1, this.markets.length);

  readonly register = (): Promise<void> => this.trader.register();

  readonly topUp = (): Promise<readonly string[]> =>
    this.trader.topUp([QUOTE, ...this.markets.map((market) => market.profile.base)]);

  /** Looks after the next market in turn. */
  readonly step = async (): Promise<void> => {
    const market = this.markets[this.turn % this.markets.length];
    this.turn += 1;
    if (market === undefined) return;
    const fairTicks = market.grid.ticksAt(market.fair.value);
    const wanted = wantedQuotes(market.fair.value, this.shape, market.grid);
    const resting = await this.resting(market);
    const { cancel, place } = changeTo(wanted, resting, fairTicks, this.shape);
    if (cancel.length > MAX_CANCELS) {
      await this.cancelAll(market);
      await this.place(market, wanted);
      return;
    }
    for (const quote of cancel) await this.cancel(market, quote);
    if (place.length > 0) await this.place(market, place);
  };

  /** Leaves no quotes behind that nobody looks after. */
  readonly leave = async (): Promise<void> => {
    for (const market of this.markets) await this.cancelAll(market);
  };

  private async resting(market: LiveMarket): Promise<readonly RestingQuote[]> {
    const orders = await this.trader.client.openOrders({ symbol: market.profile.symbol });
    return orders.flatMap((order) =>
      order.orderType === 'Limit'
        ? [{ id: order.id, side: order.side, ticks: market.grid.ticksAt(Number(order.price)) }]
        : [],
    );
  }

  private async cancelAll(market: LiveMarket): Promise<void> {
    await this.trader.client.cancelAllOrders({ symbol: market.profile.symbol });
  }

  /** A quote may have been taken in the meantime. */
  private async cancel(market: LiveMarket, quote: RestingQuote): Promise<void> {
    try {
      await this.trader.client.cancelOrder({ symbol: market.profile.symbol, orderId: quote.id });
    } catch (error) {
      if (!(error instanceof ExchangeError) || error.code !== 'RESOURCE_NOT_FOUND') throw error;
    }
  }

  /** A quote that would cross, or for which the stock does not suffice, is refused by itself and wanted again next time. */
  private async place(market: LiveMarket, quotes: readonly Quote[]): Promise<void> {
    const { grid, profile } = market;
    await this.trader.client.placeOrders(
      quotes.map((quote) => ({
        symbol: profile.symbol,
        side: quote.side,
        orderType: 'Limit' as const,
        postOnly: true,
        price: grid.priceText(quote.ticks),
        quantity: grid.quantityText(
          quote.notional * this.random.between(1 - SIZE_NOISE, 1 + SIZE_NOISE),
          grid.priceAt(quote.ticks),
        ),
      })),
    );
  }
}
