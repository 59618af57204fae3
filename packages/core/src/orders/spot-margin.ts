// What a spot trade does to the margin of an account that has something at stake: it may not give its collateral away.
import { MARKET_KIND, ORDER_TYPE, SIDE, type Side, TIME_IN_FORCE } from '@glasshouse/protocol';
import {
  type Atoms,
  baseAtoms,
  type FeePpm,
  feeCharged,
  type Lots,
  notionalAtoms,
  type Ticks,
} from '@glasshouse/units';
import { spendableAtoms } from '../lending/available.js';
import { repaysBorrows } from '../lending/idle.js';
import type { Refusal } from '../lending/limits.js';
import { debtAtoms, marginRefusal, type Shift, shiftDebt, shiftHolding, unpricedRefusal } from '../lending/margin.js';
import { hasExposure } from '../margin/account.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import type { Giver } from './backing.js';
import { reservedAssetId } from './reserves.js';
import type { Taker } from './taker.js';

/** What a trade takes from an account and brings it, fees included; what has to be borrowed for it. */
type Trade = { readonly givenAtoms: number; readonly borrowedAtoms: number; readonly gotAtoms: number };

type Party = { readonly accountId: number; readonly side: Side; readonly lendingFlags: number };

/** One side of a trade that both have agreed on. */
export type AgreedParty = Party & { readonly autoBorrow: boolean; readonly feePpm: FeePpm };

const opposite = (side: Side): Side => (side === SIDE.bid ? SIDE.ask : SIDE.bid);

/** Both ways of a fill of `lots` for `quote`. */
function exchanged(market: Market, side: Side, lots: number, quote: Atoms, rate: FeePpm) {
  const base = baseAtoms(lots as Lots, market.filters.baseAtomsPerLot);
  const fee = rate > 0 ? feeCharged(quote, rate) : 0;
  return side === SIDE.bid
    ? { givenAtoms: quote + fee, gotAtoms: base as number }
    : { givenAtoms: base as number, gotAtoms: quote - fee };
}

/** Why the account cannot bear the trade; undefined when it can, or has nothing at stake. */
export function tradeRefusal(state: State, market: Market, party: Party, trade: Trade): Refusal | undefined {
  const { accountId, side, lendingFlags } = party;
  const { givenAtoms, borrowedAtoms, gotAtoms } = trade;
  if (borrowedAtoms === 0 && !hasExposure(state, accountId)) return undefined;
  const giveId = reservedAssetId(market, side);
  const getId = reservedAssetId(market, opposite(side));
  const repays = repaysBorrows(state, accountId, lendingFlags);
  const repaid = repays ? Math.min(gotAtoms, debtAtoms(state, accountId, getId)) : 0;
  const shift: Shift = { equityUsd: 0, marginUsd: 0 };
  shiftHolding(shift, state, accountId, giveId, borrowedAtoms - givenAtoms);
  shiftDebt(shift, state, accountId, giveId, borrowedAtoms);
  shiftDebt(shift, state, accountId, getId, -repaid);
  shiftHolding(shift, state, accountId, getId, gotAtoms - repaid);
  const refusal = marginRefusal(state, accountId, shift);
  return refusal ?? (borrowedAtoms > 0 ? unpricedRefusal(state, giveId) : undefined);
}

/** Of what is given, what has to be borrowed. */
function borrowedFor(state: State, market: Market, giver: Giver, givenAtoms: number): number {
  if (!giver.autoBorrow) return 0;
  return Math.max(0, givenAtoms - spendableAtoms(state, giver.accountId, reservedAssetId(market, giver.side)));
}

/** What the party gives in the trade, its fee included. */
export function givenBy(market: Market, { side, feePpm }: AgreedParty, lots: number, quote: Atoms): Atoms {
  return exchanged(market, side, lots, quote, feePpm).givenAtoms as Atoms;
}

/** Why the party cannot bear the trade. */
export function agreedRefusal(
  state: State,
  market: Market,
  party: AgreedParty,
  lots: number,
  quote: Atoms,
): Refusal | undefined {
  const { givenAtoms, gotAtoms } = exchanged(market, party.side, lots, quote, party.feePpm);
  const borrowedAtoms = borrowedFor(state, market, party, givenAtoms);
  return tradeRefusal(state, market, party, { givenAtoms, borrowedAtoms, gotAtoms });
}

/** Why the taker's owner cannot bear a fill of `lots` for `quote`. What a liquidation trades has its own measure. */
export function takerRefusal(
  state: State,
  market: Market,
  taker: Taker,
  lots: number,
  quote: Atoms,
): Refusal | undefined {
  if (taker.isLiquidation) return undefined;
  const rate = taker.postOnly ? taker.makerFeePpm : taker.takerFeePpm;
  const { givenAtoms, gotAtoms } = exchanged(market, taker.side, lots, quote, rate);
  const borrowedAtoms = borrowedFor(state, market, taker, givenAtoms);
  return tradeRefusal(state, market, taker, { givenAtoms, borrowedAtoms, gotAtoms });
}

/** True when a resting order may give `lots`: its owner has nothing at stake, or bears it. */
export function makerBears(state: State, market: Market, maker: number, lots: number): boolean {
  const { pool } = state;
  const accountId = pool.accountId(maker);
  if (!hasExposure(state, accountId)) return true;
  const side = pool.side(maker);
  const ticks = pool.priceTicks(maker) as Ticks;
  const quote = notionalAtoms(ticks, lots as Lots, market.filters.atomsPerTickLot);
  const trade = { ...exchanged(market, side, lots, quote, pool.makerFeePpm(maker)), borrowedAtoms: 0 };
  return tradeRefusal(state, market, { accountId, side, lendingFlags: pool.flags(maker) }, trade) === undefined;
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
    return takerRefusal(state, market, taker, size, quote) === undefined;
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
