// One account's turn: the exchange takes over, works on what is at stake as far as the stage lets, and lets go as soon as it may.
import type { LiquidationEnded, MaintenanceView } from '@glasshouse/protocol';
import { cancelOrdersOf } from '../orders/cancel.js';
import { cancelTriggersOf } from '../orders/triggers/cancel.js';
import { payFunding } from '../perps/funding.js';
import { liquidationViewOf } from '../state/liquidation-views.js';
import { LiquidationCase } from '../state/liquidations.js';
import type { State } from '../state/state.js';
import { stepOnBook } from './book-stage.js';
import { type Exposure, loanExposures, workableExposures } from './exposures.js';
import { repayAvailable } from './loan-step.js';
import { isSound, measure } from './measure.js';

const ORDERS_PER_WORK = 16;

/** Units of work that the turn will be, the orders to be cancelled with it. */
export function turnWork({ accounts, liquidations }: State, accountId: number): number {
  if (liquidations.has(accountId)) return 1;
  return 1 + Math.floor((accounts.openOrders[accountId] as number) / ORDERS_PER_WORK);
}

function start(state: State, accountId: number, standing: MaintenanceView): LiquidationCase {
  const opened = new LiquidationCase(accountId, state.timeUs, standing);
  state.liquidations.open(opened);
  state.liquidationStatistics.countStart(state.timeUs);
  state.scope.emit?.({ kind: 'liquidationStarted', accountId, standing });
  cancelOrdersOf(state, accountId);
  cancelTriggersOf(state, accountId);
  return opened;
}

function end(state: State, running: LiquidationCase, standing: MaintenanceView): void {
  const { accountId } = running;
  state.liquidations.close(accountId);
  state.margins.forget(accountId);
  const reason = endReason(standing);
  state.scope.emit?.({ kind: 'liquidationEnded', reason, liquidation: liquidationViewOf(running), standing });
}

function endReason({ exposureUsd, netEquityUsd }: MaintenanceView): LiquidationEnded['reason'] {
  if (exposureUsd > 0) return 'recovered';
  return netEquityUsd < 0 ? 'bankrupt' : 'closed';
}

/** What the account holds of what it owes costs nothing to pay back. */
function payBackInKind(state: State, accountId: number): void {
  for (const { asset } of loanExposures(state, accountId)) {
    repayAvailable(state, accountId, asset.assetId, Number.MAX_SAFE_INTEGER);
  }
}

function work(state: State, running: LiquidationCase, exposures: readonly Exposure[]): void {
  stepOnBook(state, running, exposures);
}

export function takeTurn(state: State, accountId: number): void {
  payFunding(state, accountId);
  const standing = measure(state, accountId);
  const known = state.liquidations.get(accountId);
  if (known === undefined && (isSound(standing) || workableExposures(state, accountId).length === 0)) {
    return state.margins.forget(accountId);
  }
  const running = known ?? start(state, accountId, standing);
  payBackInKind(state, accountId);
  const exposures = workableExposures(state, accountId);
  if (!isSound(measure(state, accountId)) && exposures.length > 0) {
    running.steps += 1;
    work(state, running, exposures);
  }
  const after = measure(state, accountId);
  if (isSound(after)) end(state, running, after);
}
