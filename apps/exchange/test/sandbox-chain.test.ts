import type { Committed, ExchangePort, ServiceSigner } from '@glasshouse/gateway';
import { Overloaded } from '@glasshouse/gateway';
import { decodeCommand, type Event, isMalformed, type Request, type WithdrawalView } from '@glasshouse/protocol';
import type { Atoms, Seq, TimeUs } from '@glasshouse/units';
import { afterEach, expect, it, vi } from 'vitest';
import { silentLog } from '../src/log.js';
import { SandboxChain, sandboxTransactionHash } from '../src/sandbox-chain.js';

const NOW_US = 1_700_000_000_000_000 as TimeUs;

const withdrawal = (withdrawalId: number): WithdrawalView => ({
  withdrawalId,
  accountId: 7,
  assetId: 1,
  quantityAtoms: 5_000_000 as Atoms,
  feeAtoms: 1 as Atoms,
  blockchain: 'Solana',
  address: 'somewhere',
  clientId: '',
  status: 'pending',
  transactionHash: '',
  createdUs: NOW_US,
});

class FakePort implements Pick<ExchangePort, 'submit' | 'onCommitted' | 'nowUs'> {
  readonly submitted: Request[] = [];
  readonly listeners = new Set<(committed: Committed) => void>();
  answer: () => Promise<readonly Event[]> = async () => [];

  nowUs(): TimeUs {
    return NOW_US;
  }

  onCommitted(listener: (committed: Committed) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  commit(events: readonly Event[]): void {
    for (const listener of this.listeners) listener({ seq: 0 as Seq, timeUs: NOW_US, events });
  }

  async submit(request: Request): Promise<Committed> {
    this.submitted.push(request);
    return { seq: 1 as Seq, timeUs: NOW_US, events: await this.answer() };
  }
}

const signer: ServiceSigner = { keyId: 3, sign: () => new Uint8Array(64).fill(9) };
const chains: SandboxChain[] = [];

function startedChain(pending: readonly WithdrawalView[] = []): FakePort {
  const port = new FakePort();
  chains.push(
    new SandboxChain({ port: port as unknown as ExchangePort, signer, log: silentLog, pending, confirmationMs: 1 }),
  );
  return port;
}

function commandsOf(port: FakePort): unknown[] {
  return port.submitted.map(({ bytes, payloadStart, payloadEnd }) => {
    const decoded = decodeCommand(bytes, payloadStart, payloadEnd);
    return isMalformed(decoded) ? decoded : decoded.command;
  });
}

const confirmationOf = (withdrawalId: number) => ({
  kind: 'confirmWithdrawal',
  withdrawalId,
  transactionHash: sandboxTransactionHash(withdrawal(withdrawalId)),
});

afterEach(() => {
  for (const chain of chains.splice(0)) chain.stop();
});

it('confirms a requested withdrawal with a request signed by the chain key', async () => {
  const port = startedChain();
  port.commit([{ kind: 'withdrawalRequested', withdrawal: withdrawal(4) }]);
  await vi.waitFor(() => expect(commandsOf(port)).toEqual([confirmationOf(4)]));
  expect(port.submitted[0]?.keyId).toBe(3);
});

it('confirms what an earlier process left pending', async () => {
  const port = startedChain([withdrawal(1), withdrawal(2)]);
  await vi.waitFor(() => expect(commandsOf(port)).toEqual([confirmationOf(1), confirmationOf(2)]));
});

it('leaves alone what waits for its delay until it is released, also after a restart', async () => {
  const waiting: WithdrawalView = { ...withdrawal(1), status: 'waiting', triggerUs: NOW_US };
  const port = startedChain([waiting]);
  port.commit([{ kind: 'withdrawalRequested', withdrawal: { ...waiting, withdrawalId: 2 } }]);
  port.commit([{ kind: 'withdrawalReleased', withdrawal: { ...waiting, withdrawalId: 3, status: 'pending' } }]);
  await vi.waitFor(() => expect(commandsOf(port)).toEqual([confirmationOf(3)]));
});

it('asks an overloaded exchange again until it is taken', async () => {
  const port = startedChain();
  let refusals = 2;
  port.answer = async () => {
    if (refusals-- > 0) throw new Overloaded('busy');
    return [];
  };
  port.commit([{ kind: 'withdrawalRequested', withdrawal: withdrawal(4) }]);
  await vi.waitFor(() => expect(port.submitted).toHaveLength(3));
});

it('signs anew what arrived too late', async () => {
  const port = startedChain();
  let late = true;
  port.answer = async () => {
    const events: Event[] = late
      ? [{ kind: 'rejected', index: 0, reason: 'requestExpired', details: {}, accountId: 0 }]
      : [];
    late = false;
    return events;
  };
  port.commit([{ kind: 'withdrawalRequested', withdrawal: withdrawal(4) }]);
  await vi.waitFor(() => expect(port.submitted).toHaveLength(2));
});

it('names the same transaction for the same withdrawal, and different ones for different withdrawals', () => {
  expect(sandboxTransactionHash(withdrawal(1))).toBe(sandboxTransactionHash(withdrawal(1)));
  expect(sandboxTransactionHash(withdrawal(1))).not.toBe(sandboxTransactionHash(withdrawal(2)));
  expect(sandboxTransactionHash(withdrawal(1))).toMatch(/^[0-9a-f]{64}$/);
});
