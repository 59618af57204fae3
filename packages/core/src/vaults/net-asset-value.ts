// What a vault's tokens are worth: all that its account has at full price, less what it owes, in the asset that is paid in and out.
// Weights would be wrong here: who pays in below the full price takes from those who are in.
//   nav = equity / tokens in circulation, 1 where there are none        twap = mean of the samples over the window
//   paid to mint: max(nav, twap)        paid for one redeemed: min(nav, twap)
import { worthUsd } from '../liquidation/worth.js';
import { assetUnits, heldAtoms } from '../margin/account.js';
import { assetIsPriced } from '../prices/asset-sample.js';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import { HOUSE } from '../state/balances.js';
import type { State } from '../state/state.js';
import type { Vault } from '../state/vaults.js';
import { twapOf } from './samples.js';

/** In units of the deposit asset. */
export type Valuation = { readonly equity: number; readonly nav: number; readonly twapNav: number };

export const tokenOf = ({ assets }: State, { tokenAssetId }: Vault): Asset => assets.list[tokenAssetId - 1] as Asset;
const depositOf = ({ assets }: State, vault: Vault): Asset => assets.list[vault.depositAssetId - 1] as Asset;

/** Tokens in circulation, those that wait to be redeemed among them. */
export function supplyOf({ balances }: State, { tokenAssetId }: Vault): number {
  return 0 - (balances.of(tokenAssetId).houseAtoms[HOUSE.vaultTokens] as number);
}

/** Without an index and no collateral, an asset's dollar is nobody's word. Tokens of vaults have an index that never speaks. */
const counts = ({ collateral, index }: Asset): boolean => collateral !== undefined || index !== undefined;

/** False while a price that the equity takes stands on too few sources. */
function isPriced(state: State, { accountId, depositAssetId }: Vault): boolean {
  const { assets, balances, accounts, positions, markets, vaults } = state;
  if (!assetIsPriced(state, depositAssetId)) return false;
  for (const asset of assets.list) {
    const { assetId } = asset;
    const loan = balances.of(assetId).loanAtoms[accountId] as number;
    const has = loan !== 0 || heldAtoms(state, accountId, assetId) !== 0;
    if (has && vaults.ofToken(assetId) === undefined && !assetIsPriced(state, assetId)) return false;
  }
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    const prices = markets.list[positions.marketId(row) - 1]?.prices;
    if (positions.sizeLots(row) !== 0 && prices?.indexLive !== true) return false;
  }
  return true;
}

/** To the nearest atom, so that what sums of doubles leave behind it is nobody's. */
export function equityOf(state: State, vault: Vault): number {
  const units = assetUnits(depositOf(state, vault));
  const equity = worthUsd(state, vault.accountId, counts) / usdPriceOf(state, vault.depositAssetId);
  return Math.round(equity * units) / units;
}

/** Undefined while it cannot be told. */
export function valuationOf(state: State, vault: Vault): Valuation | undefined {
  if (!isPriced(state, vault)) return undefined;
  const equity = equityOf(state, vault);
  const supply = supplyOf(state, vault);
  if (supply === 0) return { equity, nav: equity < 0 ? 0 : 1, twapNav: 1 };
  const nav = equity / (supply / assetUnits(tokenOf(state, vault)));
  return { equity, nav, twapNav: twapOf(vault.samples, state.timeUs, vault.terms.navWindowMs) ?? nav };
}

export const mintNavOf = ({ nav, twapNav }: Valuation): number => Math.max(nav, twapNav);
export const redeemNavOf = ({ nav, twapNav }: Valuation): number => Math.min(nav, twapNav);

/** Atoms of the deposit asset for one of the token. */
export function atomRatio(state: State, vault: Vault, nav: number): number {
  return (nav * assetUnits(depositOf(state, vault))) / assetUnits(tokenOf(state, vault));
}
