// Paying into a vault. The tokens are whole steps, what they cost is rounded up, and no more than that is taken: what is over stays
// with who pays.
import type { VaultMint } from '@glasshouse/protocol';
import { type Atoms, MAX_SAFE } from '@glasshouse/units';
import { availableAtoms, pay, payFromHouse } from '../ledger/ledger.js';
import { spendableAtoms } from '../lending/available.js';
import { noteCredit } from '../lending/idle.js';
import { drawRefusal, type Refusal, symbolOf } from '../lending/limits.js';
import { borrow, redeem } from '../lending/loans.js';
import { lossRefusal, marginRefusal, type Shift, shiftDebt, shiftHolding, unpricedRefusal } from '../lending/margin.js';
import { assetAtoms, listedAsset } from '../state/asset-amount.js';
import type { Asset } from '../state/assets.js';
import { HOUSE } from '../state/balances.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { assetText } from '../state/texts.js';
import type { Vault } from '../state/vaults.js';
import { atomRatio, mintNavOf, supplyOf, type Valuation, valuationOf } from './net-asset-value.js';
import { outsiderRefusal, vaultRefusal } from './refusals.js';

/** What is bought, and what of its price is available, lent or borrowed. */
type Purchase = { readonly tokenAtoms: Atoms; readonly paidAtoms: Atoms };
type Draw = { readonly redeem: Atoms; readonly borrow: Atoms };

/** The most whole steps whose cost, rounded up, is no more than is offered. */
function purchaseFor(offeredAtoms: number, ratio: number, stepAtoms: number): Purchase {
  const costOf = (tokens: number): number => Math.ceil(tokens * ratio);
  const most = Math.floor(MAX_SAFE / stepAtoms);
  let tokens = Math.min(most, Math.floor(offeredAtoms / ratio / stepAtoms) + 1) * stepAtoms;
  while (tokens > 0 && costOf(tokens) > offeredAtoms) tokens -= stepAtoms;
  return { tokenAtoms: tokens as Atoms, paidAtoms: costOf(tokens) as Atoms };
}

function capRefusal(state: State, vault: Vault, tokenAtoms: number): Refusal | undefined {
  const { vaultId, tokenAssetId, terms } = vault;
  const left = Math.max(0, terms.tokenCapAtoms - supplyOf(state, vault));
  if (tokenAtoms <= left) return undefined;
  const details = { vaultId, available: assetText(state, tokenAssetId, left) };
  return { reason: 'vaultCap', details: { ...details, cap: assetText(state, tokenAssetId, terms.tokenCapAtoms) } };
}

function belowMinimum(state: State, { depositAssetId }: Vault, atoms: number, minimum: number): Refusal {
  const quantity = assetText(state, depositAssetId, atoms);
  return {
    reason: 'quantityBelowMinimum',
    details: { quantity, minQuantity: assetText(state, depositAssetId, minimum) },
  };
}

/** As a Borrow does, what is lent of the asset is redeemed before any is borrowed. */
function drawFor(state: State, accountId: number, assetId: number, paidAtoms: number): Draw {
  const missing = Math.max(0, paidAtoms - availableAtoms(state, accountId, assetId));
  const lent = Math.max(0, state.balances.of(assetId).loanAtoms[accountId] as number);
  const redeemed = Math.min(missing, lent);
  return { redeem: redeemed as Atoms, borrow: (missing - redeemed) as Atoms };
}

function borrowedRefusal(state: State, accountId: number, assetId: number, paidAtoms: number): Refusal | undefined {
  const draw = drawFor(state, accountId, assetId, paidAtoms);
  const shift: Shift = { equityUsd: 0, marginUsd: 0 };
  shiftHolding(shift, state, accountId, assetId, draw.borrow - paidAtoms);
  shiftDebt(shift, state, accountId, assetId, draw.borrow);
  return (
    drawRefusal(state, { accountId, assetId, ...draw }) ??
    marginRefusal(state, accountId, shift) ??
    unpricedRefusal(state, assetId)
  );
}

