// The backstop fund: what it has, and how it pays what a liquidated account cannot. What it pays is a loan of last resort: an
// account that has something left after all gives it back first.
import type { Atoms } from '@glasshouse/units';
import { changeUnsettled, claimForHouse } from '../ledger/claims.js';
import { payFromHouse, payHouse } from '../ledger/ledger.js';
import { HOUSE } from '../state/balances.js';
import type { LiquidationCase } from '../state/liquidations.js';
import type { State } from '../state/state.js';
import { atomUsd } from './cost.js';

/** In cash and in claims on the pool. */
export function fundAtoms({ balances, pools, settlementAssetId }: State): number {
  const pool = pools[settlementAssetId - 1];
  if (pool === undefined) return 0;
  const { houseAtoms } = balances.of(settlementAssetId);
  return (houseAtoms[HOUSE.backstopFund] as number) + (pool.houseClaims[HOUSE.backstopFund] as number);
}

/** What of it lies in its own cash account. */
export function fundCashAtoms(state: State): number {
  const cash = state.balances.of(state.settlementAssetId).houseAtoms[HOUSE.backstopFund] as number;
  return Math.max(0, Math.min(cash, fundAtoms(state)));
}

function count(state: State, running: LiquidationCase, atoms: number, into: 'unsettled' | 'available'): void {
  running.coveredAtoms += atoms;
  state.liquidationStatistics.countCovered(state.timeUs, atoms * atomUsd(state));
  state.scope.emit?.({
    kind: 'deficitCovered',
    accountId: running.accountId,
    assetId: state.settlementAssetId,
    quantityAtoms: atoms as Atoms,
    into,
  });
}

/** Into the account's claim, or with a negative quantity back out of it. Returns what was paid. */
export function coverDeficit(state: State, running: LiquidationCase, atoms: number): number {
  const paid = Math.min(atoms, fundAtoms(state));
  if (paid === 0) return 0;
  changeUnsettled(state, running.accountId, paid);
  claimForHouse(state, state.settlementAssetId, HOUSE.backstopFund, -paid);
  count(state, running, paid, 'unsettled');
  return paid;
}

/** Cash for a purchase on behalf of the account; negative: what the purchase has left over. */
export function lendCash(state: State, running: LiquidationCase, atoms: number): void {
  if (atoms === 0) return;
  const { accountId } = running;
  const { settlementAssetId } = state;
  if (atoms > 0) payFromHouse(state, accountId, settlementAssetId, HOUSE.backstopFund, atoms as Atoms);
  else payHouse(state, accountId, settlementAssetId, HOUSE.backstopFund, -atoms as Atoms);
  count(state, running, atoms, 'available');
}
