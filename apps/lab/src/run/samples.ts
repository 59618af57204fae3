// What a run looked like once a minute: prices, margin and depth.
import { depthView, isLiquidatable, perpPriceView, type State } from '@glasshouse/core';
import type { MarketView } from '@glasshouse/protocol';

export type MarketSample = {
  readonly index: number;
  readonly mark: number;
  /** Middle of our own book; the mark while a side is empty. */
  readonly book: number;
  readonly openInterestUsd: number;
  /** Resting within 5 % of the mark, both sides. */
  readonly depthUsd: number;
};

export type Sample = {
  readonly timeMs: number;
  readonly markets: readonly MarketSample[];
  /** Accounts whose maintenance margin is not met. */
  readonly failing: number;
};

const BAND = 0.05;
const LEVELS = 200;

function marketSample(state: State, market: MarketView): MarketSample {
  const price = perpPriceView(state, market.marketId);
  const depth = depthView(state, market.marketId, LEVELS);
  const mark = price?.markPrice ?? 0;
  const tick = market.tickDigits / 10 ** market.tickScale;
  const step = market.stepDigits / 10 ** market.stepScale;
  const [bid, ask] = [depth?.bids[0]?.[0], depth?.asks[0]?.[0]];
  const levels = [...(depth?.bids ?? []), ...(depth?.asks ?? [])];
  const near = levels.filter(([ticks]) => Math.abs(ticks * tick - mark) <= BAND * mark);
  return {
    index: price?.indexPrice ?? 0,
    mark,
    book: bid === undefined || ask === undefined ? mark : ((bid + ask) / 2) * tick,
    openInterestUsd: (price?.openInterestLots ?? 0) * step * mark,
    depthUsd: near.reduce((sum, [ticks, lots]) => sum + ticks * tick * lots * step, 0),
  };
}

export function takeSample(
  state: State,
  timeMs: number,
  perps: readonly MarketView[],
  accountIds: readonly number[],
): Sample {
  return {
    timeMs,
    markets: perps.map((market) => marketSample(state, market)),
    failing: accountIds.filter((accountId) => isLiquidatable(state, accountId)).length,
  };
}
