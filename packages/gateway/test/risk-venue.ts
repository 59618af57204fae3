// A venue with collateral, lending pools and perpetuals, whose prices and time the test sets.
import { PRICE_SOURCES, RISK_GENESIS } from '@glasshouse/testkit';
import type { Price } from '@glasshouse/units';
import { newKey, openVenue, Trader, type Venue } from './venue.js';

export const PERP = 'BTC_USDC_PERP';

const DEFAULT_PRICES: Readonly<Record<string, string>> = {
  BTC: '100000',
  ETH: '4000',
  SOL: '150',
  USDT: '1',
  kBONK: '0.02',
};

const SECOND_US = 1_000_000;

export class RiskVenue {
  private prices = { ...DEFAULT_PRICES };

  private constructor(
    readonly venue: Venue,
    private readonly feed: Trader,
  ) {}

  static async open(): Promise<RiskVenue> {
    const priceFeed = newKey();
    const { assets, markets, spotFeeTiers } = RISK_GENESIS;
    const venue = await openVenue({ genesis: { assets, markets, spotFeeTiers }, priceFeed });
    const nowMs = () => Math.floor(venue.exchange.nowUs() / 1000);
    const risk = new RiskVenue(venue, new Trader(venue.url, priceFeed, 0, nowMs));
    await risk.pass(2);
    return risk;
  }

  private async report(): Promise<void> {
    const prices = Object.entries(this.prices)
      .map(([symbol, price]) => `${symbol}:${price}:${price}:${price}`)
      .join(',');
    for (const source of PRICE_SOURCES) await this.feed.ask('reportPrices', { source, prices });
  }

  /** So many seconds go by, with prices reported before and after. */
  async pass(seconds: number): Promise<void> {
    await this.report();
    this.venue.exchange.skewUs += seconds * SECOND_US;
    await this.report();
  }

  /** Outside prices move; the index follows within its cap, second by second. */
  async move(prices: Readonly<Record<string, string>>, seconds: number): Promise<void> {
    this.prices = { ...this.prices, ...prices };
    for (let second = 0; second < seconds; second += 1) await this.pass(1);
  }

  /** Index and mark of BTC are elsewhere at once, past every cap: what a market does that does not trade in between. */
  async jump(price: number): Promise<void> {
    this.prices = { ...this.prices, BTC: String(price) };
    await this.report();
    const { state } = this.venue.exchange;
    const asset = state.assets.bySymbol('BTC');
    const index = state.assetPrices[(asset?.assetId ?? 0) - 1];
    const prices = state.markets.bySymbol(PERP)?.prices;
    if (index === undefined || prices === undefined) throw new Error('BTC is not listed');
    index.indexPrice = price as Price;
    prices.indexPrice = price as Price;
    prices.markPrice = price as Price;
    state.priceVersion += 1;
  }

  trader(funds: Readonly<Record<string, string>>): Promise<Trader> {
    return this.venue.trader(funds);
  }

  async public<Answer>(path: string): Promise<Answer> {
    const reply = await this.venue.get(path);
    if (reply.status !== 200) throw new Error(`${path} answered ${reply.status} ${reply.text}`);
    return reply.json() as Answer;
  }

  close(): Promise<void> {
    return this.venue.close();
  }
}

type Terms = Readonly<Record<string, unknown>>;

export function perpOrder(side: 'Bid' | 'Ask', price: string, quantity: string, terms: Terms = {}) {
  return { symbol: PERP, orderType: 'Limit', side, price, quantity, ...terms };
}
