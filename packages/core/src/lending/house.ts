// What the house has earned of a pool's customers lies in the pool as a claim, until the pool can spare the cash.
import { poolCash, poolOf, touchPool } from '../ledger/claims.js';
import { moveHouse } from '../ledger/ledger.js';
import { HOUSE, type HouseAccount } from '../state/balances.js';
import type { LendingPool } from '../state/pools.js';
import type { State } from '../state/state.js';

const PAID = [HOUSE.fees, HOUSE.rounding, HOUSE.lendingReserve, HOUSE.backstopFund] as const;

/** Positive goes from the pool to the house. A negative claim, a rebate, is paid in as far as the house account has money. */
function payable(state: State, pool: LendingPool, house: HouseAccount): number {
  const claim = pool.houseClaims[house] as number;
  if (claim >= 0) return Math.min(claim, poolCash(state, pool.assetId));
  const { houseAtoms } = state.balances.of(pool.assetId);
  return -Math.min(-claim, Math.max(0, houseAtoms[house] as number));
}

function payClaim(state: State, pool: LendingPool, house: HouseAccount): void {
  const atoms = payable(state, pool, house);
  if (atoms === 0) return;
  (pool.houseClaims[house] as number) -= atoms;
  moveHouse(state, pool.assetId, HOUSE.lendingPool, house, atoms);
  touchPool(state, pool);
}

/** Turns the house's claims on the asset's pool into cash of its accounts, as far as there is cash. */
export function payHouseClaims(state: State, assetId: number): void {
  const pool = poolOf(state, assetId);
  for (const house of PAID) payClaim(state, pool, house);
}

export function payAllHouseClaims(state: State): void {
  for (const pool of state.pools) if (pool !== undefined) payHouseClaims(state, pool.assetId);
}
