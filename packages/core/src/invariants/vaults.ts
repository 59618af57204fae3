// What holds of vaults: every token is somebody's, none is the vault's own, and nothing else is issued.
import { assert } from '@glasshouse/units';
import { HOUSE } from '../state/balances.js';
import type { State } from '../state/state.js';
import type { Vault } from '../state/vaults.js';

function checkVault(state: State, vault: Vault): void {
  const { vaultId, tokenAssetId, accountId } = vault;
  const { houseAtoms, customersAtoms } = state.balances.of(tokenAssetId);
  const issued = 0 - (houseAtoms[HOUSE.vaultTokens] as number);
  const escrowed = houseAtoms[HOUSE.vaultRedeems] as number;
  assert(issued === customersAtoms + escrowed, 'tokens minted − burnt = held and waiting', { vaultId, issued });
  let waiting = 0;
  let before = 0;
  for (const [waitingId, { accountId: ownerId, redeemId, tokenAtoms }] of vault.queue) {
    assert(waitingId === ownerId && tokenAtoms > 0, 'who waits has tokens that wait', { vaultId, waitingId });
    assert(redeemId > before && redeemId <= state.vaults.lastRedeemId, 'first come is first served', { redeemId });
    waiting += tokenAtoms;
    before = redeemId;
  }
  assert(waiting === escrowed, 'tokens that wait = Σ redemptions', { vaultId, waiting, escrowed });
  for (const { accountId: otherId } of state.vaults.list) {
    const held = state.balances.of(tokenAssetId).availableAtoms[otherId] as number;
    assert(held === 0, 'no vault holds tokens of a vault', { vaultId, accountId: otherId, held });
  }
  assert(state.accounts.has(accountId), 'a vault has an account', { vaultId, accountId });
}

export function checkVaults(state: State): void {
  for (const vault of state.vaults.list) checkVault(state, vault);
  for (const { assetId } of state.assets.list) {
    if (state.vaults.ofToken(assetId) !== undefined) continue;
    const { houseAtoms } = state.balances.of(assetId);
    assert(houseAtoms[HOUSE.vaultTokens] === 0, 'only vaults issue tokens', { assetId });
    assert(houseAtoms[HOUSE.vaultRedeems] === 0, 'only tokens of vaults are redeemed', { assetId });
  }
}
