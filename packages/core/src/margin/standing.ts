// The two figures by which an order is judged. Equity is kept from one order to the next as long as neither prices nor the
// account's own money have moved; what open orders and positions lock is added up each time.
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { initialMarginUsd, loanMarginUsd, marginTermsOf } from './account.js';
import { worstLotsOf } from './exposure.js';

export function netEquityUsd(state: State, accountId: number): number {
  const kept = state.margins.equityUsd(accountId, state.priceVersion);
  if (!Number.isNaN(kept)) return kept;
  const equity = marginTermsOf(state, accountId).netEquityUsd;
  state.margins.keep(accountId, state.priceVersion, equity);
  return equity;
}

/** Σ N × IMF. */
export function lockedUsd(state: State, accountId: number): number {
  const { positions, accounts, markets, assets } = state;
  let locked = 0;
  if (accounts.loanCount[accountId] !== 0) {
    for (const asset of assets.list) locked += loanMarginUsd(state, accountId, asset);
  }
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    const market = markets.list[positions.marketId(row) - 1] as Market;
    locked += initialMarginUsd(state, accountId, market, worstLotsOf(state, row));
  }
  return locked;
}
