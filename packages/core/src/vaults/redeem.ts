// Tokens that wait to be paid: they leave the account and stay in circulation until the vault has paid for them.
import type { VaultRedeem, VaultRedeemCancel, VaultRedeemView } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { availableAtoms, payFromHouse, payHouse } from '../ledger/ledger.js';
import { assetAtoms } from '../state/asset-amount.js';
import { HOUSE } from '../state/balances.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { assetText, decimalText } from '../state/texts.js';
import type { QueuedRedeem, Vault } from '../state/vaults.js';
import { supplyOf, tokenOf, type Valuation, valuationOf } from './net-asset-value.js';
import { vaultRefusal } from './refusals.js';

type Outcome = Pick<VaultRedeemView, 'status' | 'quantityAtoms' | 'nav'>;

export function redeemViewOf({ vaultId }: Vault, queued: QueuedRedeem, outcome: Outcome): VaultRedeemView {
  return { vaultId, ...queued, ...outcome };
}

export function announceRedeem(
  state: State,
  vault: Vault,
  redeem: VaultRedeemView,
  valued: Valuation | undefined,
): void {
  state.scope.emit?.({
    kind: 'vaultRedeemChanged',
    redeem,
    supplyAtoms: supplyOf(state, vault) as Atoms,
    valued: valued && { nav: valued.nav, twapNav: valued.twapNav, vaultEquity: valued.equity },
  });
}

export const UNPAID = { quantityAtoms: 0 as Atoms, nav: 0 } as const;

/** Tokens as asked for; undefined after a reject. All that the account has are redeemed whatever their number. */
function tokensOf(state: State, vault: Vault, command: VaultRedeem): Atoms | undefined {
  const { tokenAssetId, tokenStepAtoms, terms } = vault;
  const text = (atoms: number): string => assetText(state, tokenAssetId, atoms);
  const token = tokenOf(state, vault);
  const available = availableAtoms(state, state.scope.accountId, tokenAssetId);
  const { tokenQuantity } = command;
  const atoms = tokenQuantity === undefined ? available : assetAtoms(state, token, tokenQuantity);
  if (atoms === undefined) return undefined;
  const quantity = tokenQuantity === undefined ? text(atoms) : decimalText(tokenQuantity.digits, tokenQuantity.scale);
  if (atoms !== available && atoms % tokenStepAtoms !== 0) {
    return void reject(state, 'quantityNotOnStep', { quantity, stepSize: text(tokenStepAtoms) });
  }
  if (atoms < available && atoms < terms.minRedeemAtoms) {
    return void reject(state, 'quantityBelowMinimum', { quantity, minQuantity: text(terms.minRedeemAtoms) });
  }
  const pending = vault.queue.get(state.scope.accountId);
  if (pending !== undefined) {
    const { redeemId } = pending;
    return void reject(state, 'redeemPending', { vaultId: vault.vaultId, redeemId });
  }
  if (atoms <= available && atoms > 0) return atoms;
  return void reject(state, 'insufficientFunds', {
    asset: token.symbol,
    required: quantity,
    available: text(available),
  });
}

export function requestRedeem(state: State, command: VaultRedeem): void {
  const { scope, vaults } = state;
  const { vaultId } = command;
  const vault = vaults.get(vaultId);
  if (vault === undefined) return reject(state, 'vaultUnknown', { vaultId });
  const closed = vaultRefusal(state, vault, vault.terms.redeemsEnabled, valuationOf(state, vault));
  if (closed !== undefined) return reject(state, closed.reason, closed.details);
  const tokenAtoms = tokensOf(state, vault, command);
  if (tokenAtoms === undefined) return;
  payHouse(state, scope.accountId, vault.tokenAssetId, HOUSE.vaultRedeems, tokenAtoms);
  vaults.lastRedeemId += 1;
  const { accountId, timeUs: requestedUs } = scope;
  const queued: QueuedRedeem = { redeemId: vaults.lastRedeemId, accountId, tokenAtoms, requestedUs };
  vault.queue.set(accountId, queued);
  announceRedeem(state, vault, redeemViewOf(vault, queued, { status: 'requested', ...UNPAID }), undefined);
}

export function cancelRedeem(state: State, { vaultId }: VaultRedeemCancel): void {
  const { accountId } = state.scope;
  const vault = state.vaults.get(vaultId);
  if (vault === undefined) return reject(state, 'vaultUnknown', { vaultId });
  const queued = vault.queue.get(accountId);
  if (queued === undefined) return reject(state, 'redeemUnknown', { vaultId, accountId });
  vault.queue.delete(accountId);
  payFromHouse(state, accountId, vault.tokenAssetId, HOUSE.vaultRedeems, queued.tokenAtoms);
  announceRedeem(state, vault, redeemViewOf(vault, queued, { status: 'cancelled', ...UNPAID }), undefined);
}
