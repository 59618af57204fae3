// Every term of an account's margin, so that a trader sees why it is what it is.
import type {
  AssetMarginTerm,
  FractionTerms,
  MarginCurve,
  MarginExplanation,
  MarketMarginTerm,
} from '@glasshouse/protocol';
import type { Atoms, Lots, Price } from '@glasshouse/units';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import {
  assetUnits,
  collateralUsd,
  heldAtoms,
  initialMarginUsd,
  leverageLimitOf,
  lotsUsd,
  marginTermsOf,
  unrealizedPnlUsd,
} from './account.js';
import { curveAt, initialFraction } from './curves.js';
import { worstLotsOf } from './exposure.js';
import { liquidationIndex, liquidationTicks } from './liquidation.js';
import { indexPriceOf } from './value.js';
import { marginView } from './view.js';

function fractionTerms(curve: MarginCurve, notionalUsd: number, maxLeverage: number, limit: number): FractionTerms {
  return {
    byVenueLeverage: 1 / maxLeverage,
    byLeverageLimit: limit === 0 ? 0 : 1 / limit,
    base: curve.base,
    bySize: curve.factor * Math.sqrt(notionalUsd),
  };
}

function assetTerm(state: State, accountId: number, asset: Asset): AssetMarginTerm {
  const { assetId, lending } = asset;
  const { availableAtoms, lockedAtoms, loanAtoms } = state.balances.of(assetId);
  const loan = loanAtoms[accountId] as number;
  const priceUsd = usdPriceOf(state, assetId);
  const held = heldAtoms(state, accountId, assetId);
  const holdingUsd = (held / assetUnits(asset)) * priceUsd;
  const collateral = collateralUsd(state, asset, held);
  const liabilityUsd = (Math.max(0, -loan) / assetUnits(asset)) * priceUsd;
  const limit = leverageLimitOf(state, accountId);
  const imf = lending?.imf ?? { base: 0, factor: 0 };
  const mmf = lending === undefined ? 0 : curveAt(lending.mmf, liabilityUsd);
  const maxLeverage = 1 / imf.base;
  const fraction = liabilityUsd === 0 ? 0 : initialFraction(imf, liabilityUsd, maxLeverage, limit);
  return {
    assetId,
    availableAtoms: availableAtoms[accountId] as Atoms,
    lockedAtoms: lockedAtoms[accountId] as Atoms,
    lentAtoms: Math.max(0, loan) as Atoms,
    borrowedAtoms: Math.max(0, -loan) as Atoms,
    priceUsd,
    holdingUsd,
    weight: holdingUsd === 0 ? (asset.collateral?.weight ?? 0) : collateral / holdingUsd,
    collateralUsd: collateral,
    liabilityUsd,
    imf: fractionTerms(imf, liabilityUsd, maxLeverage, limit),
    initialMarginUsd: liabilityUsd * fraction,
    maintenanceFraction: mmf,
    maintenanceMarginUsd: liabilityUsd * mmf,
    liquidationPriceUsd: liquidationIndex(state, accountId, assetId, loan < 0),
  };
}

function marketTerm(state: State, accountId: number, row: number): MarketMarginTerm | undefined {
  const { positions, markets } = state;
  const market = markets.list[positions.marketId(row) - 1] as Market;
  const { perp } = market;
  if (perp === undefined) return undefined;
  const sizeLots = positions.sizeLots(row);
  const worst = worstLotsOf(state, row);
  const worstNotionalUsd = lotsUsd(state, market, Math.abs(worst));
  const notionalUsd = lotsUsd(state, market, Math.abs(sizeLots));
  const mmf = curveAt(perp.mmf, notionalUsd);
  return {
    marketId: market.marketId,
    sizeLots,
    openBidLots: positions.openBidLots(row),
    openAskLots: positions.openAskLots(row),
    worstLots: worst as Lots,
    markPrice: market.prices.markPrice,
    indexPrice: indexPriceOf(market) as Price,
    unrealizedPnlUsd: unrealizedPnlUsd(state, market, row),
    worstNotionalUsd,
    imf: fractionTerms(perp.imf, worstNotionalUsd, perp.maxLeverage, leverageLimitOf(state, accountId)),
    initialMarginUsd: initialMarginUsd(state, accountId, market, worst),
    notionalUsd,
    maintenanceFraction: mmf,
    maintenanceMarginUsd: notionalUsd * mmf,
    liquidationTicks: liquidationTicks(state, accountId, market, sizeLots),
  };
}

const isUsed = ({ availableAtoms, lockedAtoms, lentAtoms, borrowedAtoms }: AssetMarginTerm): boolean =>
  availableAtoms > 0 || lockedAtoms > 0 || lentAtoms > 0 || borrowedAtoms > 0;

/** Undefined for an account that does not exist. */
export function marginExplanation(state: State, accountId: number): MarginExplanation | undefined {
  const margin = marginView(state, accountId);
  if (margin === undefined) return undefined;
  const { accounts, positions, assets } = state;
  const { netEquityAtIndexUsd, maintenanceAtIndexUsd } = marginTermsOf(state, accountId);
  const atIndex = { netEquityUsd: netEquityAtIndexUsd, maintenanceMarginUsd: maintenanceAtIndexUsd };
  const markets: MarketMarginTerm[] = [];
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    const term = marketTerm(state, accountId, row);
    if (term !== undefined) markets.push(term);
  }
  const used = assets.list.map((asset) => assetTerm(state, accountId, asset)).filter(isUsed);
  return { margin, atIndex, assets: used, markets };
}
