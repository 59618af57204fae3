// The sandbox's blockchain as far as withdrawals go: it sees each request and a moment later says that the money has left.
import { createHash } from 'node:crypto';
import { type ExchangePort, Overloaded, type ServiceSigner } from '@glasshouse/gateway';
import { type Event, INSTRUCTION, type WithdrawalView } from '@glasshouse/protocol';
import type { Log } from './log.js';
import { serviceRequest } from './service-request.js';

export type SandboxChainOptions = {
  readonly port: ExchangePort;
  readonly signer: ServiceSigner;
  readonly log: Log;
  /** Requested before this process started, and not confirmed yet. */
  readonly pending: readonly WithdrawalView[];
  readonly confirmationMs?: number;
};

const CONFIRMATION_MS = 500;

/** No transaction exists, so its hash is made of the withdrawal: the same one gets the same hash again after a crash. */
export function sandboxTransactionHash(withdrawal: WithdrawalView): string {
  const { withdrawalId, accountId, assetId, quantityAtoms, blockchain, address } = withdrawal;
  const text = [withdrawalId, accountId, assetId, quantityAtoms, blockchain, address].join('\n');
  return createHash('sha256').update(text).digest('hex');
}

export class SandboxChain {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly leave: () => void;

  constructor(private readonly options: SandboxChainOptions) {
    for (const withdrawal of options.pending) this.see(withdrawal);
    this.leave = options.port.onCommitted(({ events }) => {
      for (const event of events) this.look(event);
    });
  }

  stop(): void {
    this.leave();
    for (const timer of this.timers) clearTimeout(timer);
  }

  private look(event: Event): void {
    if (event.kind === 'withdrawalRequested' || event.kind === 'withdrawalReleased') this.see(event.withdrawal);
  }

  /** One that waits for its delay is seen again when it is released. */
  private see(withdrawal: WithdrawalView): void {
    if (withdrawal.status === 'pending') this.confirmLater(withdrawal);
  }

  private confirmLater(withdrawal: WithdrawalView): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.confirm(withdrawal).catch((error: unknown) => this.goOn(withdrawal, error));
    }, this.options.confirmationMs ?? CONFIRMATION_MS);
    this.timers.add(timer);
  }

  private async confirm(withdrawal: WithdrawalView): Promise<void> {
    const { port, signer, log } = this.options;
    const { withdrawalId } = withdrawal;
    const parameters = { withdrawalId, transactionHash: sandboxTransactionHash(withdrawal) };
    const { events } = await port.submit(
      serviceRequest(signer, INSTRUCTION.confirmWithdrawal, parameters, port.nowUs()),
    );
    const refusal = events.find((event) => event.kind === 'rejected');
    if (refusal?.reason === 'requestExpired') this.confirmLater(withdrawal);
    else if (refusal !== undefined) log.warn('the sandbox chain was refused', { withdrawalId, reason: refusal.reason });
  }

  /** A busy exchange is asked again; one that has stopped will be told by the chain of the next process. */
  private goOn(withdrawal: WithdrawalView, error: unknown): void {
    if (error instanceof Overloaded) this.confirmLater(withdrawal);
  }
}
