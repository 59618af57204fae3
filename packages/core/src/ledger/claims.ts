// Claims on a lending pool: loans of accounts, and profit and loss that is no cash yet. Interest on a claim gathers in fractions
// beside it, and becomes part of it when it is posted.
import type { LendingTerms } from '@glasshouse/protocol';
import { type Atoms, assert, checkedAdd } from '@glasshouse/units';
import { type AssetBalances, HOUSE, type HouseAccount } from '../state/balances.js';
import { noteExposure } from '../state/exposure.js';
import { noteHolder, noteLoan } from '../state/holders.js';
import type { LendingPool } from '../state/pools.js';
import type { State } from '../state/state.js';
import { noteMoney, noteStake } from '../state/watch/note-change.js';
import { payFromHouse, payHouse, touchBalance, touchClaim } from './ledger.js';
import { borrowRateAt, lendRateAt, startOfMinute, utilizationOf } from './rates.js';

const YEAR_US = 365 * 86_400 * 1_000_000;

/** Announces the pool at the end of the command. */
export function touchPool({ scope }: State, pool: LendingPool): void {
  if (scope.emit === undefined || pool.touchedBy === scope.commandNumber) return;
  pool.touchedBy = scope.commandNumber;
  scope.touchPool(pool.assetId);
}

export function poolOf(state: State, assetId: number): LendingPool {
  const pool = state.pools[assetId - 1];
  assert(pool !== undefined, 'only a lendable asset has claims', { assetId });
  return pool;
}

function termsOf(state: State, assetId: number): LendingTerms {
  return state.assets.list[assetId - 1]?.lending as LendingTerms;
}

/** One step of the borrow index. The carry takes what rounding left out: index + carry is the exact sum. */
function stepBorrowIndex(pool: LendingPool, interest: number): void {
  const step = interest + pool.borrowIndexCarry;
  const index = pool.borrowIndex + step;
  pool.borrowIndexCarry = step - (index - pool.borrowIndex);
  pool.borrowIndex = index;
}

function stepLendIndex(pool: LendingPool, interest: number): void {
  const step = interest + pool.lendIndexCarry;
  const index = pool.lendIndex + step;
  pool.lendIndexCarry = step - (index - pool.lendIndex);
  pool.lendIndex = index;
}

/** Carries the pool's indexes on to now, and the throttle's minute: called before anything changes how utilised it is. */
export function accruePool(state: State, pool: LendingPool): void {
  touchPool(state, pool);
  const years = (state.timeUs - pool.accruedUs) / YEAR_US;
  if (years === 0) return;
  const utilization = utilizationOf(pool);
  if (pool.accruedUs !== 0) {
    const terms = termsOf(state, pool.assetId);
    stepBorrowIndex(pool, borrowRateAt(terms, utilization) * years);
    stepLendIndex(pool, lendRateAt(terms, utilization) * years);
  }
  pool.accruedUs = state.timeUs;
  const minute = startOfMinute(state.timeUs);
  if (minute === pool.minuteStartUs) return;
  pool.minuteStartUs = minute;
  pool.minuteUtilization = utilization;
}

/** Fractions of atoms: the only amounts that are not whole, and no money until they are posted. */
function gathered(pool: LendingPool, atoms: number, indexAt: number): number {
  return atoms * ((atoms > 0 ? pool.lendIndex : pool.borrowIndex) - indexAt);
}

const indexFor = (pool: LendingPool, atoms: number): number => (atoms > 0 ? pool.lendIndex : pool.borrowIndex);

/** Brings the interest that has gathered on an account's loan up to now. */
export function accrueLoan(state: State, accountId: number, assetId: number): void {
  const pool = poolOf(state, assetId);
  accruePool(state, pool);
  const balances = state.balances.of(assetId);
  const atoms = balances.loanAtoms[accountId] as number;
  if (atoms === 0) return;
  (balances.accruedAtoms[accountId] as number) += gathered(pool, atoms, balances.loanIndex[accountId] as number);
  balances.loanIndex[accountId] = indexFor(pool, atoms);
}

function bookLoan(state: State, pool: LendingPool, balances: AssetBalances, accountId: number, after: number): void {
  const before = balances.loanAtoms[accountId] as number;
  if (before * after < 0) assert(false, 'an asset is not lent and borrowed at once', { accountId, before, after });
  pool.lentAtoms = checkedAdd(pool.lentAtoms, Math.max(0, after) - Math.max(0, before));
  pool.borrowedAtoms = checkedAdd(pool.borrowedAtoms, Math.max(0, -after) - Math.max(0, -before));
  balances.loanAtoms[accountId] = after;
  balances.loanIndex[accountId] = indexFor(pool, after);
  if (after < 0 && after < before) noteStake(state, accountId);
  else noteMoney(state, accountId, pool.assetId, after - before);
  if ((after === 0) !== (before === 0)) noteLoan(state, accountId, pool.assetId);
  if (after < 0 !== before < 0) {
    (state.accounts.loanCount[accountId] as number) += after < 0 ? 1 : -1;
    noteExposure(state, accountId);
  }
}

