// The whole margin of an account (mechanics §3), in USD. Sums run over assets and markets by rising id, so that they come out
// the same however the account came to be.
import { powerOfTen } from '@glasshouse/units';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { curveAt, initialFraction } from './curves.js';
import { worstLotsOf } from './exposure.js';
import { indexPriceOf, quoteAtomsPerLot, quoteUnits, valueAtomsAt } from './value.js';
import { collateralWeight } from './weights.js';

const CENTI = 100;

/** Valid until the next account is looked at. */
export class MarginTerms {
  collateralUsd = 0;
  unrealizedPnlUsd = 0;
  unsettledUsd = 0;
  borrowLiabilityUsd = 0;
  netEquityUsd = 0;
  /** Σ N over perpetuals at worst and borrows. */
  exposureUsd = 0;
  /** Σ N × IMF. */
  lockedUsd = 0;
  /** Σ N × MMF, perpetuals by their position alone. */
  maintenanceUsd = 0;
  /** The same with perpetuals at their indexes. */
  netEquityAtIndexUsd = 0;
  maintenanceAtIndexUsd = 0;
}

const terms = new MarginTerms();

/** Anything that can lose more than it cost. */
export function hasExposure({ exposed }: State, accountId: number): boolean {
  return exposed.has(accountId);
}

export function assetUnits(asset: Asset): number {
  return powerOfTen(asset.decimals) as number;
}

export function leverageLimitOf({ accounts }: State, accountId: number): number {
  return (accounts.leverageLimitCenti[accountId] as number) / CENTI;
}

/** What a quantity of the asset counts as collateral. */
export function collateralUsd(state: State, asset: Asset, atoms: number): number {
  if (asset.collateral === undefined || atoms === 0) return 0;
  const holding = (atoms / assetUnits(asset)) * usdPriceOf(state, asset.assetId);
  return holding * collateralWeight(asset.collateral, holding);
}

/** Available, locked and lent. */
export function heldAtoms(state: State, accountId: number, assetId: number): number {
  const { availableAtoms, lockedAtoms, loanAtoms } = state.balances.of(assetId);
  const loan = loanAtoms[accountId] as number;
  return (availableAtoms[accountId] as number) + (lockedAtoms[accountId] as number) + (loan > 0 ? loan : 0);
}

/** What the account owes of the asset, at full price. */
function debtUsd(state: State, accountId: number, asset: Asset): number {
  const loan = state.balances.of(asset.assetId).loanAtoms[accountId] as number;
  return loan >= 0 ? 0 : (-loan / assetUnits(asset)) * usdPriceOf(state, asset.assetId);
}

/** N × IMF of what the account owes of the asset. */
function loanMarginUsd(state: State, accountId: number, asset: Asset): number {
  const notional = debtUsd(state, accountId, asset);
  const { lending } = asset;
  if (notional === 0 || lending === undefined) return 0;
  const limit = leverageLimitOf(state, accountId);
  return notional * initialFraction(lending.imf, notional, 1 / lending.imf.base, limit);
}

/** Σ over all assets of what the account holds, as it counts. */
export function collateralInAllUsd(state: State, accountId: number): number {
  let sum = 0;
  for (const asset of state.assets.list) {
    if (asset.collateral !== undefined) sum += collateralUsd(state, asset, heldAtoms(state, accountId, asset.assetId));
  }
  return sum;
}

/** Σ over all assets of what the account owes. */
export function liabilityInAllUsd(state: State, accountId: number): number {
  let sum = 0;
  if (state.accounts.loanCount[accountId] === 0) return sum;
  for (const asset of state.assets.list) if (asset.lending !== undefined) sum += debtUsd(state, accountId, asset);
  return sum;
}

/** Σ N × IMF over all assets of what the account owes. */
export function loanMarginInAllUsd(state: State, accountId: number): number {
  let sum = 0;
  if (state.accounts.loanCount[accountId] === 0) return sum;
  for (const asset of state.assets.list) sum += loanMarginUsd(state, accountId, asset);
  return sum;
}

function addLoan(state: State, accountId: number, asset: Asset): void {
  const { lending } = asset;
  const debt = debtUsd(state, accountId, asset);
  if (debt === 0 || lending === undefined) return;
  terms.exposureUsd += debt;
  terms.maintenanceUsd += debt * curveAt(lending.mmf, debt);
}

