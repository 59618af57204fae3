import type { FeeTier } from '@glasshouse/protocol';
import type { State } from './state.js';

/** Of the account's customer, now. */
export function feeTierOf({ accounts, customers, spotFeeTiers }: State, accountId: number): FeeTier | undefined {
  return spotFeeTiers[customers.feeTier[accounts.customerId[accountId] as number] as number];
}
