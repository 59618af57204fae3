// Stage 1: a step on the book, in the largest exposure that the book takes any of.
import type { MaintenanceView } from '@glasshouse/protocol';
import type { Lots, Price } from '@glasshouse/units';
import type { LiquidationCase } from '../state/liquidations.js';
import type { State } from '../state/state.js';
import { atomUsd } from './cost.js';
import type { Exposure } from './exposures.js';
import { chargeStep } from './fees.js';
import { stepLoan } from './loan-step.js';
import { assertNoWorse, measure } from './measure.js';
import { type BookTrade, stepPosition } from './position-step.js';

function trade(state: State, running: LiquidationCase, exposure: Exposure, at: MaintenanceView): BookTrade | undefined {
  return exposure.kind === 'position'
    ? stepPosition(state, running, exposure.market)
    : stepLoan(state, running, exposure.asset, at);
}

type Terms = { readonly before: MaintenanceView; readonly feeAtoms: number };

/** Counts and announces a trade whose fee has been charged. */
export function concludeTrade(state: State, running: LiquidationCase, traded: BookTrade, terms: Terms): void {
  const { accountId } = running;
  const { market, closing, fill, fairPrice } = traded;
  const { before, feeAtoms } = terms;
  const after = measure(state, accountId);
  const usd = fill.quoteAtoms * atomUsd(state);
  running.bookUsd += usd;
  running.fundFeeAtoms += feeAtoms;
  state.liquidationStatistics.count(state.timeUs, 'book', usd);
  state.scope.emit?.({
    kind: 'liquidationStep',
    accountId,
    marketId: market.marketId,
    orderId: fill.orderId,
    side: closing.side,
    filledLots: fill.lots as Lots,
    quoteAtoms: fill.quoteAtoms,
    markPrice: fairPrice as Price,
    feeAtoms: feeAtoms as typeof fill.quoteAtoms,
    before,
    after,
  });
}

function conclude(state: State, running: LiquidationCase, traded: BookTrade, before: MaintenanceView): void {
  const { accountId } = running;
  const feeAtoms = chargeStep(state, running, traded, before, measure(state, accountId));
  if (before.netEquityUsd > 0 && state.risk.liquidation.gradual)
    assertNoWorse(accountId, before, measure(state, accountId));
  concludeTrade(state, running, traded, { before, feeAtoms });
}

/** True when something was traded. */
export function stepOnBook(state: State, running: LiquidationCase, exposures: readonly Exposure[]): boolean {
  const { accountId } = running;
  const before = measure(state, accountId);
  for (const exposure of exposures) {
    const traded = trade(state, running, exposure, before);
    if (traded === undefined) continue;
    conclude(state, running, traded, before);
    return true;
  }
  return false;
}
