// Collateral and margin as REST shows them.
import type { Collateral, CollateralSummary, MarginAccountSummary } from '@glasshouse/api';
import type {
  AssetMarginTerm,
  AssetView,
  CollateralConfiguration,
  MarginExplanation,
  MarginView,
} from '@glasshouse/protocol';
import { assetQuantity } from '../exchange/listing.js';
import { marginFunction } from './margin-functions.js';
import { fractionText, priceText, usdText } from './real-number.js';

type Haircut = CollateralSummary['haircutFunction'];

function haircut({ weight, base, penalty }: CollateralConfiguration): Haircut {
  if (base === undefined || penalty === undefined) return { kind: { type: 'identity' }, weight: fractionText(weight) };
  const kind = { base: fractionText(base), positiveCurvePenalty: fractionText(penalty), type: 'inverseSqrt' as const };
  return { kind, weight: fractionText(weight) };
}

/** What is not lent cannot be owed: its margin functions ask for everything. */
const NEVER_OWED = { base: 1, factor: 0 };
const NO_COLLATERAL: CollateralConfiguration = { weight: 0 };

/** Undefined for an asset that is neither collateral nor lent. */
export function collateralParameters({ symbol, collateral, lending }: AssetView): CollateralSummary | undefined {
  if (collateral === undefined && lending === undefined) return undefined;
  return {
    haircutFunction: haircut(collateral ?? NO_COLLATERAL),
    imfFunction: marginFunction(lending?.imf ?? NEVER_OWED),
    mmfFunction: marginFunction(lending?.mmf ?? NEVER_OWED),
    symbol,
  };
}

export function collateralRow(asset: AssetView, term: AssetMarginTerm): Collateral {
  const { availableAtoms, lockedAtoms, lentAtoms } = term;
  return {
    assetMarkPrice: priceText(term.priceUsd),
    availableQuantity: assetQuantity(asset, availableAtoms),
    balanceNotional: usdText(term.holdingUsd),
    collateralValue: usdText(term.collateralUsd),
    collateralWeight: fractionText(term.weight),
    lendQuantity: assetQuantity(asset, lentAtoms),
    openOrderQuantity: assetQuantity(asset, lockedAtoms),
    symbol: asset.symbol,
    totalQuantity: assetQuantity(asset, availableAtoms + lockedAtoms + lentAtoms),
  };
}

function equityFields(margin: MarginView) {
  return {
    borrowLiability: usdText(margin.borrowLiabilityUsd),
    imf: fractionText(margin.imf),
    marginFraction: margin.marginFraction === undefined ? null : fractionText(margin.marginFraction),
    mmf: fractionText(margin.mmf),
    netEquity: usdText(margin.netEquityUsd),
    netEquityAvailable: usdText(margin.availableUsd),
    netEquityLocked: usdText(margin.lockedUsd),
    /** Borrows count with their full value, so what is left are the futures at worst. */
    netExposureFutures: usdText(margin.exposureUsd - margin.borrowLiabilityUsd),
    pnlUnrealized: usdText(margin.unrealizedPnlUsd),
    unsettledEquity: usdText(margin.unsettledUsd),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export function marginSummary(explanation: MarginExplanation, collateral: readonly Collateral[]): MarginAccountSummary {
  const { assets, margin } = explanation;
  return {
    ...equityFields(margin),
    assetsValue: usdText(sum(assets.map(({ holdingUsd }) => holdingUsd))),
    collateral: [...collateral],
    liabilitiesValue: usdText(sum(assets.map(({ liabilityUsd }) => liabilityUsd))),
  };
}
