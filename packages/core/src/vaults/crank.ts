// What time does to vaults: each is sampled at the multiples of its interval, and then pays those who wait, first come first served.
import type { Atoms } from '@glasshouse/units';
import { moveHouse, pay } from '../ledger/ledger.js';
import { makeAvailable, spendableAtoms } from '../lending/available.js';
import { noteCredit } from '../lending/idle.js';
import { lossRefusal } from '../lending/margin.js';
import { HOUSE } from '../state/balances.js';
import { followingUs } from '../state/schedule.js';
import type { State } from '../state/state.js';
import type { QueuedRedeem, Vault } from '../state/vaults.js';
import { atomRatio, redeemNavOf, supplyOf, type Valuation, valuationOf } from './net-asset-value.js';
import { announceRedeem, redeemViewOf } from './redeem.js';
import { vaultRefusal } from './refusals.js';
import { withinWindow } from './samples.js';

const US_PER_MS = 1000;
/** No command waits for a long queue: the rest is paid after the next sample. */
const PAID_AT_ONCE = 50;

/** Nothing to sample without tokens, and nothing new to say while prices are missing. */
function sample(state: State, vault: Vault): void {
  const { timeUs } = state;
  const valued = valuationOf(state, vault);
  const supplyAtoms = supplyOf(state, vault) as Atoms;
  if (valued === undefined || supplyAtoms === 0) return;
  const kept = withinWindow(vault.samples, timeUs, vault.terms.navWindowMs);
  vault.samples = [...kept, { timeUs, nav: valued.nav }];
  const { nav, twapNav, equity: vaultEquity } = valued;
  const { vaultId } = vault;
  state.scope.emit?.({ kind: 'vaultNavSampled', vaultId, supplyAtoms, timeUs, nav, twapNav, vaultEquity });
}

/** Nobody stays behind who could be paid too little or too much: the last tokens take all that there is. */
const navFor = (valued: Valuation, isLast: boolean): number => (isLast ? valued.nav : redeemNavOf(valued));

/** The vault has it free: here, and beyond what its initial margin needs. */
function canPay(state: State, { accountId, depositAssetId }: Vault, atoms: number): boolean {
  if (atoms > spendableAtoms(state, accountId, depositAssetId)) return false;
  return lossRefusal(state, accountId, depositAssetId, atoms) === undefined;
}

/** False when it has to wait, and everybody behind it. */
function payOut(state: State, vault: Vault, queued: QueuedRedeem): boolean {
  const valued = valuationOf(state, vault);
  if (valued === undefined || vaultRefusal(state, vault, vault.terms.redeemsEnabled, valued) !== undefined)
    return false;
  const { accountId, tokenAtoms } = queued;
  const { depositAssetId, tokenAssetId } = vault;
  const isLast = tokenAtoms === supplyOf(state, vault);
  const nav = navFor(valued, isLast);
  const quantityAtoms = Math.floor(tokenAtoms * atomRatio(state, vault, nav)) as Atoms;
  if (!canPay(state, vault, quantityAtoms)) return false;
  vault.queue.delete(accountId);
  makeAvailable(state, vault.accountId, depositAssetId, quantityAtoms, 'transfer');
  pay(state, vault.accountId, accountId, depositAssetId, quantityAtoms);
  noteCredit(state, accountId, depositAssetId, quantityAtoms);
  moveHouse(state, tokenAssetId, HOUSE.vaultRedeems, HOUSE.vaultTokens, tokenAtoms);
  if (isLast) vault.samples = [];
  announceRedeem(state, vault, redeemViewOf(vault, queued, { status: 'redeemed', quantityAtoms, nav }), valued);
  return true;
}

function payQueue(state: State, vault: Vault): void {
  const dueUs = state.timeUs - vault.terms.redeemDelayMs * US_PER_MS;
  let paid = 0;
  for (const queued of vault.queue.values()) {
    if (paid === PAID_AT_ONCE || queued.requestedUs > dueUs || !payOut(state, vault, queued)) return;
    paid += 1;
  }
}

export function runVaults(state: State): void {
  for (const vault of state.vaults.list) {
    if (vault.nextSampleUs > state.timeUs) continue;
    vault.nextSampleUs = followingUs(state.timeUs, vault.terms.navSampleMs);
    sample(state, vault);
    payQueue(state, vault);
  }
}

/** Infinity without a vault. */
export function nextVaultUs({ vaults }: State): number {
  let next = Number.POSITIVE_INFINITY;
  for (const { nextSampleUs } of vaults.list) next = Math.min(next, nextSampleUs);
  return next;
}