/** Why the account cannot pay so much. */
function paymentRefusal(state: State, command: VaultMint, assetId: number, paidAtoms: number): Refusal | undefined {
  const { accountId } = state.scope;
  const redeems = command.autoLendRedeem !== false;
  const have = redeems ? spendableAtoms(state, accountId, assetId) : availableAtoms(state, accountId, assetId);
  if (paidAtoms <= have) return lossRefusal(state, accountId, assetId, paidAtoms);
  if (command.autoBorrow === true) return borrowedRefusal(state, accountId, assetId, paidAtoms);
  const required = assetText(state, assetId, paidAtoms);
  const details = { asset: symbolOf(state, assetId), required, available: assetText(state, assetId, have) };
  return { reason: 'insufficientFunds', details };
}

function refusalOf(state: State, vault: Vault, command: VaultMint, bought: Purchase): Refusal | undefined {
  return (
    capRefusal(state, vault, bought.tokenAtoms) ??
    paymentRefusal(state, command, vault.depositAssetId, bought.paidAtoms)
  );
}

function mint(state: State, vault: Vault, { tokenAtoms, paidAtoms }: Purchase, valued: Valuation): void {
  const { accountId } = state.scope;
  const { vaultId, depositAssetId, tokenAssetId } = vault;
  const draw = drawFor(state, accountId, depositAssetId, paidAtoms);
  const movement = { accountId, assetId: depositAssetId, source: 'transfer' } as const;
  if (draw.redeem > 0) redeem(state, { ...movement, atoms: draw.redeem });
  if (draw.borrow > 0) borrow(state, { ...movement, atoms: draw.borrow });
  pay(state, accountId, vault.accountId, depositAssetId, paidAtoms);
  noteCredit(state, vault.accountId, depositAssetId, paidAtoms);
  payFromHouse(state, accountId, tokenAssetId, HOUSE.vaultTokens, tokenAtoms);
  state.scope.emit?.({
    kind: 'vaultMinted',
    vaultId,
    accountId,
    quantityAtoms: paidAtoms,
    tokenAtoms,
    supplyAtoms: supplyOf(state, vault) as Atoms,
    nav: valued.nav,
    twapNav: valued.twapNav,
    vaultEquity: valued.equity,
  });
}

/** The quantity in atoms; undefined after a reject. */
function offeredAtoms(state: State, vault: Vault, asset: Asset, { quantity }: VaultMint): Atoms | undefined {
  if (asset.assetId !== vault.depositAssetId) {
    const expected = symbolOf(state, vault.depositAssetId);
    return void reject(state, 'parameterConflict', { problem: `the vault takes ${expected}` });
  }
  const atoms = assetAtoms(state, asset, quantity);
  if (atoms === undefined || atoms >= vault.terms.minMintAtoms) return atoms;
  const refusal = belowMinimum(state, vault, atoms, vault.terms.minMintAtoms);
  return void reject(state, refusal.reason, refusal.details);
}

export function mintTokens(state: State, command: VaultMint): void {
  const { vaultId } = command;
  const outsider = outsiderRefusal(state);
  if (outsider !== undefined) return reject(state, outsider.reason, outsider.details);
  const asset = listedAsset(state, command.symbol);
  if (asset === undefined) return;
  const vault = state.vaults.get(vaultId);
  if (vault === undefined) return reject(state, 'vaultUnknown', { vaultId });
  const valued = valuationOf(state, vault);
  const closed = vaultRefusal(state, vault, vault.terms.mintsEnabled, valued);
  if (closed !== undefined) return reject(state, closed.reason, closed.details);
  const atoms = offeredAtoms(state, vault, asset, command);
  if (atoms === undefined) return;
  if (valued === undefined) return reject(state, 'priceUnknown', { symbol: command.symbol });
  const ratio = atomRatio(state, vault, mintNavOf(valued));
  const bought = purchaseFor(atoms, ratio, vault.tokenStepAtoms);
  const refusal =
    bought.tokenAtoms > 0
      ? refusalOf(state, vault, command, bought)
      : belowMinimum(state, vault, atoms, Math.ceil(vault.tokenStepAtoms * ratio));
  if (refusal !== undefined) return reject(state, refusal.reason, refusal.details);
  mint(state, vault, bought, valued);
}
