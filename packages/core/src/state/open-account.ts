import type { State } from './state.js';

/** A new account of the customer, with columns in every asset. Returns its id. */
export function openAccount(state: State, customerId: number, name: string): number {
  const { accounts, customers, balances, scope } = state;
  const accountId = accounts.add(customerId, scope.timeUs);
  balances.addAccount(accountId);
  state.unsettled.ensure(accountId);
  state.volumes.ensure(customerId);
  if (name !== '') accounts.names.set(accountId, name);
  const last = customers.lastAccountId[customerId] as number;
  if (last === 0) customers.mainAccountId[customerId] = accountId;
  else accounts.nextOfCustomer[last] = accountId;
  customers.lastAccountId[customerId] = accountId;
  (customers.accountCount[customerId] as number) += 1;
  return accountId;
}
