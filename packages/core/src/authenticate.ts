// Who may ask for what, and when. The signature itself was checked before the request was sequenced; `verify` checks it again.
import {
  type Command,
  type CommandKind,
  decodeCommand,
  isMalformed,
  KEY_ROLE,
  type KeyRole,
  PERMISSION,
  type Request,
} from '@glasshouse/protocol';
import { reject } from './state/reject.js';
import type { State } from './state/state.js';

type Right = {
  readonly role: KeyRole;
  readonly permission: number;
  /** Also while the signer's account is being liquidated: it moves no money and takes nothing on. */
  readonly always: boolean;
};

const byAccount = (permission: number): Right => ({ role: KEY_ROLE.account, permission, always: false });
const byOwner = (permission: number): Right => ({ role: KEY_ROLE.account, permission, always: true });
const byService = (role: KeyRole): Right => ({ role, permission: 0, always: true });

/** What can move money out, directly or through a new key or account, takes the permission to withdraw. */
const RIGHTS: Readonly<Record<CommandKind, Right>> = {
  placeOrders: byAccount(PERMISSION.trade),
  cancelOrder: byAccount(PERMISSION.trade),
  cancelAllOrders: byAccount(PERMISSION.trade),
  reduceOrder: byAccount(PERMISSION.trade),
  updateAccount: byAccount(PERMISSION.trade),
  borrowLend: byAccount(PERMISSION.trade),
  enrolBackstop: byAccount(PERMISSION.trade),
  leaveBackstop: byAccount(PERMISSION.trade),
  acceptNegativeBalance: byAccount(PERMISSION.withdraw),
  reportPrices: byService(KEY_ROLE.priceFeed),
  createSubaccount: byOwner(PERMISSION.withdraw),
  transfer: byAccount(PERMISSION.withdraw),
  addKey: byOwner(PERMISSION.withdraw),
  revokeKey: byOwner(PERMISSION.withdraw),
  requestWithdrawal: byAccount(PERMISSION.withdraw),
  createAccount: byService(KEY_ROLE.registrar),
  creditDeposit: byService(KEY_ROLE.chain),
  confirmWithdrawal: byService(KEY_ROLE.chain),
  propose: byService(KEY_ROLE.operator),
  approve: byService(KEY_ROLE.operator),
  createStrategy: byAccount(PERMISSION.trade),
  cancelStrategy: byAccount(PERMISSION.trade),
  cancelAllStrategies: byAccount(PERMISSION.trade),
  cancelWithdrawal: byOwner(PERMISSION.withdraw),
  createWithdrawalDelay: byOwner(PERMISSION.withdraw),
  updateWithdrawalDelay: byOwner(PERMISSION.withdraw),
  saveAddress: byOwner(PERMISSION.withdraw),
  removeAddress: byOwner(PERMISSION.withdraw),
  setAddressBook: byOwner(PERMISSION.withdraw),
  enableTwoFactor: byOwner(PERMISSION.withdraw),
  disableTwoFactor: byOwner(PERMISSION.withdraw),
  confirmTwoFactor: byService(KEY_ROLE.twoFactor),
  vaultMint: byAccount(PERMISSION.withdraw),
  vaultRedeem: byAccount(PERMISSION.trade),
  vaultRedeemCancel: byAccount(PERMISSION.trade),
  submitRfq: byAccount(PERMISSION.trade),
  cancelRfq: byAccount(PERMISSION.trade),
  acceptQuote: byAccount(PERMISSION.trade),
  refreshRfq: byAccount(PERMISSION.trade),
  submitQuote: byAccount(PERMISSION.trade),
  convertDust: byAccount(PERMISSION.trade),
};

const TRADES = RIGHTS.placeOrders;

/** What nearly all commands need is told by comparing two names: finding one of many in a table takes longer. */
function rightFor(kind: CommandKind): Right {
  return kind === 'placeOrders' || kind === 'cancelOrder' ? TRADES : RIGHTS[kind];
}

const US_PER_MS = 1000;

function isTimely(state: State, timestampMs: number, windowMs: number, nowMs: number): boolean {
  if (nowMs > timestampMs + windowMs) {
    reject(state, 'requestExpired', { timestamp: timestampMs, window: windowMs, now: nowMs });
    return false;
  }
  const tolerance = state.settings.futureToleranceMs;
  if (timestampMs <= nowMs + tolerance) return true;
  reject(state, 'requestFromFuture', { timestamp: timestampMs, now: nowMs, tolerance });
  return false;
}

function mayAsk(state: State, keyId: number, kind: CommandKind): boolean {
  const right = rightFor(kind);
  if (state.keys.role[keyId] !== right.role) {
    reject(state, 'roleNotAllowed', { command: kind });
    return false;
  }
  if (((state.keys.permissions[keyId] as number) & right.permission) !== right.permission) {
    reject(state, 'permissionMissing', { command: kind });
    return false;
  }
  const { accountId } = state.scope;
  if (right.always || !state.liquidations.has(accountId)) return true;
  reject(state, 'accountLiquidating', { accountId });
  return false;
}

/** The command of a signed request once its key, time and rights are in order; undefined after a reject. */
export function authenticate(state: State, request: Request): Command | undefined {
  const { keys, scope, foresight } = state;
  const { keyId } = request;
  const foreseen = foresight.take(request);
  if (!keys.has(keyId)) return void reject(state, 'keyUnknown', { keyId });
  scope.keyId = keyId;
  scope.accountId = keys.accountId[keyId] as number;
  if (keys.active[keyId] !== 1) return void reject(state, 'keyRevoked', { keyId });
  const decoded = foreseen ?? decodeCommand(request.bytes, request.payloadStart, request.payloadEnd);
  if (isMalformed(decoded)) {
    return void reject(state, 'malformedCommand', { field: decoded.field, problem: decoded.malformed });
  }
  const { command, timestampMs, windowMs } = decoded;
  const nowMs = Math.floor(state.timeUs / US_PER_MS);
  if (!isTimely(state, timestampMs, windowMs, nowMs)) return undefined;
  if (!state.replayGuard.admit(request.bytes, request.signatureStart, keyId, timestampMs + windowMs, nowMs)) {
    return void reject(state, 'requestReplayed', { timestamp: timestampMs });
  }
  return mayAsk(state, keyId, command.kind) ? command : undefined;
}