/** USD of so many lots. */
export function lotsUsdAt(state: State, market: Market, lots: number, price: number): number {
  const atoms = lots * quoteAtomsPerLot(state, market) * price;
  return (atoms / quoteUnits(state, market)) * usdPriceOf(state, market.quoteAssetId);
}

/** At the mark. */
export function lotsUsd(state: State, market: Market, lots: number): number {
  return lotsUsdAt(state, market, lots, market.prices.markPrice);
}

/** N × IMF of so many lots at worst. */
export function initialMarginUsd(state: State, accountId: number, market: Market, lots: number): number {
  const { perp } = market;
  if (perp === undefined) return 0;
  const notional = lotsUsd(state, market, Math.abs(lots));
  return notional * initialFraction(perp.imf, notional, perp.maxLeverage, leverageLimitOf(state, accountId));
}

export function unrealizedPnlUsdAt(state: State, market: Market, row: number, price: number): number {
  const { positions } = state;
  const size = positions.sizeLots(row);
  if (size === 0) return 0;
  const atoms = valueAtomsAt(state, market, size, price) - positions.costAtoms(row);
  return (atoms / quoteUnits(state, market)) * usdPriceOf(state, market.quoteAssetId);
}

/** At the mark. */
export function unrealizedPnlUsd(state: State, market: Market, row: number): number {
  return unrealizedPnlUsdAt(state, market, row, market.prices.markPrice);
}

/** N × MMF of a position. */
export function positionMaintenanceUsd(state: State, market: Market, sizeLots: number, price: number): number {
  const { perp } = market;
  if (perp === undefined) return 0;
  const notional = lotsUsdAt(state, market, Math.abs(sizeLots), price);
  return notional * curveAt(perp.mmf, notional);
}

/** Returns its unrealized profit and loss at the index. */
function addPosition(state: State, accountId: number, row: number): number {
  const { positions, markets } = state;
  const market = markets.list[positions.marketId(row) - 1] as Market;
  if (market.perp === undefined) return 0;
  const size = positions.sizeLots(row);
  const pnl = unrealizedPnlUsd(state, market, row);
  terms.unrealizedPnlUsd += pnl;
  const worst = worstLotsOf(state, row);
  terms.exposureUsd += lotsUsd(state, market, Math.abs(worst));
  terms.lockedUsd += initialMarginUsd(state, accountId, market, worst);
  const maintenance = positionMaintenanceUsd(state, market, size, market.prices.markPrice);
  terms.maintenanceUsd += maintenance;
  const index = indexPriceOf(market);
  const isApart = index !== market.prices.markPrice;
  terms.maintenanceAtIndexUsd += isApart ? positionMaintenanceUsd(state, market, size, index) : maintenance;
  return isApart ? unrealizedPnlUsdAt(state, market, row, index) : pnl;
}

/** Profit and loss that is no cash yet. */
export function unsettledUsd(state: State, accountId: number): number {
  const { assets, unsettled, settlementAssetId } = state;
  const atoms = unsettled.atoms[accountId] as number;
  const settlement = assets.list[settlementAssetId - 1];
  if (atoms === 0 || settlement === undefined) return 0;
  return (atoms / assetUnits(settlement)) * usdPriceOf(state, settlementAssetId);
}

export function marginTermsOf(state: State, accountId: number): MarginTerms {
  const { assets, positions, accounts } = state;
  terms.collateralUsd = collateralInAllUsd(state, accountId);
  terms.borrowLiabilityUsd = liabilityInAllUsd(state, accountId);
  terms.lockedUsd = loanMarginInAllUsd(state, accountId);
  terms.unsettledUsd = unsettledUsd(state, accountId);
  terms.unrealizedPnlUsd = 0;
  terms.exposureUsd = 0;
  terms.maintenanceUsd = 0;
  if (accounts.loanCount[accountId] !== 0) for (const asset of assets.list) addLoan(state, accountId, asset);
  terms.maintenanceAtIndexUsd = terms.maintenanceUsd;
  let pnlAtIndexUsd = 0;
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    pnlAtIndexUsd += addPosition(state, accountId, row);
  }
  terms.netEquityUsd = terms.collateralUsd + terms.unrealizedPnlUsd + terms.unsettledUsd - terms.borrowLiabilityUsd;
  terms.netEquityAtIndexUsd = terms.collateralUsd + pnlAtIndexUsd + terms.unsettledUsd - terms.borrowLiabilityUsd;
  return terms;
}
