// How much of a position must close for its account to be left alone again, so that no more is closed than must be.
//   others + m(N − x) < E − min(rate × x, share × ρ × (m(N) − m(N − x)))      m: maintenance of the position, x and N at the mark
// With the index for the mark in m, N and E, the account is sheltered when also what x loses by being closed at the mark is left.
import { lotsUsd, lotsUsdAt, positionMaintenanceUsd } from '../margin/account.js';
import { indexPriceOf } from '../margin/value.js';
import { sizeOf } from '../perps/limits.js';
import type { LiquidationCase } from '../state/liquidations.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { shareOfBacking } from './cost.js';
import { measure } from './measure.js';

export function maintenanceUsd(state: State, market: Market, lots: number): number {
  return positionMaintenanceUsd(state, market, lots, market.prices.markPrice);
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

type FeeOf = (lots: number) => number;

/** The most that a fee may take of closing so many lots at the mark. */
function feeOf(state: State, running: LiquidationCase, market: Market, feeRate: number): FeeOf {
  const size = Math.abs(sizeOf(state, running.accountId, market));
  const feeShare = shareOfBacking(state, running);
  const whole = maintenanceUsd(state, market, size);
  return (lots) => {
    const freed = whole - maintenanceUsd(state, market, size - lots);
    return Math.min(feeRate * lotsUsd(state, market, lots), feeShare * freed);
  };
}

/** Of at most `most` lots the fewest that shelter the account: when the mark is far from the index none may. */
function lotsToShelter(state: State, accountId: number, market: Market, most: number, fee: FeeOf): number {
  const signed = sizeOf(state, accountId, market);
  const size = Math.abs(signed);
  const { netEquityAtIndexUsd, maintenanceMarginAtIndexUsd } = measure(state, accountId);
  const index = indexPriceOf(market);
  const lostOf = (lots: number): number =>
    Math.sign(signed) * (lotsUsdAt(state, market, lots, index) - lotsUsd(state, market, lots));
  const heldUsd = (lots: number): number => positionMaintenanceUsd(state, market, lots, index);
  const whole = heldUsd(size);
  return fewest(most, (lots) => {
    const freed = whole - heldUsd(size - lots);
    return maintenanceMarginAtIndexUsd - freed < netEquityAtIndexUsd - lostOf(lots) - fee(lots);
  });
}

/**
 * Lots whose closing at the mark, for a fee of `feeRate` as far as that is allowed, lets the account be left alone; the whole position when
 * none do.
 */
export function lotsToRestore(state: State, running: LiquidationCase, market: Market, feeRate: number): number {
  const { accountId } = running;
  const size = Math.abs(sizeOf(state, accountId, market));
  const { netEquityUsd, maintenanceMarginUsd } = measure(state, accountId);
  const whole = maintenanceUsd(state, market, size);
  const fee = feeOf(state, running, market, feeRate);
  const toSoundness = fewest(size, (lots) => {
    const freed = whole - maintenanceUsd(state, market, size - lots);
    return maintenanceMarginUsd - freed < netEquityUsd - fee(lots);
  });
  if (state.risk.liquidation.trigger === 'mark') return toSoundness;
  return lotsToShelter(state, accountId, market, toSoundness, fee);
}
