// What is listed, as far as the events have told.
import type { AssetView, Event, MarketView, VaultView } from '@glasshouse/protocol';

export class Catalogue {
  readonly #assets = new Map<number, AssetView>();
  readonly #markets = new Map<number, MarketView>();
  readonly #vaults = new Map<number, VaultView>();

  observe(event: Event): void {
    if (event.kind === 'assetListed' || event.kind === 'assetChanged')
      this.#assets.set(event.asset.assetId, event.asset);
    if (event.kind === 'marketListed' || event.kind === 'marketChanged') {
      this.#markets.set(event.market.marketId, event.market);
    }
    if (event.kind === 'vaultListed' || event.kind === 'vaultChanged')
      this.#vaults.set(event.vault.vaultId, event.vault);
  }

  /** An event that names what was never listed makes everything after it meaningless, so it throws. */
  asset(assetId: number): AssetView {
    const asset = this.#assets.get(assetId);
    if (asset === undefined) throw new RangeError(`events name asset ${assetId} before it is listed`);
    return asset;
  }

  get assets(): Iterable<AssetView> {
    return this.#assets.values();
  }

  /** In which all perpetuals settle; undefined before there is one. */
  get settlementAssetId(): number | undefined {
    for (const { perp, quoteAssetId } of this.#markets.values()) if (perp !== undefined) return quoteAssetId;
    return undefined;
  }

  get markets(): Iterable<MarketView> {
    return this.#markets.values();
  }

  market(marketId: number): MarketView {
    const market = this.#markets.get(marketId);
    if (market === undefined) throw new RangeError(`events name market ${marketId} before it is listed`);
    return market;
  }

  vault(vaultId: number): VaultView {
    const vault = this.#vaults.get(vaultId);
    if (vault === undefined) throw new RangeError(`events name vault ${vaultId} before it is listed`);
    return vault;
  }
}
