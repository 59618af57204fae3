// The code beside a request: looked at here, because the secret must not be in a log that anyone may read, and confirmed to the
// exchange by a signature of the venue's two-factor key, over the signature of that one request. The exchange takes each time
// step once. So whoever has this process has no customer's key, and whoever has a customer's key has no code.
import { type OperationName, parametersOf } from '@glasshouse/api';
import { INSTRUCTION, type KeyView, PERMISSION, type SecurityView } from '@glasshouse/protocol';
import type { ServiceSubmission } from '../operations/service-submission.js';
import type { ExchangePort, SecretVault, ServiceSigner } from '../ports.js';
import { Problem } from '../problem.js';
import { Attempts } from './attempts.js';
import { base32, otpauthUri, stepOf } from './totp.js';

export type SecondFactorParts = {
  readonly port: ExchangePort;
  readonly service: ServiceSubmission;
  readonly signer: ServiceSigner | undefined;
  readonly vault: SecretVault | undefined;
  readonly venue: () => string;
};

type Customer = { readonly customerId: number; readonly security: SecurityView | undefined };
type Presented = { readonly caller: KeyView; readonly signature: Uint8Array; readonly code: string };

const FIRST_SECRET = 1;

export class SecondFactor {
  private readonly attempts = new Attempts();

  constructor(private readonly parts: SecondFactorParts) {}

  get offered(): boolean {
    return this.parts.signer !== undefined && this.parts.vault !== undefined;
  }

  async isEnabled(caller: KeyView): Promise<boolean> {
    return (await this.customerOf(caller)).security?.twoFactor === true;
  }

  /** Only before codes are switched on: who has taken the key over afterwards learns nothing. */
  async secret(caller: KeyView) {
    if ((caller.permissions & PERMISSION.withdraw) === 0) throw new Problem('permissionMissing');
    const { vault, venue } = this.parts;
    if (vault === undefined || !this.offered) throw new Problem('twoFactorNotOffered');
    const { customerId, security } = await this.customerOf(caller);
    if (security?.twoFactor === true) throw new Problem('twoFactorUnchanged');
    const secret = await vault.obtain(customerId, security?.secretNumber ?? FIRST_SECRET);
    return { secret: base32(secret), uri: otpauthUri(secret, venue(), `customer ${customerId}`) };
  }

  /** Before the request is put into the log. Who does not ask for codes has none looked at, but to begin with them. */
  async confirm(presented: Presented, name: OperationName): Promise<void> {
    const customer = await this.customerOf(presented.caller);
    const asked = customer.security?.twoFactor === true;
    const unchanged = asked ? name === 'enableTwoFactor' : name === 'disableTwoFactor';
    if (unchanged) throw new Problem('twoFactorUnchanged');
    if (!asked && name !== 'enableTwoFactor') return;
    const { signer } = this.parts;
    if (signer === undefined) throw new Problem('twoFactorNotOffered');
    const step = await this.seen(customer, presented.code);
    const signature = Buffer.from(presented.signature).toString('hex');
    const parameters = parametersOf({ accountId: presented.caller.accountId, signature, step });
    await this.parts.service.submit(signer, INSTRUCTION.confirmTwoFactor, parameters);
    this.attempts.succeed(customer.customerId);
  }

  private customerOf({ accountId }: KeyView): Promise<Customer> {
    return this.parts.port.read((view) => {
      const customerId = view.account(accountId)?.customerId ?? 0;
      return { customerId, security: view.security(customerId) };
    });
  }

  private async seen({ customerId, security }: Customer, code: string): Promise<number> {
    const nowMs = Math.floor(this.parts.port.nowUs() / 1000);
    const waitMs = this.attempts.begin(customerId, nowMs);
    if (waitMs > 0) throw new Problem('twoFactorLocked', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    const secret = await this.parts.vault?.find(customerId, security?.secretNumber ?? FIRST_SECRET);
    const step = secret && stepOf(secret, code, nowMs);
    if (step === undefined) throw new Problem('twoFactorWrong');
    return step;
  }
}
