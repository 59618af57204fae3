import type { KeyRole } from '@glasshouse/protocol';
import type { State } from './state.js';

/** Registers a key and, for an account's key, hangs it on the account's list. Returns its id. */
export function registerKey(
  state: State,
  publicKey: string,
  role: KeyRole,
  accountId: number,
  permissions: number,
): number {
  const { keys, accounts } = state;
  const keyId = keys.add(publicKey, role, accountId, permissions);
  if (accountId !== 0) {
    const last = accounts.lastKey[accountId] as number;
    if (last === 0) accounts.firstKey[accountId] = keyId;
    else keys.nextOfAccount[last] = keyId;
    accounts.lastKey[accountId] = keyId;
    (accounts.activeKeys[accountId] as number) += 1;
  }
  return keyId;
}

export function deactivateKey(state: State, keyId: number): void {
  state.keys.active[keyId] = 0;
  const accountId = state.keys.accountId[keyId] as number;
  if (accountId !== 0) (state.accounts.activeKeys[accountId] as number) -= 1;
}
