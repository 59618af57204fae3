import type { Proposal } from '@glasshouse/api';
import type { ProposalView } from '@glasshouse/protocol';
import { proposalAnswer } from '../answers/account-answer.js';
import type { ExchangeView } from '../ports.js';

/** Keys are never forgotten, so every proposer has one. */
export function proposalWithKey(view: ExchangeView, proposal: ProposalView): Proposal {
  return proposalAnswer(proposal, view.key(proposal.proposedByKeyId)?.publicKey ?? '');
}

export function openProposals(view: ExchangeView): Proposal[] {
  return view.openProposals().map((proposal) => proposalWithKey(view, proposal));
}
