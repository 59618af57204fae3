// Customers, accounts, keys and balances: columns.
import { ALL_PERMISSIONS, type KeyRole } from '@glasshouse/protocol';
import { deactivateKey, registerKey } from '../state/account-keys.js';
import { openAccount } from '../state/open-account.js';
import type { State } from '../state/state.js';
import type { SnapshotReader } from './reader.js';
import type { SnapshotWriter } from './writer.js';

/** Names by account id, in id order. */
function namesInOrder(state: State): [number, string][] {
  return [...state.accounts.names].sort(([a], [b]) => a - b);
}

export function writePeople(state: State, writer: SnapshotWriter): void {
  const { customers, accounts, keys } = state;
  writer.number(customers.count);
  writer.column(customers.feeTier, 1, customers.count);
  writer.column(customers.grantedTier, 1, customers.count);
  writer.column(customers.referrerAccountId, 1, customers.count);
  writer.column(customers.isOperators, 1, customers.count);
  writer.number(accounts.count);
  writer.column(accounts.customerId, 1, accounts.count);
  writer.column(accounts.createdUs, 1, accounts.count);
  writer.column(accounts.flags, 1, accounts.count);
  writer.column(accounts.leverageLimitCenti, 1, accounts.count);
  const names = namesInOrder(state);
  writer.number(names.length);
  for (const [accountId, name] of names) {
    writer.number(accountId);
    writer.text(name);
  }
  writer.number(keys.count);
  writer.text(keys.publicKey.join(''));
  writer.column(keys.role, 1, keys.count);
  writer.column(keys.accountId, 1, keys.count);
  writer.column(keys.permissions, 1, keys.count);
  writer.column(keys.active, 1, keys.count);
}

function restoreAccounts(state: State, reader: SnapshotReader): void {
  const { accounts } = state;
  const count = reader.count();
  const customerIds = new Int32Array(count + 1);
  reader.column(customerIds, 1, count);
  for (let id = 1; id <= count; id += 1) openAccount(state, customerIds[id] as number, '');
  reader.column(accounts.createdUs, 1, count);
  reader.column(accounts.flags, 1, count);
  reader.column(accounts.leverageLimitCenti, 1, count);
  for (let names = reader.count(); names > 0; names -= 1) {
    const accountId = reader.number();
    accounts.names.set(accountId, reader.text());
  }
}

const PUBLIC_KEY_LENGTH = 44;

function restoreKeys(state: State, reader: SnapshotReader): void {
  const { keys } = state;
  const count = reader.count();
  const publicKeys = reader.text();
  const roles = new Uint8Array(count + 1);
  const accountIds = new Int32Array(count + 1);
  const permissions = new Uint8Array(count + 1);
  const active = new Uint8Array(count + 1);
  reader.column(roles, 1, count);
  reader.column(accountIds, 1, count);
  reader.column(permissions, 1, count);
  reader.column(active, 1, count);
  for (let id = 1; id <= count; id += 1) {
    const publicKey = publicKeys.slice((id - 1) * PUBLIC_KEY_LENGTH, id * PUBLIC_KEY_LENGTH);
    registerKey(
      state,
      publicKey,
      roles[id] as KeyRole,
      accountIds[id] as number,
      (permissions[id] as number) & ALL_PERMISSIONS,
    );
    if (active[id] === 0) deactivateKey(state, keys.count);
  }
}

export function restorePeople(state: State, reader: SnapshotReader): void {
  const { customers } = state;
  const count = reader.count();
  for (let id = 1; id <= count; id += 1) customers.add();
  reader.column(customers.feeTier, 1, count);
  reader.column(customers.grantedTier, 1, count);
  reader.column(customers.referrerAccountId, 1, count);
  reader.column(customers.isOperators, 1, count);
  restoreAccounts(state, reader);
  restoreKeys(state, reader);
}

export function writeBalances(state: State, writer: SnapshotWriter): void {
  const { count } = state.accounts;
  for (const balances of state.balances.assets) {
    writer.column(balances.availableAtoms, 1, count);
    writer.column(balances.lockedAtoms, 1, count);
    writer.column(balances.loanAtoms, 1, count);
    writer.column(balances.loanIndex, 1, count);
    writer.column(balances.accruedAtoms, 1, count);
    writer.column(balances.houseAtoms, 0, balances.houseAtoms.length - 1);
    writer.number(balances.customersAtoms);
  }
}

export function restoreBalances(state: State, reader: SnapshotReader): void {
  const { count } = state.accounts;
  for (const balances of state.balances.assets) {
    reader.column(balances.availableAtoms, 1, count);
    reader.column(balances.lockedAtoms, 1, count);
    reader.column(balances.loanAtoms, 1, count);
    reader.column(balances.loanIndex, 1, count);
    reader.column(balances.accruedAtoms, 1, count);
    reader.column(balances.houseAtoms, 0, balances.houseAtoms.length - 1);
    balances.customersAtoms = reader.number();
  }
}
