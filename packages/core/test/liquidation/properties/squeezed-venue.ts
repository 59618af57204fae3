// A venue whose prices come from outside, second by second, as its feeds report them: caps, bands and means are at work.
import type { AssetConfiguration, Event, EventKind, MarketConfiguration } from '@glasshouse/protocol';
import { PRICE_FEED_KEY, PRICE_SOURCES, RISK_GENESIS } from '@glasshouse/testkit';
import { liquidationStatistics, marginView, perpPriceView } from '../../../src/index.js';
import { worthUsd } from '../../../src/liquidation/worth.js';
import { Venue } from '../../venue.js';

export const THIN = 'kBONK_USDC_PERP';

export type Terms = {
  readonly asset?: (asset: AssetConfiguration) => AssetConfiguration;
  readonly market?: (market: MarketConfiguration) => MarketConfiguration;
};

export class SqueezedVenue extends Venue {
  readonly events: Event[] = [];
  readonly outside: Record<string, number> = { BTC: 100_000, ETH: 4_000, SOL: 150, USDT: 1, kBONK: 0.02 };

  constructor({ asset = (one) => one, market = (one) => one }: Terms = {}) {
    const { assets, markets } = RISK_GENESIS;
    super({ genesis: { ...RISK_GENESIS, assets: assets.map(asset), markets: markets.map(market) } });
    this.seconds(3);
  }

  override apply(request: Parameters<Venue['apply']>[0]): Event[] {
    const events = super.apply(request);
    this.events?.push(...events);
    return events;
  }

  seconds(count: number, between: () => void = () => undefined): void {
    for (let second = 0; second < count; second += 1) {
      this.#report();
      for (let part = 0; part < 4; part += 1) this.pass(250);
      between();
    }
  }

  #report(): void {
    const prices = Object.entries(this.outside).map(([symbol, price]) => {
      const shown = price.toFixed(8);
      return [symbol, shown, shown, shown].join(':');
    });
    for (const source of PRICE_SOURCES) {
      this.command(this.keyId(PRICE_FEED_KEY), 'glassPricesReport', { source, prices: prices.join(',') });
    }
  }

  of<Kind extends EventKind>(kind: Kind): Extract<Event, { kind: Kind }>[] {
    return this.events.filter((event): event is Extract<Event, { kind: Kind }> => event.kind === kind);
  }

  mark(symbol: string): number {
    const marketId = this.state.markets.bySymbol(symbol)?.marketId ?? 0;
    return perpPriceView(this.state, marketId)?.markPrice ?? 0;
  }

  worth(...keyIds: readonly number[]): number {
    return keyIds.reduce((sum, keyId) => sum + worthUsd(this.state, this.accountOf(keyId)), 0);
  }

  equity(keyId: number): number {
    return marginView(this.state, this.accountOf(keyId))?.netEquityUsd ?? Number.NaN;
  }

  get fundUsd(): number {
    return liquidationStatistics(this.state).fundAtoms / 1e6;
  }

  /** What the venue's fund and its lenders have lost: deficits paid, and those put on record. */
  get lostUsd(): number {
    const { coveredUsd, recordedUsd } = liquidationStatistics(this.state).sinceGenesis;
    return coveredUsd + recordedUsd;
  }
}
