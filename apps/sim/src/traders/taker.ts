// A taker: small market and immediate-or-cancel orders at random moments, a little more often in the direction of the trend.
import { ExchangeError, type OrderExecutePayload } from '@glasshouse/client';
import type { Random } from '@glasshouse/price-feed';
import type { LiveMarket } from '../market/live-market.js';
import { QUOTE } from '../market/profile.js';
import type { QuoteSide } from './ladder.js';
import type { Participant } from './participant.js';
import type { Trader } from './trader.js';

/** In the quote asset; sizes between are spread evenly over the orders of magnitude. */
const SMALLEST = 20;
const LARGEST = 5_000;
const TREND_BIAS = 0.35;
/** How far beyond the fair price a limit order reaches. */
const REACH = 0.001;
/** Mean of the random pauses. */
const PAUSE_MS = 1_500;
const CLIENT_IDS = 0x1_0000_0000;

export class Taker implements Participant {
  /** Starts at the clock, so that a restart does not use the same ids again soon. */
  private nextClientId = Date.now() % CLIENT_IDS;

  constructor(
    private readonly trader: Trader,
    private readonly markets: readonly [LiveMarket, ...LiveMarket[]],
    private readonly random: Random,
  ) {}

  get name(): string {
    return this.trader.name;
  }

  readonly pauseMs = (): number => this.random.gap(PAUSE_MS);

  readonly register = (): Promise<void> => this.trader.register();

  readonly topUp = (): Promise<readonly string[]> =>
    this.trader.topUp([QUOTE, ...this.markets.map((market) => market.profile.base)]);

  /** Nothing of a taker's rests. */
  readonly leave = async (): Promise<void> => undefined;

  readonly step = async (): Promise<void> => {
    const order = this.order(this.random.pick(this.markets));
    try {
      await this.trader.client.placeOrder(order);
    } catch (error) {
      // An empty book or a poor moment is no trouble: the next order comes soon.
      if (!(error instanceof ExchangeError) || error.status !== 400) throw error;
    }
  };

  private order(market: LiveMarket): OrderExecutePayload {
    const { random } = this;
    const side: QuoteSide = random.next() < 0.5 + TREND_BIAS * market.fair.trend ? 'Bid' : 'Ask';
    const notional = SMALLEST * (LARGEST / SMALLEST) ** random.next();
    const order = { symbol: market.profile.symbol, side, clientId: this.clientId() };
    const kind = random.next();
    if (kind < 0.4) return { ...order, ...this.limit(market, side, notional) };
    if (kind < 0.6) return { ...order, orderType: 'Market', quoteQuantity: notional.toFixed(2) };
    return { ...order, orderType: 'Market', quantity: market.grid.quantityText(notional, market.fair.value) };
  }

  private limit(market: LiveMarket, side: QuoteSide, notional: number) {
    const ticks = market.grid.ticksAt(market.fair.value * (side === 'Bid' ? 1 + REACH : 1 - REACH));
    return {
      orderType: 'Limit' as const,
      timeInForce: 'IOC' as const,
      price: market.grid.priceText(ticks),
      quantity: market.grid.quantityText(notional, market.fair.value),
    };
  }

  private clientId(): number {
    this.nextClientId = (this.nextClientId + 1) % CLIENT_IDS;
    return this.nextClientId;
  }
}
