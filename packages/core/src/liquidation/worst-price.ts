// How bad a price a liquidation may take.
//   a step that frees dM of maintenance keeps the margin ratio if what it loses, fees included, is at most dM × E / M
//   sell at p ≥ m × (1 − a) / (1 − τ), buy at p ≤ m × (1 + a) / (1 + τ)     a = loss allowed per notional, τ = taker fee
// The maintenance of the first lots of a position is worth more than that of the last, so a part of the step may not lose more
// per lot than the whole.
import { SIDE, type Side } from '@glasshouse/protocol';
import { powerOfTen } from '@glasshouse/units';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

const MILLION = 1_000_000;

/** Atoms by which each fill may miss its exact value: fees up, values down. */
export const ROUNDING_ATOMS = 4;

/** Of a taker that is charged; the account's tier in that market. */
export function takerFeeFraction(state: State, market: Market, accountId: number): number {
  const customerId = state.accounts.customerId[accountId] as number;
  const tier = state.spotFeeTiers[state.customers.feeTier[customerId] as number];
  const perp = market.perp === undefined ? undefined : tier?.perpTakerPpm;
  return (perp ?? tier?.takerPpm ?? 0) / MILLION;
}

/** The worst price around `fairPrice` that loses no more than `allowance` of the notional, fees included. */
export function worstPrice(side: Side, fairPrice: number, allowance: number, fee: number): number {
  return side === SIDE.ask ? (fairPrice * (1 - allowance)) / (1 - fee) : (fairPrice * (1 + allowance)) / (1 + fee);
}

/** On the market's grid, rounded to the better side; 0 when the market has no such price. */
export function ticksNoWorse({ filters }: Market, side: Side, price: number): number {
  const exact = (price * (powerOfTen(filters.tickScale) as number)) / filters.tickDigits;
  if (!(exact >= 0) || exact > Number.MAX_SAFE_INTEGER) return 0;
  const ticks = side === SIDE.ask ? Math.max(filters.minTicks, Math.ceil(exact)) : Math.floor(exact);
  const limited = side === SIDE.bid ? Math.min(filters.maxTicks, ticks) : ticks;
  return limited >= filters.minTicks && limited <= filters.maxTicks ? limited : 0;
}
