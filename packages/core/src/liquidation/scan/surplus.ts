// How much an account has beyond its maintenance margin, and how much of it moving prices can take.
//
// Let every price p become a price between p / ρ and p × ρ, with 1 ≤ ρ ≤ REACH. The surplus S = equity − maintenance falls by no
// more than L(ρ), the sum over all that the account has of
//   collateral      f (ρ − 1)                          f = n w(n) is concave and f(0) = 0: a share of n lost is at most that share of f
//   debt            D (ρ − 1) + g(D ρ) − g(D)          g(N) = N × MMF(N)
//   perpetual       N (ρ − 1) ρ′ + |uPnL| (ρ′ − 1) + g(N ρ ρ′) − g(N) + rounding        ρ′ = ρ, or 1 when USDC is a dollar by definition
//   unsettled       |U| (ρ′ − 1)
// L is convex and L(1) = 0, because g is convex and the rest are polynomials in ρ with no negative coefficient around 1. So L lies
// below its chord: L(ρ) ≤ (ρ − 1) / (REACH − 1) × L(REACH), and the account is sound while ρ − 1 < (REACH − 1) × S / L(REACH).
import {
  assetUnits,
  collateralUsd,
  heldAtoms,
  lotsUsdAt,
  unrealizedPnlUsdAt,
  unsettledUsd,
} from '../../margin/account.js';
import { curveAt } from '../../margin/curves.js';
import { markPriceOf, type PriceOf, quoteUnits } from '../../margin/value.js';
import { usdPriceOf } from '../../prices/usd.js';
import type { Asset } from '../../state/assets.js';
import type { Market } from '../../state/markets.js';
import type { State } from '../../state/state.js';

/** The farthest that prices are thought to move before an account is looked at again. */
export const REACH = 1.5;
const RISE = REACH - 1;

/** Of all that was added up: more than doubles can have rounded away on the way. */
const ROUNDING = 1e-9;

/** Values of positions are rounded down to whole atoms, now and then. */
const ROUNDED_ATOMS = 2;

/** Valid until the next account is looked at. */
export class Surplus {
  equityUsd = 0;
  maintenanceUsd = 0;
  /** What equity loses, and maintenance gains, when prices move as far as REACH. */
  equityMoveUsd = 0;
  maintenanceMoveUsd = 0;
  /** What may be wrong with the sums above. */
  errorUsd = 0;
}

const surplus = new Surplus();

/** How far the USD price of an asset goes: one without an index stays a dollar. */
const reachOf = ({ index }: Asset): number => (index === undefined ? 1 : REACH);

function addHolding(state: State, accountId: number, asset: Asset): void {
  const held = heldAtoms(state, accountId, asset.assetId);
  if (held === 0) return;
  const value = collateralUsd(state, asset, held);
  surplus.equityUsd += value;
  surplus.equityMoveUsd += value * (reachOf(asset) - 1);
  surplus.errorUsd += value * ROUNDING;
}

function addDebt(state: State, accountId: number, asset: Asset): void {
  const { lending } = asset;
  const loan = state.balances.of(asset.assetId).loanAtoms[accountId] as number;
  if (loan >= 0 || lending === undefined) return;
  const debt = (-loan / assetUnits(asset)) * usdPriceOf(state, asset.assetId);
  const reach = reachOf(asset);
  const maintenance = debt * curveAt(lending.mmf, debt);
  surplus.equityUsd -= debt;
  surplus.maintenanceUsd += maintenance;
  surplus.equityMoveUsd += debt * (reach - 1);
  surplus.maintenanceMoveUsd += debt * reach * curveAt(lending.mmf, debt * reach) - maintenance;
  surplus.errorUsd += (debt + maintenance) * ROUNDING;
}

function addPosition(state: State, row: number, quoteReach: number, priceOf: PriceOf): void {
  const { positions, markets } = state;
  const market = markets.list[positions.marketId(row) - 1] as Market;
  const { perp } = market;
  const size = positions.sizeLots(row);
  if (perp === undefined || size === 0) return;
  const price = priceOf(market);
  const notional = lotsUsdAt(state, market, Math.abs(size), price);
  const pnl = unrealizedPnlUsdAt(state, market, row, price);
  const maintenance = notional * curveAt(perp.mmf, notional);
  const farthest = notional * REACH * quoteReach;
  const atomUsd = usdPriceOf(state, market.quoteAssetId) / quoteUnits(state, market);
  surplus.equityUsd += pnl;
  surplus.maintenanceUsd += maintenance;
  surplus.equityMoveUsd += notional * RISE * quoteReach + Math.abs(pnl) * (quoteReach - 1);
  surplus.maintenanceMoveUsd += farthest * curveAt(perp.mmf, farthest) - maintenance;
  surplus.errorUsd += (notional + Math.abs(pnl) + maintenance) * ROUNDING + ROUNDED_ATOMS * atomUsd * quoteReach;
}

/** With perpetuals at the prices of `priceOf`, each of which is among those that are followed. */
export function surplusOf(state: State, accountId: number, priceOf: PriceOf = markPriceOf): Readonly<Surplus> {
  const { assets, positions, accounts, settlementAssetId } = state;
  surplus.equityUsd = 0;
  surplus.maintenanceUsd = 0;
  surplus.equityMoveUsd = 0;
  surplus.maintenanceMoveUsd = 0;
  surplus.errorUsd = 0;
  const owes = accounts.loanCount[accountId] !== 0;
  for (const asset of assets.list) {
    if (asset.collateral !== undefined) addHolding(state, accountId, asset);
    if (owes) addDebt(state, accountId, asset);
  }
  const settlement = assets.list[settlementAssetId - 1];
  if (settlement === undefined) return surplus;
  const quoteReach = reachOf(settlement);
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    addPosition(state, row, quoteReach, priceOf);
  }
  const unsettled = unsettledUsd(state, accountId);
  surplus.equityUsd += unsettled;
  surplus.equityMoveUsd += Math.abs(unsettled) * (quoteReach - 1);
  surplus.errorUsd += Math.abs(unsettled) * ROUNDING;
  return surplus;
}
