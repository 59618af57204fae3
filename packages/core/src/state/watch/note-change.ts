// What can bring an account nearer to its liquidation without any price moving. Whoever writes balances, claims or positions says so
// here; what is not said is not seen before a price has moved far.
import type { State } from '../state.js';

/**
 * The account has so many atoms more of the asset, or fewer (negative), held, lent or claimed. The settlement asset counts in
 * full at any size, so gains and losses in it add up; more of any other asset never makes an account worse, and is of interest
 * for those alone that are watched closely.
 */
export function noteMoney(
  { watch, settlementAssetId }: State,
  accountId: number,
  assetId: number,
  atoms: number,
): void {
  if (assetId === settlementAssetId) watch.slack.shift(accountId, atoms);
  else if (atoms < 0) watch.slack.disturb(accountId);
  else watch.slack.shift(accountId, 0);
}

/** A size, a debt, or whether there is anything to lose. */
export function noteStake({ watch }: State, accountId: number): void {
  watch.slack.disturb(accountId);
}
