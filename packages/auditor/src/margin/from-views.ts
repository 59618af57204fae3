// Puts what the exchange shows of an account into the model's units. Nothing is judged here.
import type {
  AccountView,
  AssetPriceView,
  AssetView,
  BalanceView,
  MarketView,
  PerpPriceView,
  PositionView,
} from '@glasshouse/protocol';
import { type Exact, exact, type Numeric, ONE, scaled, ZERO } from '../exact.js';
import type { AccountPicture, Holding, Stake } from './picture.js';

/** One moment of a venue as its views show it; of the account itself only what is its own. */
export type AccountViews = {
  readonly account: Pick<AccountView, 'leverageLimitCenti'>;
  readonly balances: readonly BalanceView[];
  readonly positions: readonly PositionView[];
  /** Of USDC, not cash yet. */
  readonly unsettledAtoms: Numeric;
  readonly unsettledAssetId: number;
  readonly assets: readonly AssetView[];
  readonly markets: readonly MarketView[];
  readonly assetPrices: readonly AssetPriceView[];
  readonly perpPrices: readonly PerpPriceView[];
};

/** USD per unit: one dollar for an asset without an index, nothing while an index is unknown. */
export function usdPrice(views: Pick<AccountViews, 'assets' | 'assetPrices'>, assetId: number): Exact {
  if (views.assets.find((asset) => asset.assetId === assetId)?.index === undefined) return ONE;
  const price = views.assetPrices.find((known) => known.assetId === assetId)?.indexPrice;
  return price === undefined ? ZERO : exact(price);
}

export function pictureOf(views: AccountViews): AccountPicture {
  const limit = views.account.leverageLimitCenti;
  return {
    holdings: views.balances.map((balance) => holdingOf(views, balance)),
    stakes: views.positions.map((position) => stakeOf(views, position)),
    unsettled: inUnits(views, views.unsettledAssetId, views.unsettledAtoms).times(
      usdPrice(views, views.unsettledAssetId),
    ),
    leverageLimit: limit === 0 ? undefined : scaled(limit, 2),
  };
}

function holdingOf(views: AccountViews, balance: BalanceView): Holding {
  const { assetId, availableAtoms, lockedAtoms, lentAtoms, borrowedAtoms } = balance;
  const asset = assetOf(views, assetId);
  return {
    quantity: inUnits(views, assetId, exact(availableAtoms).plus(lockedAtoms).plus(lentAtoms)),
    borrowed: inUnits(views, assetId, borrowedAtoms),
    price: usdPrice(views, assetId),
    collateral: asset.collateral,
    borrowMargin: asset.lending,
  };
}

function stakeOf(views: AccountViews, position: PositionView): Stake {
  const market = views.markets.find(({ marketId }) => marketId === position.marketId);
  if (market?.perp === undefined) throw new RangeError(`market ${position.marketId} is no perpetual`);
  const units = (lots: number): Exact => scaled(exact(lots).times(market.stepDigits), market.stepScale);
  return {
    size: units(position.sizeLots),
    basisCost: inUnits(views, market.quoteAssetId, position.basisCostAtoms),
    openBids: units(position.openBidLots),
    openAsks: units(position.openAskLots),
    markPrice: views.perpPrices.find(({ marketId }) => marketId === market.marketId)?.markPrice ?? ZERO,
    quotePrice: usdPrice(views, market.quoteAssetId),
    maxLeverage: market.perp.maxLeverage,
    imf: market.perp.imf,
    mmf: market.perp.mmf,
  };
}

const inUnits = (views: AccountViews, assetId: number, atoms: Numeric): Exact =>
  scaled(atoms, assetOf(views, assetId).decimals);

function assetOf({ assets }: Pick<AccountViews, 'assets'>, assetId: number): AssetView {
  const asset = assets.find((candidate) => candidate.assetId === assetId);
  if (asset === undefined) throw new RangeError(`asset ${assetId} is not listed`);
  return asset;
}
