// What a trade leaves behind beside its settlement: volume that counts towards the fee tier, and the referrer's share of the fee.
import { MARKET_KIND } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { changeUnsettled, claimForHouse } from '../ledger/claims.js';
import { payFromHouse } from '../ledger/ledger.js';
import { assetUnits } from '../margin/account.js';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import { HOUSE } from '../state/balances.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

const DAY_US = 86_400_000_000;
const MICRO_USD = 1_000_000;

export function countVolume(state: State, market: Market, accountId: number, quoteAtoms: Atoms): void {
  const quote = state.assets.list[market.quoteAssetId - 1] as Asset;
  const microUsd = Math.floor((quoteAtoms / assetUnits(quote)) * usdPriceOf(state, quote.assetId) * MICRO_USD);
  const customerId = state.accounts.customerId[accountId] as number;
  state.volumes.add(customerId, microUsd, Math.floor(state.timeUs / DAY_US));
}

/** Out of what the house has earned of this fill, down to a whole atom. Rebates share nothing. */
export function payReferrer(state: State, market: Market, accountId: number, earnedAtoms: number): void {
  const customerId = state.accounts.customerId[accountId] as number;
  const referrer = state.customers.referrerAccountId[customerId] as number;
  if (referrer === 0) return;
  const share = Math.floor(earnedAtoms * state.risk.referralShare) as Atoms;
  if (share <= 0) return;
  const assetId = market.quoteAssetId;
  if (market.kind === MARKET_KIND.perp) {
    claimForHouse(state, assetId, HOUSE.fees, -share);
    changeUnsettled(state, referrer, share);
  } else {
    payFromHouse(state, referrer, assetId, HOUSE.fees, share);
  }
  state.scope.emit?.({
    kind: 'referralPaid',
    referrerAccountId: referrer,
    customerId,
    marketId: market.marketId,
    assetId,
    quantityAtoms: share,
  });
}
