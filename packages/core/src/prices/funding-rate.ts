// What longs pay shorts for an hour (mechanics §5), from how far the book stood above the index.
//   rate8h = P + clamp(interest − P, ±clamp)      F = clamp(rate8h / 8, ±cap)      P = mean premium of the interval's samples
// Both ends grow with the interval where a venue funds more or less often than hourly. Nothing measured, nothing paid.
import type { PerpTerms } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

const HOUR_MS = 3_600_000;
const HOURS_OF_RATE = 8;
const US_PER_MS = 1000;

function clamp(value: number, bound: number): number {
  return Math.max(-bound, Math.min(bound, value));
}

export type FundingTerms = Pick<PerpTerms, 'fundingInterest' | 'fundingClamp' | 'fundingCap'>;

/** F for an interval of `intervalMs`, a fraction of the notional. */
export function fundingRateOf(terms: FundingTerms, averagePremium: number, intervalMs: number): number {
  const rate8h = averagePremium + clamp(terms.fundingInterest - averagePremium, terms.fundingClamp);
  const hours = intervalMs / HOUR_MS;
  return clamp((rate8h / HOURS_OF_RATE) * hours, terms.fundingCap * hours);
}

/** P so far; 0 before the first sample of the interval. */
function averagePremiumOf({ prices }: Market): number {
  return prices.premiumCount === 0 ? 0 : prices.premiumSum / prices.premiumCount;
}

/** The rate that the running interval would have if it ended now. */
export function estimatedFundingRate({ risk }: State, market: Market): number {
  const { perp, prices } = market;
  if (perp === undefined || prices.premiumCount === 0) return 0;
  return fundingRateOf(perp, averagePremiumOf(market), risk.fundingIntervalMs);
}

/** Ends the market's funding interval: its rate is set and announced, and the next one starts with no samples. */
export function takeFundingRate(state: State, market: Market): number {
  const { prices, marketId } = market;
  const rate = estimatedFundingRate(state, market);
  const averagePremium = averagePremiumOf(market);
  const intervalUs = state.risk.fundingIntervalMs * US_PER_MS;
  const intervalEndUs = (state.timeUs - (state.timeUs % intervalUs)) as TimeUs;
  prices.fundingRate = rate;
  prices.premiumSum = 0;
  prices.premiumCount = 0;
  const { markPrice } = prices;
  state.scope.emit?.({ kind: 'fundingRateSet', marketId, rate, averagePremium, markPrice, intervalEndUs });
  return rate;
}
