// What an account may read about what guards its customer's withdrawals.
import type { KeyView, SecurityView } from '@glasshouse/protocol';
import { addressBookAnswer, delayAnswer } from '../answers/security-answer.js';
import type { ExchangePort } from '../ports.js';
import type { SignedQueries } from './contract.js';
import type { SignedQueryParts } from './query-parts.js';

function securityOf(port: ExchangePort, { accountId }: KeyView): Promise<SecurityView | undefined> {
  return port.read((view) => view.security(view.account(accountId)?.customerId ?? 0));
}

export function securityQueries({ port, secondFactor }: SignedQueryParts) {
  return {
    withdrawalDelay: async (_values, caller) => {
      const security = await securityOf(port, caller);
      return security === undefined || security.delayHours === 0 ? undefined : delayAnswer(security);
    },
    addressBook: async (_values, caller) => addressBookAnswer(await securityOf(port, caller)),
    twoFactor: async (_values, caller) => ({
      enabled: await secondFactor.isEnabled(caller),
      offered: secondFactor.offered,
    }),
    twoFactorSecret: (_values, caller) => secondFactor.secret(caller),
  } satisfies Partial<SignedQueries>;
}
