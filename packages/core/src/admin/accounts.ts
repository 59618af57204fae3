// Customers, their accounts, keys and settings, and transfers between a customer's own accounts.
import {
  type AddKey,
  ALL_PERMISSIONS,
  type CreateAccount,
  type CreateSubaccount,
  KEY_ROLE,
  PERMISSION,
  type RevokeKey,
  type Transfer,
  type UpdateAccount,
} from '@glasshouse/protocol';
import { rescale } from '@glasshouse/units';
import { pay } from '../ledger/ledger.js';
import { makeAvailable, spendableAtoms } from '../lending/available.js';
import { noteCredit, switchAutoLend } from '../lending/idle.js';
import { lossRefusal } from '../lending/margin.js';
import { deactivateKey, registerKey } from '../state/account-keys.js';
import { ACCOUNT_FLAG } from '../state/accounts.js';
import { assetAtoms, listedAsset } from '../state/asset-amount.js';
import { openAccount } from '../state/open-account.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { assetText, decimalText } from '../state/texts.js';
import { accountViewOf, keyViewOf } from '../state/views.js';

export function announceAccount(state: State, accountId: number, kind: 'accountCreated' | 'accountUpdated'): void {
  const account = accountViewOf(state, accountId);
  if (account !== undefined) state.scope.emit?.({ kind, account });
}

function announceKey(state: State, keyId: number, kind: 'keyAdded' | 'keyRevoked'): void {
  const key = keyViewOf(state, keyId);
  if (key !== undefined) state.scope.emit?.({ kind, key });
}

function newKeyAllowed(state: State, publicKey: string): boolean {
  if (state.keys.idOf(publicKey) === 0) return true;
  reject(state, 'keyAlreadyRegistered', { publicKey });
  return false;
}

function openWithKey(state: State, customerId: number, name: string, publicKey: string): void {
  const accountId = openAccount(state, customerId, name);
  announceAccount(state, accountId, 'accountCreated');
  announceKey(state, registerKey(state, publicKey, KEY_ROLE.account, accountId, ALL_PERMISSIONS), 'keyAdded');
}

export function createAccount(state: State, command: CreateAccount): void {
  if (!state.settings.openRegistration) return reject(state, 'registrationClosed');
  if (!newKeyAllowed(state, command.publicKey)) return;
  const { referrerAccountId } = command;
  if (referrerAccountId >= 0 && !state.accounts.has(referrerAccountId)) {
    return reject(state, 'accountUnknown', { accountId: referrerAccountId });
  }
  const customerId = state.customers.add();
  state.customers.referrerAccountId[customerId] = Math.max(0, referrerAccountId);
  openWithKey(state, customerId, '', command.publicKey);
}

export function createSubaccount(state: State, command: CreateSubaccount): void {
  const { accounts, customers, settings, scope } = state;
  const customerId = accounts.customerId[scope.accountId] as number;
  const subaccounts = (customers.accountCount[customerId] as number) - 1;
  const limit = settings.maxSubaccountsPerCustomer;
  if (subaccounts >= limit) return reject(state, 'subaccountLimit', { subaccounts, limit });
  if (!newKeyAllowed(state, command.publicKey)) return;
  openWithKey(state, customerId, command.name, command.publicKey);
}

export function addKey(state: State, command: AddKey): void {
  const { accounts, settings, scope } = state;
  const keys = accounts.activeKeys[scope.accountId] as number;
  const limit = settings.maxKeysPerAccount;
  if (keys >= limit) return reject(state, 'keyLimit', { keys, limit });
  if (!newKeyAllowed(state, command.publicKey)) return;
  const keyId = registerKey(state, command.publicKey, KEY_ROLE.account, scope.accountId, command.permissions);
  announceKey(state, keyId, 'keyAdded');
}

/** Without another active key that may withdraw, the account's money could never leave again. */
function anotherMayWithdraw(state: State, keyId: number): boolean {
  const { accounts, keys, scope } = state;
  let other = accounts.firstKey[scope.accountId] as number;
  for (; other !== 0; other = keys.nextOfAccount[other] as number) {
    const mayWithdraw = ((keys.permissions[other] as number) & PERMISSION.withdraw) !== 0;
    if (other !== keyId && keys.active[other] === 1 && mayWithdraw) return true;
  }
  return false;
}

