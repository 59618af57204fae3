// Why somebody has no part in a vault, or a vault takes nobody in or lets nobody out.
import type { Refusal } from '../lending/limits.js';
import type { State } from '../state/state.js';
import type { Vault } from '../state/vaults.js';
import { redeemNavOf, type Valuation } from './net-asset-value.js';

/** A vault owns no part of a vault, its own least of all; and who runs the venue takes no part in its markets by way of one. */
export function outsiderRefusal({ vaults, accounts, customers, scope }: State): Refusal | undefined {
  const { accountId } = scope;
  const details = { accountId };
  if (customers.isOperators[accounts.customerId[accountId] as number] === 1) {
    return { reason: 'accountIsOperators', details };
  }
  return vaults.ofAccount(accountId) === undefined ? undefined : { reason: 'accountIsVault', details };
}

/** `enabled` is what operators say of it. While the exchange acts for the vault's account nobody else moves its money. */
export function vaultRefusal(
  { liquidations }: State,
  { vaultId, accountId }: Vault,
  enabled: boolean,
  valued: Valuation | undefined,
): Refusal | undefined {
  if (!enabled) return { reason: 'vaultClosed', details: { vaultId, problem: 'disabled' } };
  if (liquidations.has(accountId)) return { reason: 'vaultClosed', details: { vaultId, problem: 'liquidating' } };
  if (valued === undefined || redeemNavOf(valued) > 0) return undefined;
  return { reason: 'vaultWorthless', details: { vaultId, nav: valued.nav, twapNav: valued.twapNav } };
}
