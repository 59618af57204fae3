// Vaults as REST shows them. What a token is worth is a real number; what there is of it is counted.
import type { Vault, VaultHistory, VaultNav, VaultRedeem, VaultRedeemStatus, VaultStanding } from '@glasshouse/api';
import type { AssetView, VaultNavView, VaultRedeemView, VaultView } from '@glasshouse/protocol';
import { assetQuantity, unitsOf } from '../exchange/listing.js';
import type { VaultRow } from '../vault-port.js';
import { priceText, usdText } from './real-number.js';
import { isoDateTime, milliseconds } from './times.js';

/** A vault with the asset that is paid in and out, and its token. */
export type ListedVault = { readonly vault: VaultView; readonly deposit: AssetView; readonly token: AssetView };

/** Rounded down: so much is taken. */
function remainingMint({ vault, deposit, token }: ListedVault, standing: VaultNavView): string | null {
  if (!vault.mintsEnabled) return '0';
  const { mintNav, supplyAtoms } = standing;
  if (mintNav === undefined) return null;
  const tokens = Math.max(0, vault.tokenCapAtoms - supplyAtoms) / unitsOf(token.decimals);
  const atoms = Math.floor(tokens * mintNav * unitsOf(deposit.decimals));
  return assetQuantity(deposit, Math.min(Math.max(0, atoms), Number.MAX_SAFE_INTEGER));
}

export function vaultAnswer(listed: ListedVault, standing: VaultNavView): Vault {
  const { vault, deposit, token } = listed;
  return {
    id: vault.vaultId,
    minMintQuantity: assetQuantity(deposit, vault.minMintAtoms),
    minRedeemTokens: assetQuantity(token, vault.minRedeemAtoms),
    mintsEnabled: vault.mintsEnabled,
    redeemDelayMs: vault.redeemDelayMs,
    redeemsEnabled: vault.redeemsEnabled,
    remainingMintQuantity: remainingMint(listed, standing),
    symbol: deposit.symbol,
    tokenStepSize: assetQuantity(token, vault.tokenStepAtoms),
    vaultToken: token.symbol,
  };
}

const lastSample = ({ sampledUs }: VaultNavView): number | null => (sampledUs === 0 ? null : milliseconds(sampledUs));

const navText = (nav: number | undefined): string | null => (nav === undefined ? null : priceText(nav));

export function vaultStanding({ vault, deposit, token }: ListedVault, standing: VaultNavView): VaultStanding {
  return {
    id: vault.vaultId,
    lastCrankTimestamp: lastSample(standing),
    mintNav: navText(standing.mintNav),
    nav: navText(standing.nav),
    netEquity: usdText(standing.netEquity),
    redeemNav: navText(standing.redeemNav),
    redeemingTokens: assetQuantity(token, standing.redeemingAtoms),
    symbol: deposit.symbol,
    tokenCirculatingSupply: assetQuantity(token, standing.supplyAtoms),
    twapNav: navText(standing.twapNav),
    vaultEquity: usdText(standing.vaultEquity),
    vaultToken: token.symbol,
  };
}

/** Undefined while a token cannot be valued. */
export function vaultNavAnswer({ token }: ListedVault, standing: VaultNavView): VaultNav | undefined {
  const { nav, twapNav, mintNav, redeemNav } = standing;
  if (nav === undefined || twapNav === undefined || mintNav === undefined || redeemNav === undefined) return undefined;
  return {
    lastCrankTimestamp: lastSample(standing),
    mintNav: priceText(mintNav),
    nav: priceText(nav),
    netEquity: usdText(standing.netEquity),
    redeemNav: priceText(redeemNav),
    tokenCirculatingSupply: assetQuantity(token, standing.supplyAtoms),
    twapNav: priceText(twapNav),
    vaultEquity: usdText(standing.vaultEquity),
  };
}

const STATUS: Readonly<Record<VaultRedeemView['status'], VaultRedeemStatus>> = {
  requested: 'Requested',
  redeemed: 'Redeemed',
  cancelled: 'Cancelled',
};

export function redeemAnswer({ deposit, token }: ListedVault, redeem: VaultRedeemView): VaultRedeem {
  const isPaid = redeem.status === 'redeemed';
  return {
    id: String(redeem.redeemId),
    nav: isPaid ? priceText(redeem.nav) : null,
    quantity: isPaid ? assetQuantity(deposit, redeem.quantityAtoms) : null,
    reason: null,
    status: STATUS[redeem.status],
    symbol: deposit.symbol,
    timestamp: milliseconds(redeem.requestedUs),
    vaultId: redeem.vaultId,
    vaultToken: token.symbol,
    vaultTokenQuantity: assetQuantity(token, redeem.tokenAtoms),
  };
}

export function vaultHistoryAnswer({ vault, token }: ListedVault, row: VaultRow): VaultHistory {
  return {
    nav: priceText(row.nav),
    timestamp: isoDateTime(row.timeUs),
    tokenCirculatingSupply: assetQuantity(token, row.supplyAtoms),
    vaultEquity: usdText(row.vaultEquity),
    vaultId: vault.vaultId,
  };
}
