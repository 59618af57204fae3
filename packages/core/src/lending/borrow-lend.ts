// Lending and borrowing by hand. Lend repays what is owed of the asset first, Borrow redeems what is lent of it first: the same
// asset is never lent and borrowed at once. What a Borrow brings stays available, whatever the account's settings.
import type { BorrowLend } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { availableAtoms } from '../ledger/ledger.js';
import { assetAtoms, listedAsset } from '../state/asset-amount.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { assetText } from '../state/texts.js';
import { drawRefusal, lendableAtoms, poolIfAny, type Refusal, symbolOf } from './limits.js';
import { borrow, lend, redeem, repay } from './loans.js';
import { borrowRefusal, debtAtoms } from './margin.js';

function unlendable(state: State, assetId: number): Refusal | undefined {
  if (poolIfAny(state, assetId) !== undefined) return undefined;
  return { reason: 'notLendable', details: { asset: symbolOf(state, assetId) } };
}

function lendRefusal(state: State, accountId: number, assetId: number, atoms: Atoms): Refusal | undefined {
  const available = availableAtoms(state, accountId, assetId);
  if (atoms <= available) return unlendable(state, assetId) ?? overLendLimit(state, accountId, assetId, atoms);
  const required = assetText(state, assetId, atoms);
  const details = { asset: symbolOf(state, assetId), required, available: assetText(state, assetId, available) };
  return { reason: 'insufficientFunds', details };
}

function overLendLimit(state: State, accountId: number, assetId: number, atoms: Atoms): Refusal | undefined {
  const pool = poolIfAny(state, assetId);
  const lent = atoms - debtAtoms(state, accountId, assetId);
  if (pool === undefined || lent <= lendableAtoms(state, pool)) return undefined;
  const open = assetText(state, assetId, pool.lentAtoms);
  const quantity = assetText(state, assetId, lent);
  const limit = assetText(state, assetId, pool.lentAtoms + lendableAtoms(state, pool));
  return { reason: 'openBorrowLendLimit', details: { asset: symbolOf(state, assetId), open, quantity, limit } };
}

function lendByHand(state: State, assetId: number, atoms: Atoms): Refusal | undefined {
  const { accountId } = state.scope;
  const refusal = lendRefusal(state, accountId, assetId, atoms);
  if (refusal !== undefined) return refusal;
  const repaid = repay(state, { accountId, assetId, atoms, source: 'manual' });
  const rest = (atoms - repaid) as Atoms;
  if (rest > 0) lend(state, { accountId, assetId, atoms: rest, source: 'manual' });
  return undefined;
}

function borrowByHand(state: State, assetId: number, atoms: Atoms): Refusal | undefined {
  const { accountId } = state.scope;
  const lent = Math.max(0, state.balances.of(assetId).loanAtoms[accountId] as number);
  const redeemed = Math.min(lent, atoms) as Atoms;
  const borrowed = (atoms - redeemed) as Atoms;
  const refusal =
    unlendable(state, assetId) ??
    (borrowed > 0 ? borrowRefusal(state, accountId, assetId, borrowed) : undefined) ??
    drawRefusal(state, { accountId, assetId, redeem: redeemed, borrow: borrowed });
  if (refusal !== undefined) return refusal;
  if (redeemed > 0) redeem(state, { accountId, assetId, atoms: redeemed, source: 'manual' });
  if (borrowed > 0) borrow(state, { accountId, assetId, atoms: borrowed, source: 'manual' });
  return undefined;
}

export function borrowLend(state: State, { symbol, side, quantity }: BorrowLend): void {
  const asset = listedAsset(state, symbol);
  if (asset === undefined) return;
  const atoms = assetAtoms(state, asset, quantity);
  if (atoms === undefined) return;
  const execute = side === 'Lend' ? lendByHand : borrowByHand;
  const refusal = execute(state, asset.assetId, atoms);
  if (refusal !== undefined) reject(state, refusal.reason, refusal.details);
}
