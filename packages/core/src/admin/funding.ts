// Money in and out. The chain account is the counterpart: minus what the venue holds outside, at all times.
import type { ConfirmWithdrawal, CreditDeposit, RequestWithdrawal, WithdrawalView } from '@glasshouse/protocol';
import { type Atoms, fitsSum } from '@glasshouse/units';
import { moveHouse, payFromHouse, payHouse } from '../ledger/ledger.js';
import { makeAvailable, spendableAtoms } from '../lending/available.js';
import { noteCredit } from '../lending/idle.js';
import { lossRefusal } from '../lending/margin.js';
import { assetAtoms, listedAsset } from '../state/asset-amount.js';
import type { Asset, Token } from '../state/assets.js';
import { HOUSE } from '../state/balances.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { assetText } from '../state/texts.js';

const ADDRESS = /^[A-Za-z0-9:_-]{4,128}$/;

function tokenOn(state: State, asset: Asset, blockchain: string): Token | undefined {
  const token = asset.tokens.find((candidate) => candidate.blockchain === blockchain);
  if (token === undefined) reject(state, 'blockchainUnknown', { asset: asset.symbol, blockchain });
  return token;
}

/** What the venue owes in all stays within 2^53 − 1, so no balance of it can pass that. */
function roomFor(state: State, asset: Asset, atoms: Atoms): boolean {
  const owed = -(state.balances.of(asset.assetId).houseAtoms[HOUSE.chain] as number);
  if (fitsSum(owed, atoms)) return true;
  reject(state, 'balanceTooLarge', { asset: asset.symbol, held: assetText(state, asset.assetId, owed) });
  return false;
}

export function creditDeposit(state: State, command: CreditDeposit): void {
  const { accountId, blockchain } = command;
  const asset = listedAsset(state, command.symbol);
  if (asset === undefined) return;
  if (!state.accounts.has(accountId)) return reject(state, 'accountUnknown', { accountId });
  const atoms = assetAtoms(state, asset, command.quantity);
  if (atoms === undefined) return;
  const token = tokenOn(state, asset, blockchain);
  if (token === undefined) return;
  if (!token.depositEnabled) return reject(state, 'depositDisabled', { asset: asset.symbol, blockchain });
  if (atoms < token.minimumDepositAtoms) {
    return reject(state, 'depositBelowMinimum', {
      quantity: assetText(state, asset.assetId, atoms),
      minimum: assetText(state, asset.assetId, token.minimumDepositAtoms),
    });
  }
  const reference = `${blockchain}:${command.reference}`;
  if (state.creditedDeposits.has(reference)) return reject(state, 'depositAlreadyCredited', { reference });
  if (!roomFor(state, asset, atoms)) return;
  state.creditedDeposits.add(reference);
  payFromHouse(state, accountId, asset.assetId, HOUSE.chain, atoms);
  noteCredit(state, accountId, asset.assetId, atoms);
  state.scope.emit?.({
    kind: 'depositCredited',
    depositId: state.creditedDeposits.size,
    accountId,
    assetId: asset.assetId,
    quantityAtoms: atoms,
    blockchain,
    reference: command.reference,
  });
}

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
  const asset = listedAsset(state, command.symbol);
  if (asset === undefined) return;
  const atoms = assetAtoms(state, asset, command.quantity);
  if (atoms === undefined) return;
  const token = tokenOn(state, asset, command.blockchain);
  if (token === undefined) return;
  if (!ADDRESS.test(command.address)) return reject(state, 'addressInvalid', { address: command.address });
  if (!withdrawalFits(state, asset, token, atoms)) return;
  makeAvailable(state, scope.accountId, asset.assetId, atoms, 'withdrawal');
  payHouse(state, scope.accountId, asset.assetId, HOUSE.withdrawals, atoms);
  state.lastWithdrawalId += 1;
  const withdrawal: WithdrawalView = {
    withdrawalId: state.lastWithdrawalId,
    accountId: scope.accountId,
    assetId: asset.assetId,
    quantityAtoms: atoms,
    feeAtoms: token.withdrawalFeeAtoms,
    blockchain: command.blockchain,
    address: command.address,
    clientId: command.clientId,
    status: 'pending',
    transactionHash: '',
    createdUs: scope.timeUs,
  };
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
  moveHouse(state, assetId, HOUSE.withdrawals, HOUSE.chain, quantityAtoms - feeAtoms);
  moveHouse(state, assetId, HOUSE.withdrawals, HOUSE.fees, feeAtoms);
  state.pendingWithdrawals.delete(withdrawalId);
  const withdrawal: WithdrawalView = { ...pending, status: 'confirmed', transactionHash };
  state.scope.emit?.({ kind: 'withdrawalConfirmed', withdrawal });
}
