// Two people for every dangerous action: one operator proposes, another approves.
import type { Approve, ProposalView, Propose } from '@glasshouse/protocol';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { executeAction, needsOneOperator } from './actions.js';
import { ConfigurationProblem, ConfigurationReader } from './configuration/index.js';

const MAX_OPEN_PROPOSALS = 100;

/** Runs `step`; a configuration problem becomes a reject. */
function orReject(state: State, step: () => void): boolean {
  try {
    step();
    return true;
  } catch (problem) {
    if (!(problem instanceof ConfigurationProblem)) throw problem;
    reject(state, 'actionInvalid', { problem: problem.message });
    return false;
  }
}

function openProposal(state: State, action: string): void {
  const { scope, openProposals } = state;
  const open = openProposals.size;
  if (open >= MAX_OPEN_PROPOSALS) return reject(state, 'proposalLimit', { open, limit: MAX_OPEN_PROPOSALS });
  state.lastProposalId += 1;
  const proposal: ProposalView = {
    proposalId: state.lastProposalId,
    proposedByKeyId: scope.keyId,
    action,
    proposedUs: scope.timeUs,
    status: 'open',
  };
  openProposals.set(proposal.proposalId, proposal);
  scope.emit?.({ kind: 'proposed', proposal });
}

export function propose(state: State, command: Propose): void {
  orReject(state, () => {
    const reader = ConfigurationReader.parse(command.action, 'action');
    if (needsOneOperator(state, reader)) executeAction(state, reader);
    else openProposal(state, command.action);
  });
}

export function approve(state: State, command: Approve): void {
  const { scope, openProposals } = state;
  const { proposalId } = command;
  const proposal = openProposals.get(proposalId);
  if (proposal === undefined) {
    const known = proposalId >= 1 && proposalId <= state.lastProposalId;
    return reject(state, known ? 'proposalNotOpen' : 'proposalUnknown', { proposalId });
  }
  // Two people must still stand behind it: the word of one whose key is gone does not count.
  if (state.keys.active[proposal.proposedByKeyId] !== 1) return reject(state, 'proposalNotOpen', { proposalId });
  if (proposal.proposedByKeyId === scope.keyId) return reject(state, 'approvalBySameKey', { proposalId });
  const done = orReject(state, () => executeAction(state, ConfigurationReader.parse(proposal.action, 'action')));
  if (!done) return;
  openProposals.delete(proposalId);
  scope.emit?.({ kind: 'approved', proposal: { ...proposal, status: 'executed' }, approvedByKeyId: scope.keyId });
}
