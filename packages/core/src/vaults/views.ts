import type { VaultNavView, VaultRedeemView, VaultView } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import { marginTermsOf } from '../margin/account.js';
import { usdPriceOf } from '../prices/usd.js';
import { HOUSE } from '../state/balances.js';
import type { State } from '../state/state.js';
import type { Vault } from '../state/vaults.js';
import { equityOf, mintNavOf, redeemNavOf, supplyOf, valuationOf } from './net-asset-value.js';
import { redeemViewOf, UNPAID } from './redeem.js';

export function vaultViewOf(vault: Vault): VaultView {
  const { vaultId, accountId, tokenAssetId, depositAssetId, tokenStepAtoms, createdUs, terms } = vault;
  return { vaultId, accountId, tokenAssetId, depositAssetId, tokenStepAtoms, createdUs, ...terms };
}

export function vaultViews({ vaults }: State): VaultView[] {
  return vaults.list.map(vaultViewOf);
}

const atLeastZero = (usd: number): number => (Number.isFinite(usd) ? usd : 0);

/** Undefined for a vault that is none. */
export function vaultNavView(state: State, vaultId: number): VaultNavView | undefined {
  const vault = state.vaults.get(vaultId);
  if (vault === undefined) return undefined;
  const valued = valuationOf(state, vault);
  const { houseAtoms } = state.balances.of(vault.tokenAssetId);
  const price = usdPriceOf(state, vault.depositAssetId);
  return {
    vaultId,
    nav: valued?.nav,
    twapNav: valued?.twapNav,
    mintNav: valued && mintNavOf(valued),
    redeemNav: valued && redeemNavOf(valued),
    vaultEquity: atLeastZero(valued?.equity ?? equityOf(state, vault)),
    netEquity: atLeastZero(marginTermsOf(state, vault.accountId).netEquityUsd / price),
    supplyAtoms: supplyOf(state, vault) as Atoms,
    redeemingAtoms: houseAtoms[HOUSE.vaultRedeems] as Atoms,
    sampledUs: vault.samples.at(-1)?.timeUs ?? (0 as TimeUs),
  };
}

/** In the order in which they will be paid. */
export function pendingRedeemViews(state: State, vaultId: number): VaultRedeemView[] {
  const vault = state.vaults.get(vaultId);
  if (vault === undefined) return [];
  return [...vault.queue.values()].map((queued) => redeemViewOf(vault, queued, { status: 'requested', ...UNPAID }));
}
