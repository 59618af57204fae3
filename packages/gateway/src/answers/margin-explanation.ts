// The margin explanation as REST shows it.
import type { MarginExplanation as Answer } from '@glasshouse/api';
import type {
  AssetMarginTerm,
  AssetView,
  FractionTerms,
  MarginExplanation,
  MarginView,
  MarketMarginTerm,
} from '@glasshouse/protocol';
import type { Catalogue } from '../exchange/catalogue.js';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import { largestTerm } from './margin-functions.js';
import { fractionText, priceText, usdText } from './real-number.js';

type AssetAnswer = Answer['assets'][number];
type MarketAnswer = Answer['markets'][number];

function fractionAnswer(terms: FractionTerms): AssetAnswer['initialFraction'] {
  return {
    base: fractionText(terms.base),
    byLeverageLimit: fractionText(terms.byLeverageLimit),
    bySize: fractionText(terms.bySize),
    byVenueLeverage: fractionText(terms.byVenueLeverage),
    fraction: fractionText(largestTerm(terms)),
  };
}

type Required = Pick<AssetMarginTerm, 'imf' | 'initialMarginUsd' | 'maintenanceFraction' | 'maintenanceMarginUsd'>;

function requirements(term: Required) {
  return {
    initialFraction: fractionAnswer(term.imf),
    initialMargin: usdText(term.initialMarginUsd),
    maintenanceFraction: fractionText(term.maintenanceFraction),
    maintenanceMargin: usdText(term.maintenanceMarginUsd),
  };
}

function assetAnswer(asset: AssetView, term: AssetMarginTerm): AssetAnswer {
  const { liquidationPriceUsd } = term;
  return {
    available: assetQuantity(asset, term.availableAtoms),
    borrowLiability: usdText(term.liabilityUsd),
    borrowed: assetQuantity(asset, term.borrowedAtoms),
    collateralValue: usdText(term.collateralUsd),
    collateralWeight: fractionText(term.weight),
    holdingValue: usdText(term.holdingUsd),
    lent: assetQuantity(asset, term.lentAtoms),
    liquidationPrice: liquidationPriceUsd === undefined ? null : priceText(liquidationPriceUsd),
    locked: assetQuantity(asset, term.lockedAtoms),
    price: priceText(term.priceUsd),
    ...requirements(term),
    symbol: asset.symbol,
  };
}

function marketAnswer(listing: Listing, term: MarketMarginTerm): MarketAnswer {
  const { liquidationTicks } = term;
  return {
    indexPrice: priceText(term.indexPrice, listing.market.tickScale),
    liquidationPrice: liquidationTicks === undefined ? null : listing.price(liquidationTicks),
    markPrice: priceText(term.markPrice, listing.market.tickScale),
    notional: usdText(term.notionalUsd),
    openAsks: listing.quantity(term.openAskLots),
    openBids: listing.quantity(term.openBidLots),
    pnlUnrealized: usdText(term.unrealizedPnlUsd),
    position: listing.quantity(term.sizeLots),
    ...requirements(term),
    symbol: listing.market.symbol,
    worstNotional: usdText(term.worstNotionalUsd),
    worstPosition: listing.quantity(term.worstLots),
  };
}

/** Requirement over equity; null when there is no equity to compare it with. */
function ratio(requirementUsd: number, { netEquityUsd }: Pick<MarginView, 'netEquityUsd'>): string | null {
  return netEquityUsd <= 0 ? null : fractionText(requirementUsd / netEquityUsd);
}

function accountFields({ margin, atIndex }: Pick<MarginExplanation, 'margin' | 'atIndex'>) {
  return {
    available: usdText(margin.availableUsd),
    borrowLiability: usdText(margin.borrowLiabilityUsd),
    collateral: usdText(margin.collateralUsd),
    exposure: usdText(margin.exposureUsd),
    initialMargin: usdText(margin.initialMarginUsd),
    initialRatio: ratio(margin.initialMarginUsd, margin),
    maintenanceMargin: usdText(margin.maintenanceMarginUsd),
    maintenanceMarginAtIndex: usdText(atIndex.maintenanceMarginUsd),
    maintenanceRatio: ratio(margin.maintenanceMarginUsd, margin),
    maintenanceRatioAtIndex: ratio(atIndex.maintenanceMarginUsd, atIndex),
    marginFraction: margin.marginFraction === undefined ? null : fractionText(margin.marginFraction),
    netEquity: usdText(margin.netEquityUsd),
    netEquityAtIndex: usdText(atIndex.netEquityUsd),
    pnlUnrealized: usdText(margin.unrealizedPnlUsd),
    unsettled: usdText(margin.unsettledUsd),
  };
}

export function explanationAnswer(explanation: MarginExplanation, catalogue: Catalogue): Answer {
  const { assets, markets } = explanation;
  return {
    assets: assets.flatMap((term) => {
      const asset = catalogue.asset(term.assetId);
      return asset === undefined ? [] : [assetAnswer(asset, term)];
    }),
    ...accountFields(explanation),
    markets: markets.flatMap((term) => {
      const listing = catalogue.listing(term.marketId);
      return listing === undefined ? [] : [marketAnswer(listing, term)];
    }),
  };
}
