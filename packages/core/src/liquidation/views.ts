// What liquidations have come to, and who comes first when positions must give way: for those outside.
import type {
  DeleverageQueueView,
  DeleverageView,
  LiquidationStatisticsView,
  LiquidationTotalsView,
} from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import type { LiquidationTotals } from '../state/liquidation-totals.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { atomUsd } from './cost.js';
import { positionsOfSign, winnerOf } from './deleverage/opposing.js';
import { fundAtoms } from './fund.js';
import { queueScore } from './policies/winner.js';

function totalsViewOf(totals: LiquidationTotals): LiquidationTotalsView {
  const { started, book, backstop, deleverage, takenUsd, coveredUsd, recordedUsd } = totals;
  const stages = { book: { ...book }, backstop: { ...backstop }, deleverage: { ...deleverage } };
  return { started, ...stages, takenUsd, coveredUsd, recordedUsd };
}

export function liquidationStatistics(state: State): LiquidationStatisticsView {
  const { inAll, days } = state.liquidationStatistics;
  return {
    sinceGenesis: totalsViewOf(inAll),
    days: days.map(({ day, totals }) => ({ day, totals: totalsViewOf(totals) })),
    liquidating: state.liquidations.size,
    settlementAssetId: state.settlementAssetId,
    fundAtoms: fundAtoms(state) as Atoms,
    negativeBalances: [...state.negativeBalances.inOrder()],
  };
}

const LIGHTS = 5;

type Ranked = { readonly accountId: number; readonly score: number };

/** A higher score first, or an older account of the same score. */
const byScore = (a: Ranked, b: Ranked): number => b.score - a.score || a.accountId - b.accountId;

function sideInOrder(state: State, market: Market, sign: number): DeleverageView[] {
  const { marketId } = market;
  const ranked = positionsOfSign(state, market, sign).map((row): Ranked => {
    const winner = winnerOf(state, market, row);
    return { accountId: winner.accountId, score: queueScore(winner) };
  });
  const usd = atomUsd(state);
  return ranked.sort(byScore).map(({ accountId, score }, before) => {
    const lights = LIGHTS - Math.floor((before * LIGHTS) / ranked.length);
    return { accountId, marketId, score: score * usd, lights };
  });
}

/** Undefined for what is no perpetual. Looks at every position of the market. */
export function deleverageQueueView(state: State, marketId: number): DeleverageQueueView | undefined {
  const market = state.markets.get(marketId);
  if (market?.perp === undefined) return undefined;
  return { marketId, long: sideInOrder(state, market, 1), short: sideInOrder(state, market, -1) };
}

/** Undefined without a position there. */
export function deleverageView(state: State, accountId: number, marketId: number): DeleverageView | undefined {
  const queue = deleverageQueueView(state, marketId);
  const isOwn = (one: DeleverageView): boolean => one.accountId === accountId;
  return queue?.long.find(isOwn) ?? queue?.short.find(isOwn);
}
