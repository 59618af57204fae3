import type { PoolView } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { borrowRateAt, lendRateAt, utilizationOf } from '../ledger/rates.js';
import { HOUSE } from '../state/balances.js';
import type { LendingPool } from '../state/pools.js';
import type { State } from '../state/state.js';
import { lendingTermsOf, utilizationCap } from './limits.js';

/** What lenders were not paid of what borrowers were charged: in cash, and still to come. */
function reserveAtoms(state: State, pool: LendingPool): Atoms {
  const { houseAtoms } = state.balances.of(pool.assetId);
  return ((houseAtoms[HOUSE.lendingReserve] as number) + (pool.houseClaims[HOUSE.lendingReserve] as number)) as Atoms;
}

function viewOf(state: State, pool: LendingPool): PoolView {
  const terms = lendingTermsOf(state, pool.assetId);
  const utilization = utilizationOf(pool);
  return {
    assetId: pool.assetId,
    lentAtoms: (pool.lentAtoms + pool.virtualLentAtoms) as Atoms,
    borrowedAtoms: (pool.borrowedAtoms + pool.virtualBorrowedAtoms) as Atoms,
    virtualLentAtoms: pool.virtualLentAtoms as Atoms,
    virtualBorrowedAtoms: pool.virtualBorrowedAtoms as Atoms,
    reserveAtoms: reserveAtoms(state, pool),
    utilization,
    borrowRate: borrowRateAt(terms, utilization),
    lendRate: lendRateAt(terms, utilization),
    throttleUtilization: utilizationCap(state, pool),
    timeUs: state.timeUs,
  };
}

/** The pool of an asset as it stands; undefined for what is neither lent nor borrowed. */
export function poolView(state: State, assetId: number): PoolView | undefined {
  const pool = state.pools[assetId - 1];
  return pool === undefined ? undefined : viewOf(state, pool);
}

/** By rising asset id. */
export function poolViews(state: State): PoolView[] {
  const views: PoolView[] = [];
  for (const pool of state.pools) if (pool !== undefined) views.push(viewOf(state, pool));
  return views;
}

/** The pools that the command touched, as they are now. */
export function announcePools(state: State): void {
  const { pools, poolCells, emit } = state.scope;
  if (emit === undefined) return;
  for (let cell = 0; cell < poolCells; cell += 1) {
    const pool = poolView(state, pools[cell] as number);
    if (pool !== undefined) emit({ kind: 'poolChanged', pool });
  }
}
