// Who may agree on a price with somebody else, away from the book.
import { ownerMayTrade } from '../orders/place.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';

/** A quote may be at any price, and its two parties may know each other: what a vault has would leave it that way. */
export function mayAgree(state: State, accountId: number): boolean {
  if (!ownerMayTrade(state, accountId)) return false;
  if (state.vaults.ofAccount(accountId) === undefined) return true;
  reject(state, 'accountIsVault', { accountId });
  return false;
}
