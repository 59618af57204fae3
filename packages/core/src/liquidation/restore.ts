// How much of a position must close for its account to be sound again, so that no more is closed than must be.
//   others + m(N − x) < E − min(rate × x, share × ρ × (m(N) − m(N − x)))      m: maintenance of the position, x and N at the mark
import { lotsUsd } from '../margin/account.js';
import { curveAt } from '../margin/curves.js';
import { sizeOf } from '../perps/limits.js';
import type { LiquidationCase } from '../state/liquidations.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { shareOfBacking } from './cost.js';
import { measure } from './measure.js';

export function maintenanceUsd(state: State, market: Market, lots: number): number {
  const usd = lotsUsd(state, market, lots);
  return market.perp === undefined ? 0 : usd * curveAt(market.perp.mmf, usd);
}

/** The fewest of 1..most for which it holds, given that it holds from some on; `most` when it holds for none. */
export function fewest(most: number, holds: (lots: number) => boolean): number {
  if (!holds(most)) return most;
  let tooFew = 0;
  let enough = most;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (holds(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/**
 * Lots whose closing at the mark, for a fee of `feeRate` as far as that is allowed, makes the account sound; the whole position when none
 * do.
 */
export function lotsToRestore(state: State, running: LiquidationCase, market: Market, feeRate: number): number {
  const size = Math.abs(sizeOf(state, running.accountId, market));
  const { netEquityUsd, maintenanceMarginUsd } = measure(state, running.accountId);
  const feeShare = shareOfBacking(state, running);
  const whole = maintenanceUsd(state, market, size);
  return fewest(size, (lots) => {
    const freed = whole - maintenanceUsd(state, market, size - lots);
    const fee = Math.min(feeRate * lotsUsd(state, market, lots), feeShare * freed);
    return maintenanceMarginUsd - freed < netEquityUsd - fee;
  });
}
