// What an account is really worth: everything at its full price. Weights are a cushion for risk; who still has something is not bankrupt.
import { assetUnits, heldAtoms, liabilityInAllUsd, unrealizedPnlUsd, unsettledUsd } from '../margin/account.js';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

const everything = (): boolean => true;

/** `counts` leaves assets out of what is held. */
export function worthUsd(state: State, accountId: number, counts: (asset: Asset) => boolean = everything): number {
  const { assets, accounts, positions, markets } = state;
  let usd = unsettledUsd(state, accountId) - liabilityInAllUsd(state, accountId);
  for (const asset of assets.list) {
    const held = counts(asset) ? heldAtoms(state, accountId, asset.assetId) : 0;
    if (held !== 0) usd += (held / assetUnits(asset)) * usdPriceOf(state, asset.assetId);
  }
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    usd += unrealizedPnlUsd(state, markets.list[positions.marketId(row) - 1] as Market, row);
  }
  return usd;
}
