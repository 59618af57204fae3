// Money in. The chain account is the counterpart: minus what the venue holds outside, at all times.
import type { CreditDeposit } from '@glasshouse/protocol';
import { type Atoms, fitsSum } from '@glasshouse/units';
import { payFromHouse } from '../ledger/ledger.js';
import { noteCredit } from '../lending/idle.js';
import { assetAtoms, listedAsset } from '../state/asset-amount.js';
import type { Asset, Token } from '../state/assets.js';
import { HOUSE } from '../state/balances.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { assetText } from '../state/texts.js';

export function tokenOn(state: State, asset: Asset, blockchain: string): Token | undefined {
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
