// What holds of lending pools: their cash is what the claims on it leave, and what is kept of the claims is their sum.
import { assert } from '@glasshouse/units';
import { poolCash } from '../ledger/claims.js';
import { holdsClaim } from '../state/holders.js';
import type { LendingPool } from '../state/pools.js';
import type { State } from '../state/state.js';

function houseClaimsOf({ houseClaims }: LendingPool): number {
  let sum = 0;
  for (const atoms of houseClaims) sum += atoms;
  return sum;
}

/** Σ position costs: positions owe them to the pool of the settlement asset. */
function positionCosts({ accounts, positions }: State): number {
  let sum = 0;
  for (let accountId = 1; accountId <= accounts.count; accountId += 1) {
    let row = accounts.firstPosition[accountId] as number;
    for (; row !== 0; row = positions.next(row)) sum += positions.costAtoms(row);
  }
  return sum;
}

function checkCash(state: State, pool: LendingPool, costs: number): void {
  const { assetId, lentAtoms, borrowedAtoms, virtualLentAtoms, virtualBorrowedAtoms } = pool;
  const cash = poolCash(state, assetId);
  const virtual = virtualLentAtoms - virtualBorrowedAtoms;
  const claims = lentAtoms - borrowedAtoms + virtual - costs + houseClaimsOf(pool);
  assert(cash >= 0, 'pool cash ≥ 0', { assetId, cash });
  assert(cash === claims, 'pool cash = lent − borrowed + unsettled − costs + house', { assetId, cash, claims });
}

/** The cheap half: pools in which no position has a cost. */
export function checkPoolCash(state: State, pool: LendingPool): void {
  if (pool.assetId !== state.settlementAssetId) checkCash(state, pool, 0);
  else assert(poolCash(state, pool.assetId) >= 0, 'pool cash ≥ 0', { assetId: pool.assetId });
}

function checkLoans(state: State, pool: LendingPool, loanCount: Int32Array): void {
  const { assetId } = pool;
  const { loanAtoms } = state.balances.of(assetId);
  let lent = 0;
  let borrowed = 0;
  for (let accountId = 1; accountId <= state.accounts.count; accountId += 1) {
    const loan = loanAtoms[accountId] as number;
    if (loan > 0) lent += loan;
    else borrowed -= loan;
    if (loan < 0) (loanCount[accountId] as number) += 1;
  }
  assert(lent === pool.lentAtoms, 'the kept sum of lends is their sum', { assetId, lent, kept: pool.lentAtoms });
  const kept = pool.borrowedAtoms;
  assert(borrowed === kept, 'the kept sum of borrows is their sum', { assetId, borrowed, kept });
}

function checkVirtual({ unsettled, accounts }: State, pool: LendingPool): void {
  let lent = 0;
  let borrowed = 0;
  for (let accountId = 1; accountId <= accounts.count; accountId += 1) {
    const atoms = unsettled.atoms[accountId] as number;
    if (atoms > 0) lent += atoms;
    else borrowed -= atoms;
  }
  const kept = { lent: pool.virtualLentAtoms, borrowed: pool.virtualBorrowedAtoms };
  assert(lent === kept.lent, 'virtual lends = Σ unsettled profit', { lent, kept: kept.lent });
  assert(borrowed === kept.borrowed, 'virtual borrows = Σ unsettled loss', { borrowed, kept: kept.borrowed });
}

function checkAccount(state: State, accountId: number, loanCount: Int32Array): void {
  const counted = state.accounts.loanCount[accountId];
  assert(counted === loanCount[accountId], 'an account counts its debts', { accountId, counted });
  const swept = state.holders.has(accountId);
  assert(swept === holdsClaim(state, accountId), 'interest is posted to who has a claim', { accountId, swept });
}

export function checkPools(state: State): void {
  const { pools, settlementAssetId, accounts } = state;
  const loanCount = new Int32Array(accounts.count + 1);
  for (const pool of pools) {
    if (pool === undefined) continue;
    const settles = pool.assetId === settlementAssetId;
    checkLoans(state, pool, loanCount);
    if (settles) checkVirtual(state, pool);
    checkCash(state, pool, settles ? positionCosts(state) : 0);
  }
  for (let accountId = 1; accountId <= accounts.count; accountId += 1) checkAccount(state, accountId, loanCount);
}
