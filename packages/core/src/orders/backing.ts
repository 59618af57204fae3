// Where the asset that a spot order gives comes from: what is available, what redeems itself, and with autoBorrow a loan. What a
// trade does to the margin of an account that has something at stake.
import { MARKET_KIND, ORDER_TYPE, SIDE, TIME_IN_FORCE } from '@glasshouse/protocol';
import { type Atoms, baseAtoms, feeCharged, type Lots, notionalAtoms, type Ticks } from '@glasshouse/units';
import { availableAtoms, lock, unlock } from '../ledger/ledger.js';
import { redeemUpTo, spendableAtoms } from '../lending/available.js';
import { noteCredit, repaysBorrows } from '../lending/idle.js';
import { borrowableAtoms, type Refusal } from '../lending/limits.js';
import { borrow } from '../lending/loans.js';
import { debtAtoms, marginRefusal, type Shift, shiftDebt, shiftHolding, unpricedRefusal } from '../lending/margin.js';
import { hasExposure } from '../margin/account.js';
import type { Market } from '../state/markets.js';
import { ORDER_FLAG } from '../state/order-flags.js';
import type { State } from '../state/state.js';
import { reservedAssetId } from './reserves.js';
import type { Taker } from './taker.js';

export function lentAtoms(state: State, accountId: number, assetId: number): number {
  return Math.max(0, state.balances.of(assetId).loanAtoms[accountId] as number);
}

/** What the account could borrow once all that it has lent of the asset has come back: nothing as long as that cannot. */
function borrowableBehind(state: State, accountId: number, assetId: number, spendable: number): number {
  const lent = lentAtoms(state, accountId, assetId);
  if (spendable < availableAtoms(state, accountId, assetId) + lent) return 0;
  return borrowableAtoms(state, { accountId, assetId, redeem: lent, borrow: 0 });
}

/** What the taker's owner can give of the asset that the order gives. */
export function availableToGive(state: State, market: Market, taker: Taker): Atoms {
  const assetId = reservedAssetId(market, taker.side);
  const spendable = spendableAtoms(state, taker.accountId, assetId);
  if (!taker.autoBorrow) return spendable;
  return (spendable + borrowableBehind(state, taker.accountId, assetId, spendable)) as Atoms;
}

/** Brings `atoms` of the asset to the taker's available balance. Does nothing when they are there. */
export function raise(state: State, taker: Taker, assetId: number, atoms: number): void {
  const { accountId } = taker;
  const missing = atoms - availableAtoms(state, accountId, assetId);
  if (missing <= 0) return;
  const short = (missing - redeemUpTo(state, accountId, assetId, missing, 'order')) as Atoms;
  if (short > 0 && taker.autoBorrow) borrow(state, { accountId, assetId, atoms: short, source: 'order' });
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

/** What a trade takes from an account and brings it, fees included. */
export type Trade = { readonly givenAtoms: number; readonly gotAtoms: number };

/** Lots filled for a quote, at the taker's fee. */
export function tradeOf(market: Market, taker: Taker, lots: number, quote: Atoms): Trade {
  const base = baseAtoms(lots as Lots, market.filters.baseAtomsPerLot);
  const fee = taker.takerFeePpm > 0 ? feeCharged(quote, taker.takerFeePpm) : 0;
  return taker.side === SIDE.bid
    ? { givenAtoms: quote + fee, gotAtoms: base }
    : { givenAtoms: base, gotAtoms: quote - fee };
}

/** Why the account cannot bear the trade; undefined when it can, or has nothing at stake. */
export function tradeRefusal(state: State, market: Market, taker: Taker, trade: Trade): Refusal | undefined {
  const { accountId } = taker;
  const giveId = reservedAssetId(market, taker.side);
  const getId = reservedAssetId(market, taker.side === SIDE.bid ? SIDE.ask : SIDE.bid);
  const borrowed = Math.max(0, trade.givenAtoms - spendableAtoms(state, accountId, giveId));
  if (borrowed === 0 && !hasExposure(state, accountId)) return undefined;
  const repays = repaysBorrows(state, accountId, taker.lendingFlags);
  const repaid = repays ? Math.min(trade.gotAtoms, debtAtoms(state, accountId, getId)) : 0;
  const shift: Shift = { equityUsd: 0, marginUsd: 0 };
  shiftHolding(shift, state, accountId, giveId, borrowed - trade.givenAtoms);
  shiftDebt(shift, state, accountId, giveId, borrowed);
  shiftDebt(shift, state, accountId, getId, -repaid);
  shiftHolding(shift, state, accountId, getId, trade.gotAtoms - repaid);
  const refusal = marginRefusal(state, accountId, shift);
  return refusal ?? (borrowed > 0 ? unpricedRefusal(state, giveId) : undefined);
}

/** A limit order is admitted with its margin at worst; others are looked at fill by fill, fill-or-kill ones as a whole. */
export function watchesMargin(state: State, market: Market, taker: Taker): boolean {
  if (market.kind === MARKET_KIND.perp || taker.orderType === ORDER_TYPE.limit) return false;
  return taker.autoBorrow || hasExposure(state, taker.accountId);
}

/** The most of `lots` at this price that the taker's margin bears: all, or found by halving. */
export function lotsWithinMargin(state: State, market: Market, taker: Taker, ticks: number, lots: number): number {
  if (taker.timeInForce === TIME_IN_FORCE.fillOrKill || !watchesMargin(state, market, taker)) return lots;
  const bears = (size: number): boolean => {
    const quote = notionalAtoms(ticks as Ticks, size as Lots, market.filters.atomsPerTickLot);
    return tradeRefusal(state, market, taker, tradeOf(market, taker, size, quote)) === undefined;
  };
  if (bears(lots)) return lots;
  let borne = 0;
  let tooMany = lots;
  while (tooMany - borne > 1) {
    const middle = Math.floor((borne + tooMany) / 2);
    if (bears(middle)) borne = middle;
    else tooMany = middle;
  }
  return borne;
}
