// What liquidations have come to, and who comes first when positions must give way: for those outside.
import type { DeleverageView, LiquidationStatisticsView, LiquidationTotalsView } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { positionOf } from '../state/account-positions.js';
import type { LiquidationTotals } from '../state/liquidation-totals.js';
import type { State } from '../state/state.js';
import { positionsOfSign, winnerOf } from './deleverage/opposing.js';
import { atomUsd } from './fees.js';
import { fundAtoms } from './fund.js';
import { queueScore, type Winner } from './policies/winner.js';

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

/** Before it in the queue: a higher score, or an older account of the same score. */
const comesBefore = (other: Winner, one: Winner): boolean => {
  const [a, b] = [queueScore(other), queueScore(one)];
  return a > b || (a === b && other.accountId < one.accountId);
};

/** Undefined without a position there. Looks at every position of its side. */
export function deleverageView(state: State, accountId: number, marketId: number): DeleverageView | undefined {
  const market = state.markets.get(marketId);
  const row = state.accounts.has(accountId) ? positionOf(state, accountId, marketId) : 0;
  const size = row === 0 ? 0 : state.positions.sizeLots(row);
  if (market === undefined || size === 0) return undefined;
  const side = positionsOfSign(state, market, size).map((one) => winnerOf(state, market, one));
  const own = winnerOf(state, market, row);
  const before = side.filter((other) => comesBefore(other, own)).length;
  const lights = LIGHTS - Math.floor((before * LIGHTS) / side.length);
  return { accountId, marketId, score: queueScore(own) * atomUsd(state), lights };
}