/** Adds to what the account has lent (or owes, negative). Crosses zero in no single step. */
export function changeLoan(state: State, accountId: number, assetId: number, atoms: number): void {
  accrueLoan(state, accountId, assetId);
  const balances = state.balances.of(assetId);
  const after = checkedAdd(balances.loanAtoms[accountId] as number, atoms);
  bookLoan(state, poolOf(state, assetId), balances, accountId, after);
  touchBalance(state, accountId, assetId);
}

/** Available → pool: lends, or repays what is owed. */
export function payPool(state: State, accountId: number, assetId: number, atoms: Atoms): void {
  payHouse(state, accountId, assetId, HOUSE.lendingPool, atoms);
  changeLoan(state, accountId, assetId, atoms);
}

/** Pool → available: redeems, or borrows. The pool's cash is there: callers have checked it. */
export function drawPool(state: State, accountId: number, assetId: number, atoms: Atoms): void {
  takeCash(state, assetId, atoms);
  payFromHouse(state, accountId, assetId, HOUSE.lendingPool, atoms);
  changeLoan(state, accountId, assetId, -atoms);
}

export function poolCash(state: State, assetId: number): Atoms {
  return state.balances.of(assetId).houseAtoms[HOUSE.lendingPool] as Atoms;
}

function takeCash(state: State, assetId: number, atoms: Atoms): void {
  const cash = poolCash(state, assetId);
  if (!(atoms >= 0 && cash >= atoms)) assert(false, 'pool cash ≥ 0', { assetId, cash, atoms });
}

/** Brings the interest that has gathered on unsettled profit or loss up to now. */
export function accrueUnsettled(state: State, accountId: number): void {
  const { unsettled, settlementAssetId } = state;
  const pool = poolOf(state, settlementAssetId);
  accruePool(state, pool);
  const atoms = unsettled.atoms[accountId] as number;
  if (atoms === 0) return;
  (unsettled.accruedAtoms[accountId] as number) += gathered(pool, atoms, unsettled.indexAt[accountId] as number);
  unsettled.indexAt[accountId] = indexFor(pool, atoms);
}

/** Adds profit (or loss, negative) that is no cash yet. Who changes it says where the other side is: a cost, a fee, cash. */
export function changeUnsettled(state: State, accountId: number, atoms: number): void {
  accrueUnsettled(state, accountId);
  const { unsettled } = state;
  const pool = poolOf(state, state.settlementAssetId);
  const before = unsettled.atoms[accountId] as number;
  const after = checkedAdd(before, atoms);
  pool.virtualLentAtoms = checkedAdd(pool.virtualLentAtoms, Math.max(0, after) - Math.max(0, before));
  pool.virtualBorrowedAtoms = checkedAdd(pool.virtualBorrowedAtoms, Math.max(0, -after) - Math.max(0, -before));
  unsettled.atoms[accountId] = after;
  unsettled.indexAt[accountId] = indexFor(pool, after);
  noteMoney(state, accountId, state.settlementAssetId, atoms);
  if ((after === 0) !== (before === 0)) {
    noteExposure(state, accountId);
    noteHolder(state, accountId);
  }
  touchClaim(state, accountId, state.settlementAssetId);
}

/** Unsettled profit → cash of the account. */
export function payUnsettled(state: State, accountId: number, atoms: Atoms): void {
  const assetId = state.settlementAssetId;
  takeCash(state, assetId, atoms);
  payFromHouse(state, accountId, assetId, HOUSE.lendingPool, atoms);
  changeUnsettled(state, accountId, -atoms);
}

/** Cash of the account → unsettled loss. */
export function collectUnsettled(state: State, accountId: number, atoms: Atoms): void {
  payHouse(state, accountId, state.settlementAssetId, HOUSE.lendingPool, atoms);
  changeUnsettled(state, accountId, atoms);
}

/** What the house has earned of a pool's customers and is owed by the pool. Negative: a rebate. */
export function claimForHouse(state: State, assetId: number, house: HouseAccount, atoms: number): void {
  const pool = poolOf(state, assetId);
  const { houseClaims } = pool;
  touchPool(state, pool);
  houseClaims[house] = checkedAdd(houseClaims[house] as number, atoms);
}
