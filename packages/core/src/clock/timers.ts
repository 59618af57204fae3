// Everything that happens because time has passed, in a fixed order: 1. proposals lapse. Runs before each command.
import type { ProposalView } from '@glasshouse/protocol';
import type { State } from '../state/state.js';

const US_PER_MS = 1000;

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

/** Runs what has come due by the state's time. */
export function runTimers(state: State): void {
  if (state.openProposals.size > 0) lapseProposals(state);
}

/** When something comes due next, in sequenced microseconds; Infinity when nothing is waiting. */
export function nextTimerUs(state: State): number {
  const proposal = oldestProposal(state);
  return proposal === undefined ? Number.POSITIVE_INFINITY : lapseUs(state, proposal);
}
