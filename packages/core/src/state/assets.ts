import type { CollateralConfiguration, IndexConfiguration, LendingTerms } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';

export type Token = {
  readonly blockchain: string;
  readonly depositEnabled: boolean;
  readonly withdrawEnabled: boolean;
  readonly minimumDepositAtoms: Atoms;
  readonly minimumWithdrawalAtoms: Atoms;
  readonly withdrawalFeeAtoms: Atoms;
};

export type Asset = {
  readonly assetId: number;
  readonly symbol: string;
  readonly displayName: string;
  readonly decimals: number;
  readonly tokens: readonly Token[];
  readonly index: IndexConfiguration | undefined;
  readonly collateral: CollateralConfiguration | undefined;
  readonly lending: LendingTerms | undefined;
};

/** Assets by id, from 1; listed once and never taken away. */
export class AssetTable {
  readonly list: Asset[] = [];
  readonly #bySymbol = new Map<string, Asset>();

  add(asset: Asset): void {
    this.list.push(asset);
    this.#bySymbol.set(asset.symbol, asset);
  }

  /** The asset keeps its id and symbol. */
  replace(asset: Asset): void {
    this.list[asset.assetId - 1] = asset;
    this.#bySymbol.set(asset.symbol, asset);
  }

  get(assetId: number): Asset | undefined {
    return this.list[assetId - 1];
  }

  bySymbol(symbol: string): Asset | undefined {
    return this.#bySymbol.get(symbol);
  }
}
