// A venue whose prices come the way they come in production: reported by sources, sampled as sequenced time passes.
import type { Event, GenesisConfiguration } from '@glasshouse/protocol';
import { PRICE_FEED_KEY, PRICE_SOURCES, RISK_GENESIS } from '@glasshouse/testkit';
import { assetBySymbol, assetPriceView, marketBySymbol, perpPriceView } from '../../src/index.js';
import type { Market } from '../../src/state/markets.js';
import { summary, Venue } from '../venue.js';

export type Quotes = Readonly<Record<string, number | string>>;

/** Plain notation with at most fifteen digits, as feeds write prices. */
function decimal(price: number | string): string {
  if (typeof price === 'string') return price;
  const places = Math.max(0, 12 - Math.ceil(Math.log10(Math.max(price, 1e-9))));
  return price.toFixed(Math.min(places, 14));
}

/** What became of an order, without what its money did. */
export function outcome(events: readonly Event[]): string[] {
  return summary(events.filter(({ kind }) => /^(order|traded|rejected)/.test(kind)));
}

export class FeedVenue extends Venue {
  constructor(options: { readonly genesis?: GenesisConfiguration; readonly checked?: boolean } = {}) {
    super({ genesis: options.genesis ?? RISK_GENESIS, checked: options.checked ?? true });
    // On a whole second, so that the next sample is one second away.
    this.maker.nowMs = Math.ceil(this.maker.nowMs / 1000) * 1000;
  }

  report(source: string, quotes: Quotes): Event[] {
    const prices = Object.entries(quotes).map(([symbol, price]) => {
      const text = decimal(price);
      return `${symbol}:${text}:${text}:${text}`;
    });
    return this.command(this.keyId(PRICE_FEED_KEY), 'glassPricesReport', { source, prices: prices.join(',') });
  }

  reportAll(quotes: Quotes, sources: readonly string[] = PRICE_SOURCES): void {
    for (const source of sources) this.report(source, quotes);
  }

  /** So many seconds with every source saying the same. */
  seconds(count: number, quotes: Quotes, sources?: readonly string[]): Event[] {
    const events: Event[] = [];
    for (let second = 0; second < count; second += 1) {
      this.reportAll(quotes, sources);
      events.push(...this.pass(1000));
    }
    return events;
  }

  index(symbol: string): number {
    return assetPriceView(this.state, assetBySymbol(this.state, symbol)?.assetId ?? 0)?.indexPrice ?? Number.NaN;
  }

  sourcesOf(symbol: string): number {
    return assetPriceView(this.state, assetBySymbol(this.state, symbol)?.assetId ?? 0)?.liveSources ?? -1;
  }

  perp(symbol: string) {
    const view = perpPriceView(this.state, marketBySymbol(this.state, symbol)?.marketId ?? 0);
    if (view === undefined) throw new Error(`no perpetual ${symbol}`);
    return view;
  }

  mark(symbol: string): number {
    return this.perp(symbol).markPrice;
  }

  market(symbol: string): Market {
    const market = this.state.markets.bySymbol(symbol);
    if (market === undefined) throw new Error(`no market ${symbol}`);
    return market;
  }
}
