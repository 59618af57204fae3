// One account's turn: the exchange takes over, works on what is at stake as far as the stage lets, and lets go as soon as it may.
import type { LiquidationEnded, MaintenanceView } from '@glasshouse/protocol';
import { heldAtoms } from '../margin/account.js';
import { cancelOrdersOf } from '../orders/cancel.js';
import { cancelTriggersOf } from '../orders/triggers/cancel.js';
import { payFunding } from '../perps/funding.js';
import { cancelRfqsOf } from '../rfq/end.js';
import { liquidationViewOf } from '../state/liquidation-views.js';
import { LiquidationCase } from '../state/liquidations.js';
import type { State } from '../state/state.js';
import { accountViewOf } from '../state/views.js';
import { terminateStrategiesOf } from '../strategies/end.js';
import { passToProviders } from './backstop/take-loans.js';
import { stepOnBook } from './book-stage.js';
import { atomUsd, noteBacking } from './cost.js';
import { deleverageUntilSound } from './deleverage/deleverage.js';
import { type Exposure, loanExposures, workableExposures } from './exposures.js';
import { freeLends } from './free-lends.js';
import { coverDeficit } from './fund.js';
import { hasSellable, repayAvailable } from './loan-step.js';
import { isBelowAutoClose, isLeftAlone, measure } from './measure.js';
import { windUp } from './wind-up.js';
import { worthUsd } from './worth.js';

const ORDERS_PER_WORK = 16;

/** Units of work that the turn will be, the orders to be cancelled with it. */
export function turnWork({ accounts, liquidations }: State, accountId: number): number {
  if (liquidations.has(accountId)) return 1;
  return 1 + Math.floor((accounts.openOrders[accountId] as number) / ORDERS_PER_WORK);
}

/** Who may act for it has changed. */
function announceAccount(state: State, accountId: number): void {
  const account = state.scope.emit === undefined ? undefined : accountViewOf(state, accountId);
  if (account !== undefined) state.scope.emit?.({ kind: 'accountUpdated', account });
}

function start(state: State, accountId: number, standing: MaintenanceView): LiquidationCase {
  state.liquidationStatistics.countStart(state.timeUs);
  const liquidationId = state.liquidationStatistics.inAll.started;
  const opened = new LiquidationCase(liquidationId, accountId, state.timeUs, standing);
  state.liquidations.open(opened);
  state.scope.emit?.({ kind: 'liquidationStarted', liquidationId, accountId, standing });
  announceAccount(state, accountId);
  terminateStrategiesOf(state, accountId, 'Liquidation');
  cancelOrdersOf(state, accountId);
  cancelTriggersOf(state, accountId);
  cancelRfqsOf(state, accountId);
  return opened;
}

function end(state: State, running: LiquidationCase, standing: MaintenanceView): void {
  const { accountId } = running;
  state.liquidations.close(accountId);
  const reason = endReason(running, standing);
  state.scope.emit?.({ kind: 'liquidationEnded', reason, liquidation: liquidationViewOf(running), standing });
  announceAccount(state, accountId);
}

function endReason(running: LiquidationCase, { exposureUsd }: MaintenanceView): LiquidationEnded['reason'] {
  if (running.coveredAtoms > 0 || running.unpaidUsd > 0) return 'bankrupt';
  return exposureUsd > 0 ? 'recovered' : 'closed';
}

/** Left alone, and nothing owed that nothing stands behind. */
function isOver(state: State, standing: MaintenanceView): boolean {
  return standing.exposureUsd > 0 ? isLeftAlone(state, standing) : standing.netEquityUsd >= 0;
}

/** Of what the fund has paid, what the account is worth now: owed again while there is something to sell for it. */
function payFundBack(state: State, running: LiquidationCase): void {
  if (running.coveredAtoms <= 0) return;
  const { accountId } = running;
  const money = heldAtoms(state, accountId, state.settlementAssetId) + (state.unsettled.atoms[accountId] as number);
  const worth = Math.floor(worthUsd(state, accountId) / atomUsd(state));
  const back = Math.min(running.coveredAtoms, hasSellable(state, accountId) ? worth : Math.min(worth, money));
  if (back > 0) coverDeficit(state, running, -back);
}

/** What the account holds of what it owes costs nothing to pay back. */
function payBackInKind(state: State, accountId: number): void {
  for (const { asset } of loanExposures(state, accountId)) {
    repayAvailable(state, accountId, asset.assetId, Number.MAX_SAFE_INTEGER);
  }
}

/** The stage is looked at anew each turn: prices may have gone either way. */
function work(state: State, running: LiquidationCase, exposures: readonly Exposure[]): void {
  const standing = measure(state, running.accountId);
  noteBacking(running, standing);
  if (standing.netEquityUsd <= 0) return windUp(state, running);
  const late = isBelowAutoClose(state, standing);
  if (late && passToProviders(state, running, 'sound') && isLeftAlone(state, measure(state, running.accountId))) return;
  if (stepOnBook(state, running, exposures) || freeLends(state, running.accountId)) {
    running.idleTurns = 0;
    return;
  }
  running.idleTurns += 1;
  if (late) deleverageUntilSound(state, running);
  else if (running.idleTurns >= state.risk.liquidation.bookPatience) passToProviders(state, running, 'onePart');
}

/** Debts are paid in the settlement asset: a venue that has listed no perpetual has none yet. */
function canBegin(state: State, accountId: number): boolean {
  return state.settlementAssetId !== 0 && workableExposures(state, accountId).length > 0;
}

export function takeTurn(state: State, accountId: number): void {
  payFunding(state, accountId);
  const standing = measure(state, accountId);
  const known = state.liquidations.get(accountId);
  if (known === undefined && (isLeftAlone(state, standing) || !canBegin(state, accountId))) return;
  const running = known ?? start(state, accountId, standing);
  payBackInKind(state, accountId);
  if (!isOver(state, measure(state, accountId))) {
    running.steps += 1;
    work(state, running, workableExposures(state, accountId));
  }
  if (!isOver(state, measure(state, accountId))) return;
  payFundBack(state, running);
  const after = measure(state, accountId);
  if (isOver(state, after)) end(state, running, after);
}
