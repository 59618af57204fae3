// The venue's assets, markets and settings as of the last committed request, so that no answer waits for the exchange only
// to learn how to print a number.
import type { AssetView, Event, ExchangeSettings, FeeTier, MarketView, RiskTerms } from '@glasshouse/protocol';
import type { ExchangePort, ExchangeView } from '../ports.js';
import { Listing } from './listing.js';

export type Rules = {
  readonly name: string;
  readonly settings: ExchangeSettings;
  readonly spotFeeTiers: readonly FeeTier[];
  readonly risk: RiskTerms;
};

export function rulesOf(view: ExchangeView): Rules {
  return { name: view.name, settings: view.settings, spotFeeTiers: view.spotFeeTiers, risk: view.risk };
}

export type CatalogueContents = {
  readonly assets: readonly AssetView[];
  readonly markets: readonly MarketView[];
  readonly rules: Rules;
};

export class Catalogue {
  private readonly assetsById = new Map<number, AssetView>();
  private readonly assetsBySymbol = new Map<string, AssetView>();
  private readonly listingsById = new Map<number, Listing>();
  private readonly listingsBySymbol = new Map<string, Listing>();
  private current: Rules;

  constructor(
    private readonly port: ExchangePort,
    contents: CatalogueContents,
  ) {
    this.current = contents.rules;
    for (const asset of contents.assets) this.addAsset(asset);
    for (const market of contents.markets) this.addMarket(market);
  }

  /** Events must be shown in order and before anything that mentions what they list. */
  observe(event: Event): void {
    if (event.kind === 'assetListed' || event.kind === 'assetChanged') this.addAsset(event.asset);
    else if (event.kind === 'marketListed' || event.kind === 'marketChanged') this.addMarket(event.market);
    else if (event.kind === 'settingsChanged') this.refreshRules();
  }

  /** A venue that has stopped answers no read; the old rules then stand until the process ends. */
  private refreshRules(): void {
    this.port.read(rulesOf).then(
      (rules) => {
        this.current = rules;
      },
      () => undefined,
    );
  }

  private addAsset(asset: AssetView): void {
    this.assetsById.set(asset.assetId, asset);
    this.assetsBySymbol.set(asset.symbol, asset);
  }

  private addMarket(market: MarketView): void {
    const base = this.assetsById.get(market.baseAssetId);
    const quote = this.assetsById.get(market.quoteAssetId);
    if (base === undefined || quote === undefined) return;
    const listing = new Listing(market, base, quote);
    this.listingsById.set(market.marketId, listing);
    this.listingsBySymbol.set(market.symbol, listing);
  }

  get rules(): Rules {
    return this.current;
  }

  assets(): AssetView[] {
    return [...this.assetsById.values()];
  }

  asset(assetId: number): AssetView | undefined {
    return this.assetsById.get(assetId);
  }

  assetBySymbol(symbol: string): AssetView | undefined {
    return this.assetsBySymbol.get(symbol);
  }

  /** In which all perpetuals settle; undefined before there is one. */
  get settlementAsset(): AssetView | undefined {
    return this.listings().find(({ perp }) => perp !== undefined)?.quote;
  }

  listings(): Listing[] {
    return [...this.listingsById.values()];
  }

  listing(marketId: number): Listing | undefined {
    return this.listingsById.get(marketId);
  }

  listingBySymbol(symbol: string): Listing | undefined {
    return this.listingsBySymbol.get(symbol);
  }
}
