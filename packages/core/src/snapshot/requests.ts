// What is remembered of requests: live signatures, credited deposits, withdrawals on their way, open proposals.
import type { ProposalView, WithdrawalView } from '@glasshouse/protocol';
import type { State } from '../state/state.js';
import type { SnapshotReader } from './reader.js';
import type { SnapshotWriter } from './writer.js';

const US_PER_MS = 1000;

export function writeRequests(state: State, writer: SnapshotWriter): void {
  const signatures = state.replayGuard.remembered(Math.floor(state.timeUs / US_PER_MS));
  writer.number(signatures.length);
  for (const { slot, low, high, keyId } of signatures) {
    writer.number(slot);
    writer.number(low);
    writer.number(high);
    writer.number(keyId);
  }
  writer.number(state.creditedDeposits.size);
  for (const reference of state.creditedDeposits) writer.text(reference);
  writer.number(state.lastWithdrawalId);
  writer.text(JSON.stringify([...state.pendingWithdrawals.values()]));
  writer.number(state.lastProposalId);
  writer.text(JSON.stringify([...state.openProposals.values()]));
}

export function restoreRequests(state: State, reader: SnapshotReader): void {
  for (let count = reader.count(); count > 0; count -= 1) {
    state.replayGuard.restore({
      slot: reader.number(),
      low: reader.number(),
      high: reader.number(),
      keyId: reader.number(),
    });
  }
  for (let count = reader.count(); count > 0; count -= 1) state.creditedDeposits.add(reader.text());
  state.lastWithdrawalId = reader.number();
  for (const withdrawal of JSON.parse(reader.text()) as WithdrawalView[]) {
    const { withdrawalId, status, triggerUs = 0 } = withdrawal;
    state.pendingWithdrawals.set(withdrawalId, withdrawal);
    if (status === 'waiting') state.waitingWithdrawals.add(withdrawalId, triggerUs);
  }
  state.lastProposalId = reader.number();
  for (const proposal of JSON.parse(reader.text()) as ProposalView[]) {
    state.openProposals.set(proposal.proposalId, proposal);
  }
}