export function revokeKey(state: State, command: RevokeKey): void {
  const { keys, scope } = state;
  const keyId = keys.idOf(command.publicKey);
  if (keyId === 0 || keys.accountId[keyId] !== scope.accountId || keys.active[keyId] !== 1) {
    return reject(state, 'keyNotOwn', { publicKey: command.publicKey });
  }
  if (!anotherMayWithdraw(state, keyId)) return reject(state, 'lastKey', { publicKey: command.publicKey });
  deactivateKey(state, keyId);
  announceKey(state, keyId, 'keyRevoked');
}

function withFlag(flags: number, flag: number, value: boolean | undefined): number {
  if (value === undefined) return flags;
  return value ? flags | flag : flags & ~flag;
}

const MAX_LEVERAGE_CENTI = 1_000_000;

export function updateAccount(state: State, command: UpdateAccount): void {
  const { accounts, scope } = state;
  const { leverageLimit } = command;
  const centi = leverageLimit === undefined ? undefined : rescale(leverageLimit, 2);
  if (leverageLimit !== undefined && (centi === undefined || centi < 100 || centi > MAX_LEVERAGE_CENTI)) {
    const given = decimalText(leverageLimit.digits, leverageLimit.scale);
    return reject(state, 'parameterConflict', {
      problem: 'leverageLimit is 1 to 10000 in steps of 0.01',
      leverageLimit: given,
    });
  }
  let flags = accounts.flags[scope.accountId] as number;
  flags = withFlag(flags, ACCOUNT_FLAG.autoBorrowSettlements, command.autoBorrowSettlements);
  flags = withFlag(flags, ACCOUNT_FLAG.autoLend, command.autoLend);
  flags = withFlag(flags, ACCOUNT_FLAG.autoRepayBorrows, command.autoRepayBorrows);
  flags = withFlag(flags, ACCOUNT_FLAG.autoRealizePnl, command.autoRealizePnl);
  accounts.flags[scope.accountId] = flags;
  if (command.autoLend !== undefined) switchAutoLend(state, scope.accountId, command.autoLend);
  if (centi !== undefined) {
    accounts.leverageLimitCenti[scope.accountId] = centi;
    state.margins.forgetStakes(scope.accountId);
  }
  announceAccount(state, scope.accountId, 'accountUpdated');
}

function otherOwnAccount(state: State, toAccountId: number): boolean {
  const { accounts, scope } = state;
  if (toAccountId === scope.accountId) reject(state, 'transferToSelf', { accountId: toAccountId });
  else if (accounts.customerId[toAccountId] !== accounts.customerId[scope.accountId]) {
    reject(state, 'transferToStranger', { accountId: toAccountId });
  } else return true;
  return false;
}

export function transfer(state: State, command: Transfer): void {
  const { scope, vaults } = state;
  const { toAccountId } = command;
  if (vaults.ofAccount(scope.accountId) !== undefined) {
    return reject(state, 'accountIsVault', { accountId: scope.accountId });
  }
  const asset = listedAsset(state, command.symbol);
  if (asset === undefined) return;
  if (vaults.ofToken(asset.assetId) !== undefined && vaults.ofAccount(toAccountId) !== undefined) {
    return reject(state, 'accountIsVault', { accountId: toAccountId });
  }
  if (!state.accounts.has(toAccountId)) return reject(state, 'accountUnknown', { accountId: toAccountId });
  const atoms = assetAtoms(state, asset, command.quantity);
  if (atoms === undefined || !otherOwnAccount(state, toAccountId)) return;
  const available = spendableAtoms(state, scope.accountId, asset.assetId);
  if (atoms > available) {
    return reject(state, 'insufficientFunds', {
      asset: asset.symbol,
      required: assetText(state, asset.assetId, atoms),
      available: assetText(state, asset.assetId, available),
    });
  }
  const refusal = lossRefusal(state, scope.accountId, asset.assetId, atoms);
  if (refusal !== undefined) return reject(state, refusal.reason, refusal.details);
  makeAvailable(state, scope.accountId, asset.assetId, atoms, 'transfer');
  pay(state, scope.accountId, toAccountId, asset.assetId, atoms);
  noteCredit(state, toAccountId, asset.assetId, atoms);
  scope.emit?.({
    kind: 'transferred',
    fromAccountId: scope.accountId,
    toAccountId,
    assetId: asset.assetId,
    quantityAtoms: atoms,
  });
}
