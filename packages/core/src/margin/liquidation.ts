// When an account is liquidated, and at which price it would be: found by asking the engine's own rule at other prices.
//   unsound: maintenance ≥ net equity, or no equity at all
//   liquidated: unsound at the mark, and under the trigger `markAndIndex` with its perpetuals at their indexes too
import type { Price, Ticks } from '@glasshouse/units';
import { powerOfTen } from '@glasshouse/units';
import { HIGHEST_TICKS } from '../book/index.js';
import type { Market } from '../state/markets.js';
import type { AssetPrice } from '../state/oracle.js';
import type { State } from '../state/state.js';
import { marginTermsOf } from './account.js';

const isUnsound = (netEquityUsd: number, maintenanceUsd: number): boolean =>
  netEquityUsd <= 0 || maintenanceUsd >= netEquityUsd;

/** MMR ≥ 100 %, or nothing left to cover an exposure. */
export function isLiquidatable(state: State, accountId: number): boolean {
  const { exposureUsd, maintenanceUsd, netEquityUsd, maintenanceAtIndexUsd, netEquityAtIndexUsd } = marginTermsOf(
    state,
    accountId,
  );
  if (exposureUsd <= 0 || !isUnsound(netEquityUsd, maintenanceUsd)) return false;
  return state.risk.liquidation.trigger === 'mark' || isUnsound(netEquityAtIndexUsd, maintenanceAtIndexUsd);
}

/** The price of so many ticks. */
export function priceOfTicks({ filters }: Market, ticks: number): number {
  return (ticks * filters.tickDigits) / (powerOfTen(filters.tickScale) as number);
}

/** Answers at another mark, with an index that has moved by the same factor, so that the premium stays; both are put back. */
function atMark(state: State, market: Market, ticks: number, accountId: number): boolean {
  const { prices } = market;
  const { markPrice, indexPrice } = prices;
  const moved = priceOfTicks(market, ticks);
  prices.markPrice = moved as Price;
  prices.indexPrice = (markPrice === 0 ? indexPrice : (indexPrice / markPrice) * moved) as Price;
  const answer = isLiquidatable(state, accountId);
  prices.markPrice = markPrice;
  prices.indexPrice = indexPrice;
  return answer;
}

/**
 * The step nearest to `from` in the direction of `to` at which `isBad` holds, given that it holds from some step on; undefined
 * when it does not hold at `to`.
 */
function firstBad(from: number, to: number, isBad: (step: number) => boolean): number | undefined {
  if (!isBad(to)) return undefined;
  const sign = to >= from ? 1 : -1;
  let good = -1;
  let bad = Math.abs(to - from);
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isBad(from + sign * middle)) bad = middle;
    else good = middle;
  }
  return from + sign * bad;
}

/** The mark nearest to now at which the account would be liquidated at this premium, in ticks; undefined when no mark does it. */
export function liquidationTicks(state: State, accountId: number, market: Market, sizeLots: number): Ticks | undefined {
  if (sizeLots === 0) return undefined;
  const tick = priceOfTicks(market, 1);
  const exact = market.prices.markPrice / tick;
  const isBad = (ticks: number) => atMark(state, market, ticks, accountId);
  const found = sizeLots > 0 ? firstBad(Math.floor(exact), 1, isBad) : firstBad(Math.ceil(exact), HIGHEST_TICKS, isBad);
  return found as Ticks | undefined;
}

/** Steps of an asset's index in which its liquidation price is looked for: a hundred-millionth of the price. */
const STEPS_OF_PRICE = 100_000_000;
/** How many times the price is looked at upwards. */
const HIGHEST_MULTIPLE = 1_000;

function atIndex(state: State, price: AssetPrice, indexPrice: number, accountId: number): boolean {
  const before = price.indexPrice;
  price.indexPrice = indexPrice as Price;
  const answer = isLiquidatable(state, accountId);
  price.indexPrice = before;
  return answer;
}

/** The index nearest to now at which the account would be liquidated; a holder is when it falls, a borrower when it rises. */
export function liquidationIndex(
  state: State,
  accountId: number,
  assetId: number,
  borrowed: boolean,
): number | undefined {
  const price = state.assetPrices[assetId - 1];
  if (price === undefined || price.indexPrice === 0 || price.sources.length === 0) return undefined;
  const step = price.indexPrice / STEPS_OF_PRICE;
  const isBad = (steps: number) => atIndex(state, price, steps * step, accountId);
  const found = borrowed
    ? firstBad(STEPS_OF_PRICE, STEPS_OF_PRICE * HIGHEST_MULTIPLE, isBad)
    : firstBad(STEPS_OF_PRICE, 0, isBad);
  return found === undefined ? undefined : found * step;
}
