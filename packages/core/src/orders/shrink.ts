import type { Atoms } from '@glasshouse/units';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { orderViewOf } from '../state/views.js';
import { release } from './backing.js';
import { countOpenLots } from './open-lots.js';
import { reservedAssetId, reserveOf } from './reserves.js';

/** Takes lots off a resting order, which keeps its place. */
export function shrinkOrder(state: State, market: Market, handle: number, lots: number): void {
  const { pool, scope } = state;
  const side = pool.side(handle);
  market.book.reduce(handle, lots);
  countOpenLots(state, handle, -lots);
  pool.setSizeLots(handle, pool.sizeLots(handle) - lots);
  const reserve = reserveOf(state, market, handle);
  const surplus = (pool.lockedAtoms(handle) - reserve) as Atoms;
  pool.setLockedAtoms(handle, reserve);
  release(state, pool.accountId(handle), reservedAssetId(market, side), surplus, pool.flags(handle));
  scope.touchLevel(market.marketId, side, pool.priceTicks(handle));
  scope.emit?.({ kind: 'orderReduced', order: orderViewOf(state, handle) });
}
