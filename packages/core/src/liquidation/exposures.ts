// What an account has at stake, and what of it can be worked on now: nothing is liquidated on a price that has too few sources.
import { MARKET_STATE } from '@glasshouse/protocol';
import { assetUnits, lotsUsd } from '../margin/account.js';
import { assetIsPriced } from '../prices/asset-sample.js';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

export type PositionExposure = { readonly kind: 'position'; readonly market: Market; readonly usd: number };
export type LoanExposure = { readonly kind: 'loan'; readonly asset: Asset; readonly usd: number };
export type Exposure = PositionExposure | LoanExposure;

/** Its price stands on enough sources, and operators have not halted it. */
export function isLive({ effectiveState, perp, prices }: Market): boolean {
  const trades = effectiveState === MARKET_STATE.open || effectiveState === MARKET_STATE.limitOnly;
  return trades && (perp === undefined || prices.markPrice > 0);
}

export function positionExposures(state: State, accountId: number): PositionExposure[] {
  const { positions, accounts, markets } = state;
  const found: PositionExposure[] = [];
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    const market = markets.list[positions.marketId(row) - 1] as Market;
    const size = positions.sizeLots(row);
    if (size !== 0) found.push({ kind: 'position', market, usd: lotsUsd(state, market, Math.abs(size)) });
  }
  return found;
}

export function loanExposures(state: State, accountId: number): LoanExposure[] {
  const found: LoanExposure[] = [];
  if (state.accounts.loanCount[accountId] === 0) return found;
  for (const asset of state.assets.list) {
    const loan = state.balances.of(asset.assetId).loanAtoms[accountId] as number;
    if (loan >= 0) continue;
    found.push({ kind: 'loan', asset, usd: (-loan / assetUnits(asset)) * usdPriceOf(state, asset.assetId) });
  }
  return found;
}

function isWorkable(state: State, exposure: Exposure): boolean {
  return exposure.kind === 'position' ? isLive(exposure.market) : assetIsPriced(state, exposure.asset.assetId);
}

/** What can be worked on now, the largest first; of equals positions first, then by market or asset. */
export function workableExposures(state: State, accountId: number): Exposure[] {
  const all: Exposure[] = [...positionExposures(state, accountId), ...loanExposures(state, accountId)];
  return all.filter((exposure) => isWorkable(state, exposure)).sort((a, b) => b.usd - a.usd);
}
