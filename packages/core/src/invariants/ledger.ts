// What holds in the ledger: nothing is created, nothing is below zero, and what is set apart is what it is set apart for.
import { assert, MAX_SAFE } from '@glasshouse/units';
import { type AssetBalances, HOUSE } from '../state/balances.js';
import type { State } from '../state/state.js';
import type { LockedByOrders } from './books.js';

/** Σ house + customers = 0 per asset, because the chain account is minus what came in. */
export function checkConservation(balances: AssetBalances, assetId: number): void {
  const { houseAtoms, customersAtoms } = balances;
  let sum = customersAtoms;
  for (const atoms of houseAtoms) sum += atoms;
  if (sum !== 0) assert(false, 'accounts + house = deposits − withdrawals', { assetId, customersAtoms, sum });
}

function checkAccountSums(state: State, balances: AssetBalances, assetId: number): void {
  let total = 0;
  for (let accountId = 1; accountId <= state.accounts.count; accountId += 1) {
    const available = balances.availableAtoms[accountId] as number;
    const locked = balances.lockedAtoms[accountId] as number;
    assert(available >= 0 && locked >= 0, 'no account below zero', { assetId, accountId, available, locked });
    total += available + locked;
  }
  assert(total <= MAX_SAFE, 'what is owed fits a safe integer', { assetId, total });
  assert(total === balances.customersAtoms, 'the kept total is the sum of accounts', { assetId, total });
}

function checkLocked(state: State, balances: AssetBalances, assetId: number, locked: LockedByOrders): void {
  for (let accountId = 1; accountId <= state.accounts.count; accountId += 1) {
    const needed = locked.of(accountId, assetId);
    const held = balances.lockedAtoms[accountId] as number;
    assert(held === needed, 'locked = what open orders need', { accountId, assetId, held, needed });
  }
}

function checkPendingWithdrawals(state: State, balances: AssetBalances, assetId: number): void {
  let pending = 0;
  for (const withdrawal of state.pendingWithdrawals.values()) {
    if (withdrawal.assetId === assetId) pending += withdrawal.quantityAtoms;
  }
  const held = balances.houseAtoms[HOUSE.withdrawals];
  assert(held === pending, 'the withdrawals account = what is on its way', { assetId, held, pending });
}

export function checkLedger(state: State, locked: LockedByOrders): void {
  state.balances.assets.forEach((balances, index) => {
    const assetId = index + 1;
    checkLocked(state, balances, assetId, locked);
    checkPendingWithdrawals(state, balances, assetId);
    checkConservation(balances, assetId);
    checkAccountSums(state, balances, assetId);
  });
}
