// The only writer of balances. Every posting has two sides of the same asset; nothing is created, nothing goes below zero.
import { type Atoms, assert, checkedAdd } from '@glasshouse/units';
import { type AssetBalances, HOUSE, type HouseAccount } from '../state/balances.js';
import type { State } from '../state/state.js';
import { noteMoney } from '../state/watch/note-change.js';

function announce({ scope }: State, balances: AssetBalances, accountId: number, assetId: number): void {
  if (scope.emit === undefined || balances.touchedBy[accountId] === scope.commandNumber) return;
  balances.touchedBy[accountId] = scope.commandNumber;
  scope.touchBalance(accountId, assetId);
}

/** The margin cache is out of date. */
function touch(state: State, balances: AssetBalances, accountId: number, assetId: number): void {
  state.margins.forgetMoney(accountId);
  announce(state, balances, accountId, assetId);
}

/** To be called when what the account has of the asset, or owes, has changed. Announces it at the end of the command. */
export function touchBalance(state: State, accountId: number, assetId: number): void {
  touch(state, state.balances.of(assetId), accountId, assetId);
}

/** The same when only a claim that is no money yet has changed, which margins do not keep. */
export function touchClaim(state: State, accountId: number, assetId: number): void {
  announce(state, state.balances.of(assetId), accountId, assetId);
}

function overdrawn(posting: string, accountId: number, assetId: number, atoms: number): never {
  assert(false, 'no balance below zero', { posting, accountId, assetId, atoms });
}

function takeAvailable(state: State, accountId: number, assetId: number, atoms: Atoms, posting: string): AssetBalances {
  const balances = state.balances.of(assetId);
  const left = (balances.availableAtoms[accountId] as number) - atoms;
  if (!(left >= 0 && atoms >= 0)) overdrawn(posting, accountId, assetId, atoms);
  balances.availableAtoms[accountId] = left;
  touch(state, balances, accountId, assetId);
  return balances;
}

function takeLocked(state: State, accountId: number, assetId: number, atoms: Atoms, posting: string): AssetBalances {
  const balances = state.balances.of(assetId);
  const left = (balances.lockedAtoms[accountId] as number) - atoms;
  if (!(left >= 0 && atoms >= 0)) overdrawn(posting, accountId, assetId, atoms);
  balances.lockedAtoms[accountId] = left;
  touch(state, balances, accountId, assetId);
  return balances;
}

/** No sum passes 2^53 − 1, because the venue's total of an asset does not. */
function give(state: State, balances: AssetBalances, accountId: number, assetId: number, atoms: Atoms): void {
  (balances.availableAtoms[accountId] as number) += atoms;
  noteMoney(state, accountId, assetId, atoms);
  touch(state, balances, accountId, assetId);
}

export function availableAtoms(state: State, accountId: number, assetId: number): Atoms {
  return state.balances.of(assetId).availableAtoms[accountId] as Atoms;
}

/** available → locked, to back an order. */
export function lock(state: State, accountId: number, assetId: number, atoms: Atoms): void {
  const balances = takeAvailable(state, accountId, assetId, atoms, 'lock');
  (balances.lockedAtoms[accountId] as number) += atoms;
}

/** locked → available. */
export function unlock(state: State, accountId: number, assetId: number, atoms: Atoms): void {
  const balances = takeLocked(state, accountId, assetId, atoms, 'unlock');
  (balances.availableAtoms[accountId] as number) += atoms;
}

/** One account's available balance → another's. */
export function pay(state: State, fromId: number, toId: number, assetId: number, atoms: Atoms): void {
  const balances = takeAvailable(state, fromId, assetId, atoms, 'pay');
  noteMoney(state, fromId, assetId, -atoms);
  give(state, balances, toId, assetId, atoms);
}

/** One account's locked balance → another's available. */
export function payFromLocked(state: State, fromId: number, toId: number, assetId: number, atoms: Atoms): void {
  const balances = takeLocked(state, fromId, assetId, atoms, 'payFromLocked');
  noteMoney(state, fromId, assetId, -atoms);
  give(state, balances, toId, assetId, atoms);
}

/** Available balance → house account. */
export function payHouse(state: State, fromId: number, assetId: number, house: HouseAccount, atoms: Atoms): void {
  const balances = takeAvailable(state, fromId, assetId, atoms, 'payHouse');
  noteMoney(state, fromId, assetId, -atoms);
  balances.customersAtoms -= atoms;
  (balances.houseAtoms[house] as number) += atoms;
}

/** House account → available balance. */
export function payFromHouse(state: State, toId: number, assetId: number, house: HouseAccount, atoms: Atoms): void {
  const balances = state.balances.of(assetId);
  balances.customersAtoms = checkedAdd(balances.customersAtoms, atoms);
  (balances.houseAtoms[house] as number) -= atoms;
  give(state, balances, toId, assetId, atoms);
}

/** Between two house accounts. */
export function moveHouse(state: State, assetId: number, from: HouseAccount, to: HouseAccount, atoms: number): void {
  const { houseAtoms } = state.balances.of(assetId);
  (houseAtoms[from] as number) -= atoms;
  (houseAtoms[to] as number) += atoms;
}

/**
 * Books a fee of `charged` atoms of which the venue has earned `earned`; the fraction between them, positive or negative,
 * goes to the rounding account, so that what payers pay is what the house gets.
 */
export function chargeFee(state: State, payerId: number, assetId: number, charged: Atoms, earned: Atoms): void {
  payHouse(state, payerId, assetId, HOUSE.fees, charged);
  if (charged !== earned) moveHouse(state, assetId, HOUSE.fees, HOUSE.rounding, charged - earned);
}

/** The same out of the locked balance. */
export function chargeFeeFromLocked(
  state: State,
  payerId: number,
  assetId: number,
  charged: Atoms,
  earned: Atoms,
): void {
  unlock(state, payerId, assetId, charged);
  chargeFee(state, payerId, assetId, charged, earned);
}

/** Books a rebate: the venue spends `spent`, the maker receives `received` ≤ spent + 1, the fraction is the rounding account's. */
export function payRebate(state: State, makerId: number, assetId: number, spent: Atoms, received: Atoms): void {
  payFromHouse(state, makerId, assetId, HOUSE.fees, received);
  if (spent !== received) moveHouse(state, assetId, HOUSE.fees, HOUSE.rounding, spent - received);
}
