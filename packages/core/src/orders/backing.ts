// Where the asset that a spot order gives comes from: what is available, what redeems itself, and with autoBorrow a loan.
import type { BorrowLendSource } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { availableAtoms, lock, unlock } from '../ledger/ledger.js';
import { redeemUpTo, spendableAtoms } from '../lending/available.js';
import { noteCredit } from '../lending/idle.js';
import { borrowableAtoms } from '../lending/limits.js';
import { borrow } from '../lending/loans.js';
import type { Market } from '../state/markets.js';
import { ORDER_FLAG } from '../state/order-flags.js';
import type { State } from '../state/state.js';
import { reservedAssetId } from './reserves.js';
import type { Taker } from './taker.js';

/** Who gives what trades on its side cost. */
export type Giver = Pick<Taker, 'accountId' | 'side' | 'autoBorrow'>;

export function lentAtoms(state: State, accountId: number, assetId: number): number {
  return Math.max(0, state.balances.of(assetId).loanAtoms[accountId] as number);
}

/** What the account could borrow once all that it has lent of the asset has come back: nothing as long as that cannot. */
function borrowableBehind(state: State, accountId: number, assetId: number, spendable: number): number {
  const lent = lentAtoms(state, accountId, assetId);
  if (spendable < availableAtoms(state, accountId, assetId) + lent) return 0;
  return borrowableAtoms(state, { accountId, assetId, redeem: lent, borrow: 0 });
}

/** What the giver can give of the asset that its side gives. */
export function availableToGive(state: State, market: Market, giver: Giver): Atoms {
  const assetId = reservedAssetId(market, giver.side);
  const spendable = spendableAtoms(state, giver.accountId, assetId);
  if (!giver.autoBorrow) return spendable;
  return (spendable + borrowableBehind(state, giver.accountId, assetId, spendable)) as Atoms;
}

/** Brings `atoms` of the asset to the giver's available balance. Does nothing when they are there. */
export function raise(
  state: State,
  giver: Giver,
  assetId: number,
  atoms: number,
  source: BorrowLendSource = 'order',
): void {
  const { accountId } = giver;
  const missing = atoms - availableAtoms(state, accountId, assetId);
  if (missing <= 0) return;
  const short = (missing - redeemUpTo(state, accountId, assetId, missing, source)) as Atoms;
  if (short > 0 && giver.autoBorrow) borrow(state, { accountId, assetId, atoms: short, source });
}

/** available → locked, to back an order that comes to rest: in full, so that nobody meets a promise in the book. */
export function back(state: State, taker: Taker, assetId: number, atoms: Atoms): void {
  raise(state, taker, assetId, atoms);
  lock(state, taker.accountId, assetId, atoms);
}

/** locked → available, when an order is backed no longer. What had been borrowed to back it goes back to the pool. */
export function release(state: State, accountId: number, assetId: number, atoms: Atoms, orderFlags: number): void {
  unlock(state, accountId, assetId, atoms);
  const borrowed = (orderFlags & ORDER_FLAG.autoBorrow) !== 0;
  const flags = borrowed ? orderFlags | ORDER_FLAG.autoBorrowRepay : orderFlags;
  noteCredit(state, accountId, assetId, borrowed ? atoms : 0, flags);
}
