// How much of a resting futures order a taker may have: what can have changed since either order came is looked at again.
import { type ExpiryReason, SIDE, TIME_IN_FORCE } from '@glasshouse/protocol';
import { meetsInitialMargin } from '../margin/admission.js';
import { openInterestGrowth, reducibleOf, sizeOf } from '../perps/limits.js';
import type { Market } from '../state/markets.js';
import { isReduceOnly } from '../state/order-flags.js';
import type { State } from '../state/state.js';
import type { Taker } from './taker.js';

/** Size of the position that the maker's order counts beside. */
function makerSizeOf({ pool, positions }: State, maker: number): number {
  return positions.sizeLots(pool.positionRow(maker));
}

/** Lots that the maker may give: 0 with the reason for which its order must leave the book. */
export function makerLots(
  state: State,
  taker: Taker,
  maker: number,
  lots: number,
  inThisMatch: boolean,
): { readonly lots: number; readonly reason: ExpiryReason | undefined } {
  const { pool } = state;
  const accountId = pool.accountId(maker);
  const reducible = reducibleOf(makerSizeOf(state, maker), pool.side(maker));
  if (isReduceOnly(pool.flags(maker))) {
    return reducible === 0
      ? { lots: 0, reason: 'ReduceOnlyNotReduced' }
      : { lots: Math.min(lots, reducible), reason: undefined };
  }
  // Whether a fill-or-kill order fills was decided before its first fill: what that fill did to a maker does not undo it.
  const decided = inThisMatch && taker.timeInForce === TIME_IN_FORCE.fillOrKill;
  if (decided || lots <= reducible || meetsInitialMargin(state, accountId)) return { lots, reason: undefined };
  return { lots: 0, reason: 'InsufficientMargin' };
}

/** Why the taker may not have `lots` more of this maker; undefined when it may. */
export function takerStop(
  state: State,
  market: Market,
  taker: Taker,
  maker: number,
  lots: number,
): ExpiryReason | undefined {
  const takerSize = sizeOf(state, taker.accountId, market);
  const makerSize = makerSizeOf(state, maker);
  const growth =
    taker.side === SIDE.bid
      ? openInterestGrowth(takerSize, makerSize, lots)
      : openInterestGrowth(makerSize, takerSize, lots);
  const limit = market.perp?.openInterestLimitLots ?? 0;
  return growth > 0 && market.prices.openInterestLots + growth > limit ? 'PositionLimit' : undefined;
}
