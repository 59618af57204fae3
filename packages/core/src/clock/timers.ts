// Everything that happens because time has passed, in a fixed order. Runs before each command.
import { updateFeeTier } from '../admin/fee-tiers.js';
import { lapseProposals, nextLapseUs } from '../admin/proposals.js';
import { nextReleaseUs, releaseWithdrawals } from '../admin/withdrawals.js';
import { payAllHouseClaims, payHouseClaims } from '../lending/house.js';
import { postInterest } from '../lending/interest.js';
import { nextTurnUs, queueDue, runTurns } from '../liquidation/rotation.js';
import { fireSampled, nextFireUs, settleTriggers } from '../orders/triggers/settle.js';
import { payFunding, setFundingRates } from '../perps/funding.js';
import { payWaiting } from '../perps/settle-cash.js';
import { nextSampleUs, samplePrices } from '../prices/sample.js';
import { endDueRfqs, nextRfqEndUs } from '../rfq/end.js';
import { nextChangeUs, runChanges } from '../security/changes.js';
import { positionCount } from '../state/account-positions.js';
import { followingUs, SWEEP } from '../state/schedule.js';
import type { State } from '../state/state.js';
import { nextStrategyUs, runStrategies } from '../strategies/run.js';
import { nextVaultUs, runVaults } from '../vaults/crank.js';
import { settleAccount } from './settlement.js';
import { nextSliceUs, runSweeps, type SweepPlan, startSweep } from './sweeps.js';

const HOUR_MS = 3_600_000;
const NEVER = Number.POSITIVE_INFINITY;

const settles = (state: State): boolean => state.settlementAssetId !== 0;

/** The house comes after everybody who waits. */
function finishSettlement(state: State): void {
  payWaiting(state);
  if (state.waitingForCash.size === 0) payHouseClaims(state, state.settlementAssetId);
}

/** In the order in which they run when several are under way: an hour's funding is in the settlement that follows it. */
const SWEEPS: readonly SweepPlan[] = [
  { sweep: SWEEP.funding, ids: (state) => state.exposed, step: payFunding, work: positionCount },
  { sweep: SWEEP.interest, ids: (state) => state.holders, step: postInterest, finish: payAllHouseClaims },
  {
    sweep: SWEEP.settlement,
    ids: (state) => state.exposed,
    step: settleAccount,
    work: positionCount,
    finish: finishSettlement,
  },
  { sweep: SWEEP.feeTiers, ids: (state) => state.volumes.traders, step: updateFeeTier },
];

type Timer = { readonly nextUs: (state: State) => number; readonly run: (state: State) => void };
type Due = 'nextSettlementUs' | 'nextFundingUs' | 'nextInterestUs' | 'nextFeeTierUs';

/** Comes at every multiple of an interval once there is something for it to do; the first time only sets the next. */
function periodic(
  due: Due,
  exists: (state: State) => boolean,
  intervalMs: (state: State) => number,
  work: (state: State) => void,
): Timer {
  return {
    nextUs: (state) => (exists(state) ? state.schedule[due] : NEVER),
    run: (state) => {
      const { schedule, timeUs } = state;
      if (schedule[due] !== 0) work(state);
      schedule[due] = followingUs(timeUs, intervalMs(state));
    },
  };
}

const TIMERS: readonly Timer[] = [
  { nextUs: nextLapseUs, run: lapseProposals },
  { nextUs: nextRfqEndUs, run: endDueRfqs },
  {
    nextUs: nextSampleUs,
    run: (state) => {
      samplePrices(state);
      queueDue(state);
      fireSampled(state);
    },
  },
  { nextUs: nextFireUs, run: settleTriggers },
  { nextUs: nextTurnUs, run: runTurns },
  { nextUs: nextVaultUs, run: runVaults },
  periodic(
    'nextFundingUs',
    settles,
    ({ risk }) => risk.fundingIntervalMs,
    (state) => {
      setFundingRates(state);
      startSweep(state, SWEEP.funding);
    },
  ),
  periodic(
    'nextInterestUs',
    (state) => state.holders.size > 0,
    () => HOUR_MS,
    (state) => startSweep(state, SWEEP.interest),
  ),
  periodic(
    'nextSettlementUs',
    settles,
    ({ risk }) => risk.settlementIntervalMs,
    (state) => startSweep(state, SWEEP.settlement),
  ),
  periodic(
    'nextFeeTierUs',
    (state) => state.volumes.traders.size > 0,
    () => HOUR_MS,
    (state) => startSweep(state, SWEEP.feeTiers),
  ),
  { nextUs: (state) => nextSliceUs(state, SWEEPS), run: (state) => runSweeps(state, SWEEPS) },
  { nextUs: nextStrategyUs, run: runStrategies },
  { nextUs: nextChangeUs, run: runChanges },
  { nextUs: nextReleaseUs, run: releaseWithdrawals },
];

/** Has something come to be done regularly since timers last ran, so that its first time is to be set? */
export function timersBegin(state: State): boolean {
  const { schedule, holders, volumes } = state;
  return (
    (schedule.nextSettlementUs === 0 && settles(state)) ||
    (schedule.nextInterestUs === 0 && holders.size > 0) ||
    (schedule.nextFeeTierUs === 0 && volumes.traders.size > 0)
  );
}

/** Runs what has come due by the state's time. Nothing more comes due until that moves on, or `timersBegin`. */
export function runTimers(state: State): void {
  for (const { nextUs, run } of TIMERS) if (nextUs(state) <= state.timeUs) run(state);
}

/** When something comes due next, in sequenced microseconds; Infinity when nothing is waiting. */
export function nextTimerUs(state: State): number {
  let next = NEVER;
  for (const { nextUs } of TIMERS) next = Math.min(next, nextUs(state));
  return next;
}
