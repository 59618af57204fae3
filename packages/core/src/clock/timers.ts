// Everything that happens because time has passed, in a fixed order. Runs before each command.
//   1. proposals lapse   2. prices are sampled   3. the hour: funding rates, interest   4. settlement   5. a slice of a sweep
import type { ProposalView } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import { payFunding, setFundingRates } from '../perps/funding.js';
import { sampleIsDue, samplePrices } from '../prices/sample.js';
import { SWEEP } from '../state/schedule.js';
import type { State } from '../state/state.js';
import { settleAccount } from './settlement.js';
import { nextSliceUs, runSweeps, type SweepPlan, startSweep } from './sweeps.js';

const US_PER_MS = 1000;

const exposedAccounts = (state: State) => state.exposed;

/** In the order in which they run when several are under way: an hour's funding is in the settlement that follows it. */
const PLANS: readonly SweepPlan[] = [
  { sweep: SWEEP.funding, ids: exposedAccounts, step: payFunding },
  { sweep: SWEEP.settlement, ids: exposedAccounts, step: settleAccount },
];

function lapseUs(state: State, proposal: ProposalView): number {
  return proposal.proposedUs + state.settings.proposalLifetimeMs * US_PER_MS;
}

/** The oldest open proposal: ids and times rise together. */
function oldestProposal(state: State): ProposalView | undefined {
  for (const proposal of state.openProposals.values()) return proposal;
  return undefined;
}

function lapseProposals(state: State): void {
  let proposal = oldestProposal(state);
  while (proposal !== undefined && lapseUs(state, proposal) <= state.timeUs) {
    state.openProposals.delete(proposal.proposalId);
    state.scope.emit?.({ kind: 'proposalExpired', proposal: { ...proposal, status: 'expired' } });
    proposal = oldestProposal(state);
  }
}

/** The next whole multiple of the interval. */
function following(timeUs: number, intervalMs: number): TimeUs {
  const intervalUs = intervalMs * US_PER_MS;
  return ((Math.floor(timeUs / intervalUs) + 1) * intervalUs) as TimeUs;
}

function fundingDue(state: State): void {
  const { schedule, risk, timeUs } = state;
  if (timeUs < schedule.nextFundingUs) return;
  if (schedule.nextFundingUs !== 0) {
    setFundingRates(state);
    startSweep(state, SWEEP.funding);
  }
  schedule.nextFundingUs = following(timeUs, risk.fundingIntervalMs);
}

function settlementDue(state: State): void {
  const { schedule, risk, timeUs } = state;
  if (timeUs < schedule.nextSettlementUs) return;
  if (schedule.nextSettlementUs !== 0) startSweep(state, SWEEP.settlement);
  schedule.nextSettlementUs = following(timeUs, risk.settlementIntervalMs);
}

/** Runs what has come due by the state's time. */
export function runTimers(state: State): void {
  if (state.openProposals.size > 0) lapseProposals(state);
  if (sampleIsDue(state)) samplePrices(state);
  if (state.settlementAssetId === 0) return;
  fundingDue(state);
  settlementDue(state);
  runSweeps(state, PLANS);
}

function nextProposalUs(state: State): number {
  const proposal = oldestProposal(state);
  return proposal === undefined ? Number.POSITIVE_INFINITY : lapseUs(state, proposal);
}

/** When something comes due next, in sequenced microseconds; Infinity when nothing is waiting. */
export function nextTimerUs(state: State): number {
  const { schedule } = state;
  const lapse = nextProposalUs(state);
  if (state.settlementAssetId === 0) return lapse;
  return Math.min(lapse, schedule.nextFundingUs, schedule.nextSettlementUs, nextSliceUs(state, PLANS));
}
