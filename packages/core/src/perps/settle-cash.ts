// Claims of profit and loss become money (mechanics §6), or stay virtual when the account wants that and nothing forbids it.
// What is lent and what is owed to the pool changes places with the claim directly: no cash has to be there for that.
import type { BorrowLendChanged, CullReason } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { changeLoan, changeUnsettled, collectUnsettled, payUnsettled, poolCash, poolOf } from '../ledger/claims.js';
import { availableAtoms } from '../ledger/ledger.js';
import { utilizationOf } from '../ledger/rates.js';
import { lendableAtoms, loanRoomAtoms } from '../lending/limits.js';
import { assetUnits } from '../margin/account.js';
import { ACCOUNT_FLAG } from '../state/accounts.js';
import type { Asset } from '../state/assets.js';
import type { State } from '../state/state.js';

export type SettlementReason = 'autoRealizePnl' | CullReason;

const has = ({ accounts }: State, accountId: number, flag: number): boolean =>
  ((accounts.flags[accountId] as number) & flag) !== 0;

/** Why virtual profit or loss must become cash; undefined when it may stay. */
function cullReason(state: State, accountId: number): CullReason | undefined {
  const asset = state.assets.list[state.settlementAssetId - 1] as Asset;
  const pool = poolOf(state, asset.assetId);
  const units = assetUnits(asset);
  const { virtualLimitPerAccount, virtualLimitInAll } = state.risk;
  if (utilizationOf(pool) > (asset.lending?.throttleThreshold ?? 0)) return 'poolUtilization';
  if (Math.abs(state.unsettled.atoms[accountId] as number) > virtualLimitPerAccount * units) return 'accountLimit';
  const inAll = Math.max(pool.virtualLentAtoms, pool.virtualBorrowedAtoms);
  return inAll > virtualLimitInAll * units ? 'systemLimit' : undefined;
}

const loanOf = (state: State, accountId: number): number =>
  state.balances.of(state.settlementAssetId).loanAtoms[accountId] as number;

/** `atoms` of the claim change places with as much of the loan; positive lends or repays, negative redeems or borrows. */
function swap(state: State, accountId: number, atoms: number, change: BorrowLendChanged['change']): void {
  if (atoms === 0) return;
  const assetId = state.settlementAssetId;
  changeUnsettled(state, accountId, -atoms);
  changeLoan(state, accountId, assetId, atoms);
  const quantityAtoms = Math.abs(atoms) as Atoms;
  state.scope.emit?.({ kind: 'borrowLendChanged', accountId, assetId, change, quantityAtoms, source: 'settlement' });
}

function payProfit(state: State, accountId: number): void {
  const { unsettled, settlementAssetId } = state;
  const owed = () => unsettled.atoms[accountId] as number;
  if (has(state, accountId, ACCOUNT_FLAG.autoRepayBorrows)) {
    swap(state, accountId, Math.min(owed(), Math.max(0, -loanOf(state, accountId))), 'repay');
  }
  if (has(state, accountId, ACCOUNT_FLAG.autoLend) && loanOf(state, accountId) >= 0) {
    const room = lendableAtoms(state, poolOf(state, settlementAssetId));
    swap(state, accountId, Math.min(owed(), room), 'lend');
  }
  payCash(state, accountId);
}

/** Who came first is paid first: as long as somebody waits for cash, others queue up behind. */
function payCash(state: State, accountId: number): void {
  const { unsettled, waitingForCash, settlementAssetId } = state;
  const owed = unsettled.atoms[accountId] as number;
  if (waitingForCash.size === 0) {
    const cash = Math.min(owed, poolCash(state, settlementAssetId)) as Atoms;
    if (cash > 0) payUnsettled(state, accountId, cash);
  }
  if ((unsettled.atoms[accountId] as number) > 0) waitingForCash.add(accountId);
  else waitingForCash.delete(accountId);
}

