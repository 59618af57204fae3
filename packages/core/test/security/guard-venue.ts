// A venue with a two-factor service, and alice, who has money and a subaccount.
import type { Event } from '@glasshouse/protocol';
import { fakePublicKey, type Parameters, signatureText } from '@glasshouse/testkit';
import { restore, type State, securityView, snapshot, withdrawalView } from '../../src/index.js';
import { Venue } from '../venue.js';

export const HOUR = 3_600_000;
const STEP_MS = 30_000;

export class GuardVenue extends Venue {
  readonly alice = this.trader('alice', { USDC: '1000' });
  readonly service: number;

  constructor() {
    super();
    const publicKey = fakePublicKey('two factor');
    this.decide({ kind: 'addServiceKey', key: { publicKey, role: 'twoFactor' } });
    this.service = this.keyId(publicKey);
  }

  get step(): number {
    return Math.floor(this.maker.nowMs / STEP_MS);
  }

  security() {
    return securityView(this.state, 1);
  }

  guard(instruction: string, parameters: Parameters = {}, keyId = this.alice): Event[] {
    return this.command(keyId, instruction, parameters);
  }

  /** The same, with the service's word that it has seen the code of the step. */
  withCode(instruction: string, parameters: Parameters = {}, step = this.step, keyId = this.alice): Event[] {
    const request = this.maker.command(keyId, instruction, parameters);
    const confirmation = { accountId: this.accountOf(keyId), signature: signatureText(request), step };
    return [...this.command(this.service, 'glassTwoFactorConfirm', confirmation), ...this.apply(request)];
  }

  withdraw(quantity = '100', address = 'somewhere', keyId = this.alice): Event[] {
    return this.command(keyId, 'withdraw', { symbol: 'USDC', quantity, blockchain: 'Sandbox', address });
  }

  withdrawal(withdrawalId = 1) {
    return withdrawalView(this.state, withdrawalId);
  }

  /** The process ends and another one begins with what the snapshot holds. */
  restart(): void {
    (this as { state: State }).state = restore(snapshot(this.state));
  }
}

export const reasons = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.kind === 'rejected' ? [event.reason] : []));
