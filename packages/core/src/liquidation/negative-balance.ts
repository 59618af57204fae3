// What a liquidated account owed when it had nothing left, and nobody was left to pay. The house takes the debt over, so that the
// pool's books stay whole and its hole is seen; the account's later money stays its own until its owner pays on the record.
import type { AcceptNegativeBalance } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { changeLoan, changeUnsettled, claimForHouse } from '../ledger/claims.js';
import { payHouse } from '../ledger/ledger.js';
import { makeAvailable, spendableAtoms } from '../lending/available.js';
import { lossRefusal } from '../lending/margin.js';
import { assetUnits } from '../margin/account.js';
import { usdPriceOf } from '../prices/usd.js';
import { assetAtoms, listedAsset } from '../state/asset-amount.js';
import { HOUSE } from '../state/balances.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { assetText } from '../state/texts.js';

export type DebtColumn = 'unsettled' | 'loan';

function takeOff(state: State, accountId: number, assetId: number, atoms: number, from: DebtColumn): void {
  if (from === 'unsettled') changeUnsettled(state, accountId, atoms);
  else changeLoan(state, accountId, assetId, atoms);
}

/** The account's debt of `atoms` becomes a record; the other side is the house's negative claim on the same pool. */
export function recordNegative(
  state: State,
  accountId: number,
  assetId: number,
  atoms: number,
  from: DebtColumn,
): void {
  takeOff(state, accountId, assetId, atoms, from);
  claimForHouse(state, assetId, HOUSE.negativeBalances, -atoms);
  const negative = state.negativeBalances.change(accountId, assetId, atoms, state.timeUs);
  const asset = state.assets.list[assetId - 1];
  const units = asset === undefined ? 1 : assetUnits(asset);
  state.liquidationStatistics.countRecorded(state.timeUs, (atoms / units) * usdPriceOf(state, assetId));
  state.scope.emit?.({ kind: 'negativeBalanceRecorded', negative, addedAtoms: atoms as Atoms, from });
}

/** Pays on the record, at most what it says. */
export function acceptNegativeBalance(state: State, { symbol, quantity }: AcceptNegativeBalance): void {
  const { accountId } = state.scope;
  const asset = listedAsset(state, symbol);
  if (asset === undefined) return;
  const { assetId } = asset;
  const owed = state.negativeBalances.get(accountId, assetId)?.quantityAtoms;
  if (owed === undefined) return reject(state, 'negativeBalanceUnknown', { asset: symbol });
  const asked = assetAtoms(state, asset, quantity);
  if (asked === undefined) return;
  const atoms = Math.min(asked, owed) as Atoms;
  const spendable = spendableAtoms(state, accountId, assetId);
  if (atoms > spendable) {
    const required = assetText(state, assetId, atoms);
    return reject(state, 'insufficientFunds', {
      asset: symbol,
      required,
      available: assetText(state, assetId, spendable),
    });
  }
  const refusal = lossRefusal(state, accountId, assetId, atoms);
  if (refusal !== undefined) return reject(state, refusal.reason, refusal.details);
  makeAvailable(state, accountId, assetId, atoms, 'withdrawal');
  payHouse(state, accountId, assetId, HOUSE.lendingPool, atoms);
  claimForHouse(state, assetId, HOUSE.negativeBalances, atoms);
  const negative = state.negativeBalances.change(accountId, assetId, -atoms, state.timeUs);
  state.scope.emit?.({ kind: 'negativeBalanceAccepted', negative, paidAtoms: atoms });
}