/** Pays those who wait, in the order in which they came, as far as the cash goes. */
export function payWaiting(state: State): void {
  const { unsettled, waitingForCash, settlementAssetId } = state;
  for (const accountId of waitingForCash) {
    const owed = Math.max(0, unsettled.atoms[accountId] as number);
    const cash = Math.min(owed, poolCash(state, settlementAssetId)) as Atoms;
    if (cash > 0) {
      payUnsettled(state, accountId, cash);
      announce(state, accountId, cash, 'autoRealizePnl');
    }
    if (cash < owed) return;
    waitingForCash.delete(accountId);
  }
}

function announce(state: State, accountId: number, cashAtoms: number, reason: SettlementReason): void {
  state.scope.emit?.({
    kind: 'cashSettled',
    accountId,
    assetId: state.settlementAssetId,
    cashAtoms: cashAtoms as Atoms,
    unsettledAtoms: state.unsettled.atoms[accountId] as Atoms,
    reason,
  });
}

/** What is available, then what is lent. */
function collectHeld(state: State, accountId: number): void {
  const { unsettled, settlementAssetId } = state;
  const owing = () => -(unsettled.atoms[accountId] as number);
  const available = Math.min(owing(), availableAtoms(state, accountId, settlementAssetId)) as Atoms;
  if (available > 0) collectUnsettled(state, accountId, available);
  swap(state, accountId, -Math.min(owing(), Math.max(0, loanOf(state, accountId))), 'redeem');
}

/** In this order: what is held, then debt. */
function collectLoss(state: State, accountId: number): void {
  collectHeld(state, accountId);
  const owing = () => -(state.unsettled.atoms[accountId] as number);
  if (!has(state, accountId, ACCOUNT_FLAG.autoBorrowSettlements) || loanOf(state, accountId) > 0) return;
  swap(state, accountId, -Math.min(owing(), loanRoomAtoms(state, accountId, state.settlementAssetId)), 'borrow');
}

/** Settles the account's claim as far as its money goes. */
export function settleClaim(state: State, accountId: number, reason: SettlementReason): void {
  const { unsettled } = state;
  const before = unsettled.atoms[accountId] as number;
  if (before > 0) payProfit(state, accountId);
  else if (before < 0) collectLoss(state, accountId);
  const after = unsettled.atoms[accountId] as number;
  if (after !== before) announce(state, accountId, before - after, reason);
}

/** Pays a loss out of what is held, and borrows nothing for it: for an account that could not pay back. */
export function settleFromHeld(state: State, accountId: number): void {
  const before = state.unsettled.atoms[accountId] as number;
  if (before >= 0) return;
  collectHeld(state, accountId);
  const after = state.unsettled.atoms[accountId] as number;
  if (after !== before) announce(state, accountId, before - after, 'positionReduced');
}

/** Profit that is no cash yet pays back what is owed of the settlement asset, whatever the account's settings say. */
export function repayFromClaim(state: State, accountId: number): void {
  const owed = Math.max(0, state.unsettled.atoms[accountId] as number);
  const atoms = Math.min(owed, Math.max(0, -loanOf(state, accountId)));
  if (atoms === 0) return;
  swap(state, accountId, atoms, 'repay');
  announce(state, accountId, atoms, 'positionReduced');
}

/** Why the account's claim is settled now; undefined when it may stay virtual. */
export function settlementReason(state: State, accountId: number): SettlementReason | undefined {
  if (state.unsettled.atoms[accountId] === 0) return undefined;
  return has(state, accountId, ACCOUNT_FLAG.autoRealizePnl) ? 'autoRealizePnl' : cullReason(state, accountId);
}

/** What a reduced position has realised does not stay virtual. */
export function settleReduced(state: State): void {
  const { reduced } = state.scope;
  for (let place = 0; place < reduced.count; place += 1) {
    const accountId = reduced.at(place);
    if (has(state, accountId, ACCOUNT_FLAG.autoRealizePnl)) continue;
    if (state.unsettled.atoms[accountId] !== 0) settleClaim(state, accountId, 'positionReduced');
  }
  reduced.clear();
}
