// Money out: asked for, released when it has waited as long as its owner wants, confirmed by its chain.
import type { CancelWithdrawal, ConfirmWithdrawal, RequestWithdrawal, WithdrawalView } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import { moveHouse, payFromHouse, payHouse } from '../ledger/ledger.js';
import { makeAvailable, spendableAtoms } from '../lending/available.js';
import { noteCredit } from '../lending/idle.js';
import { lossRefusal } from '../lending/margin.js';
import { addressAllowed, addressValid } from '../security/address-book.js';
import { HOUR_US, ownDelay } from '../security/delay.js';
import { secondFactorGiven, spendConfirmation } from '../security/second-factor.js';
import { assetAtoms, listedAsset } from '../state/asset-amount.js';
import type { Asset, Token } from '../state/assets.js';
import { HOUSE } from '../state/balances.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { assetText } from '../state/texts.js';
import { tokenOn } from './funding.js';

function leavesMargin(state: State, assetId: number, atoms: Atoms): boolean {
  const refusal = lossRefusal(state, state.scope.accountId, assetId, atoms);
  if (refusal !== undefined) reject(state, refusal.reason, refusal.details);
  return refusal === undefined;
}

function withdrawalFits(state: State, asset: Asset, token: Token, atoms: Atoms): boolean {
  const { assetId, symbol } = asset;
  if (!token.withdrawEnabled) {
    reject(state, 'withdrawalDisabled', { asset: symbol, blockchain: token.blockchain });
    return false;
  }
  if (atoms < token.minimumWithdrawalAtoms || atoms <= token.withdrawalFeeAtoms) {
    reject(state, 'withdrawalBelowMinimum', {
      quantity: assetText(state, assetId, atoms),
      minimum: assetText(state, assetId, token.minimumWithdrawalAtoms),
      fee: assetText(state, assetId, token.withdrawalFeeAtoms),
    });
    return false;
  }
  const available = spendableAtoms(state, state.scope.accountId, assetId);
  if (atoms <= available) return leavesMargin(state, assetId, atoms);
  reject(state, 'insufficientFunds', {
    asset: symbol,
    required: assetText(state, assetId, atoms),
    available: assetText(state, assetId, available),
  });
  return false;
}

/** The quantity leaves the account at once; the fee is taken out of it. */
export function requestWithdrawal(state: State, command: RequestWithdrawal): void {
  const { scope, vaults } = state;
  const { accountId } = scope;
  if (vaults.ofAccount(accountId) !== undefined) return reject(state, 'accountIsVault', { accountId });
  if (!secondFactorGiven(state)) return;
  const asset = listedAsset(state, command.symbol);
  if (asset === undefined) return;
  const atoms = assetAtoms(state, asset, command.quantity);
  if (atoms === undefined) return;
  const token = tokenOn(state, asset, command.blockchain);
  if (token === undefined) return;
  if (!addressValid(state, command.address) || !addressAllowed(state, command.blockchain, command.address)) return;
  if (!withdrawalFits(state, asset, token, atoms)) return;
  spendConfirmation(state);
  makeAvailable(state, scope.accountId, asset.assetId, atoms, 'withdrawal');
  payHouse(state, scope.accountId, asset.assetId, HOUSE.withdrawals, atoms);
  state.lastWithdrawalId += 1;
  const delayHours = ownDelay(state);
  const triggerUs = (state.timeUs + delayHours * HOUR_US) as TimeUs;
  const withdrawal: WithdrawalView = {
    withdrawalId: state.lastWithdrawalId,
    accountId: scope.accountId,
    assetId: asset.assetId,
    quantityAtoms: atoms,
    feeAtoms: token.withdrawalFeeAtoms,
    blockchain: command.blockchain,
    address: command.address,
    clientId: command.clientId,
    status: delayHours > 0 ? 'waiting' : 'pending',
    transactionHash: '',
    createdUs: scope.timeUs,
    ...(delayHours > 0 && { triggerUs }),
  };
  if (delayHours > 0) state.waitingWithdrawals.add(withdrawal.withdrawalId, triggerUs);
  state.pendingWithdrawals.set(withdrawal.withdrawalId, withdrawal);
  scope.emit?.({ kind: 'withdrawalRequested', withdrawal });
}

export function confirmWithdrawal(state: State, command: ConfirmWithdrawal): void {
  const { withdrawalId, transactionHash } = command;
  const pending = state.pendingWithdrawals.get(withdrawalId);
  if (pending === undefined) {
    const known = withdrawalId >= 1 && withdrawalId <= state.lastWithdrawalId;
    return reject(state, known ? 'withdrawalAlreadyConfirmed' : 'withdrawalUnknown', { withdrawalId });
  }
  const { assetId, quantityAtoms, feeAtoms } = pending;
  if (pending.status === 'waiting') {
    return reject(state, 'withdrawalWaiting', { withdrawalId, untilUs: pending.triggerUs ?? 0 });
  }
  moveHouse(state, assetId, HOUSE.withdrawals, HOUSE.chain, quantityAtoms - feeAtoms);
  moveHouse(state, assetId, HOUSE.withdrawals, HOUSE.fees, feeAtoms);
  state.pendingWithdrawals.delete(withdrawalId);
  const withdrawal: WithdrawalView = { ...pending, status: 'confirmed', transactionHash };
  state.scope.emit?.({ kind: 'withdrawalConfirmed', withdrawal });
}

/** Takes no second factor: the money comes back to where it was. */
export function cancelWithdrawal(state: State, { withdrawalId }: CancelWithdrawal): void {
  const { scope, pendingWithdrawals } = state;
  const withdrawal = pendingWithdrawals.get(withdrawalId);
  if (withdrawal === undefined || withdrawal.accountId !== scope.accountId) {
    return reject(state, 'withdrawalUnknown', { withdrawalId });
  }
  if (withdrawal.status !== 'waiting') return reject(state, 'withdrawalNotWaiting', { withdrawalId });
  const { accountId, assetId, quantityAtoms } = withdrawal;
  state.waitingWithdrawals.remove(withdrawalId);
  pendingWithdrawals.delete(withdrawalId);
  payFromHouse(state, accountId, assetId, HOUSE.withdrawals, quantityAtoms);
  noteCredit(state, accountId, assetId, quantityAtoms);
  scope.emit?.({ kind: 'withdrawalCancelled', withdrawal: { ...withdrawal, status: 'cancelled' } });
}

export const nextReleaseUs = ({ waitingWithdrawals }: State): number => waitingWithdrawals.nextUs;

/** From here on they are with their chains. */
export function releaseWithdrawals(state: State): void {
  const { waitingWithdrawals, pendingWithdrawals, timeUs, scope } = state;
  while (waitingWithdrawals.nextUs <= timeUs) {
    const withdrawalId = waitingWithdrawals.firstId as number;
    waitingWithdrawals.remove(withdrawalId);
    const withdrawal: WithdrawalView = {
      ...(pendingWithdrawals.get(withdrawalId) as WithdrawalView),
      status: 'pending',
    };
    pendingWithdrawals.set(withdrawalId, withdrawal);
    scope.emit?.({ kind: 'withdrawalReleased', withdrawal });
  }
}
