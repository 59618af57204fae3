// Proposals that nobody approves lapse.
import type { ProposalView } from '@glasshouse/protocol';
import type { State } from '../state/state.js';

const US_PER_MS = 1000;

/** The oldest open proposal: ids and times rise together. */
function oldest({ openProposals }: State): ProposalView | undefined {
  for (const proposal of openProposals.values()) return proposal;
  return undefined;
}

function lapseUs({ settings }: State, proposal: ProposalView): number {
  return proposal.proposedUs + settings.proposalLifetimeMs * US_PER_MS;
}

export function lapseProposals(state: State): void {
  for (let proposal = oldest(state); proposal !== undefined; proposal = oldest(state)) {
    if (lapseUs(state, proposal) > state.timeUs) return;
    state.openProposals.delete(proposal.proposalId);
    state.scope.emit?.({ kind: 'proposalExpired', proposal: { ...proposal, status: 'expired' } });
  }
}

/** Infinity when none is open. */
export function nextLapseUs(state: State): number {
  if (state.openProposals.size === 0) return Number.POSITIVE_INFINITY;
  return lapseUs(state, oldest(state) as ProposalView);
}
