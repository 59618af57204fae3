// Registration and faucet of a sandbox: nobody signs, so the venue's own service keys do. A venue without them refuses.
import { randomUUID } from 'node:crypto';
import { type Parameter, parametersOf, type RequestOf } from '@glasshouse/api';
import { INSTRUCTION } from '@glasshouse/protocol';
import { formatDecimal, parseDecimal, rescale } from '@glasshouse/units';
import type { Catalogue } from '../exchange/catalogue.js';
import type { KeyRing } from '../exchange/key-ring.js';
import { creditedDeposit, newAccount } from '../operations/command-answers.js';
import type { InternalCommands } from '../operations/contract.js';
import type { ServiceSubmission } from '../operations/service-submission.js';
import type { Committed, ExchangePort, ServiceSigner } from '../ports.js';
import { Problem } from '../problem.js';

export type SandboxSigners = {
  readonly registrar?: ServiceSigner;
  readonly chain?: ServiceSigner;
  readonly twoFactor?: ServiceSigner;
};

export type FaucetLimits = {
  /** Largest quantity of one call by asset symbol; what is not named has the default. */
  readonly maxPerCall: Readonly<Record<string, string>>;
  readonly defaultMaxPerCall: string;
};

export type SandboxParts = {
  readonly port: ExchangePort;
  readonly catalogue: Catalogue;
  readonly keys: KeyRing;
  readonly service: ServiceSubmission;
  readonly signers: SandboxSigners;
  readonly faucet: FaucetLimits;
};

class Sandbox {
  constructor(private readonly parts: SandboxParts) {}

  private submitSigned(
    signer: ServiceSigner | undefined,
    instruction: string,
    parameters: readonly Parameter[],
  ): Promise<Committed> {
    if (signer === undefined) throw new Problem('registrationClosed');
    return this.parts.service.submit(signer, instruction, parameters);
  }

  async createAccount({ publicKey, referrerAccountId }: RequestOf<'createAccount'>) {
    const parameters = parametersOf({ publicKey, ...(referrerAccountId === undefined ? {} : { referrerAccountId }) });
    const committed = await this.submitSigned(this.parts.signers.registrar, INSTRUCTION.createAccount, parameters);
    return newAccount(committed);
  }

  async faucet(request: RequestOf<'faucet'>) {
    const { symbol, quantity } = request;
    const blockchain = this.depositChain(symbol);
    this.refuseTooMuch(symbol, quantity);
    const accountId = await this.accountOf(request);
    const parameters = parametersOf({ accountId, blockchain, quantity, reference: `faucet-${randomUUID()}`, symbol });
    const committed = await this.submitSigned(this.parts.signers.chain, INSTRUCTION.creditDeposit, parameters);
    return creditedDeposit(this.parts.port, this.parts.catalogue, committed);
  }

  private async accountOf({ accountId, publicKey }: RequestOf<'faucet'>): Promise<number> {
    if ((accountId === undefined) === (publicKey === undefined)) {
      throw new Problem('parameterConflict', { message: 'Must specify exactly one of `accountId` and `publicKey`' });
    }
    if (accountId !== undefined) return accountId;
    const key = await this.parts.keys.find(publicKey ?? '');
    if (key === undefined) throw new Problem('keyUnknown');
    return key.view.accountId;
  }

  private depositChain(symbol: string): string {
    const asset = this.parts.catalogue.assetBySymbol(symbol);
    if (asset === undefined) throw new Problem('assetUnknown', { details: { symbol } });
    const token = asset.tokens.find(({ depositEnabled }) => depositEnabled);
    if (token === undefined) throw new Problem('depositDisabled', { details: { symbol } });
    return token.blockchain;
  }

  private refuseTooMuch(symbol: string, quantity: string): void {
    const { maxPerCall, defaultMaxPerCall } = this.parts.faucet;
    const maximum = maxPerCall[symbol] ?? defaultMaxPerCall;
    const asked = parseDecimal(quantity);
    if (asked === undefined) throw new Problem('parameterInvalid', { message: 'failed to parse parameter `quantity`' });
    if (exceeds(asked, maximum)) {
      throw new Problem('quantityAboveMaximum', {
        message: `Quantity is above the faucet's maximum of ${maximum} ${symbol}`,
        details: { quantity: formatDecimal(asked.digits, asked.scale, 0), maximum },
      });
    }
  }
}

type Decimal = { readonly digits: number; readonly scale: number };

/** A value that does not fit the other's scale has so many digits that it is larger. */
function exceeds(asked: Decimal, maximum: string): boolean {
  const bound = parseDecimal(maximum);
  if (bound === undefined) return true;
  const scale = Math.max(asked.scale, bound.scale);
  const askedUnits = rescale(asked, scale);
  const boundUnits = rescale(bound, scale);
  return boundUnits !== undefined && (askedUnits === undefined || askedUnits > boundUnits);
}

export function internalCommands(parts: SandboxParts): InternalCommands {
  const sandbox = new Sandbox(parts);
  return {
    createAccount: (body) => sandbox.createAccount(body),
    faucet: (body) => sandbox.faucet(body),
  };
}
