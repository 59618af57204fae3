// The whole cost of a spot order must be there when it arrives, or be there to borrow.
import { ORDER_TYPE, SIDE, TIME_IN_FORCE } from '@glasshouse/protocol';
import {
  type Atoms,
  baseAtoms,
  type FeePpm,
  feeCharged,
  fitsProduct,
  type Lots,
  MAX_SAFE,
  notionalAtoms,
  type Ticks,
} from '@glasshouse/units';
import { availableAtoms } from '../ledger/ledger.js';
import { spendableAtoms } from '../lending/available.js';
import { drawRefusal, type Refusal, symbolOf } from '../lending/limits.js';
import { borrowRefusal } from '../lending/margin.js';
import { impactEdgeTicks, reaches, stricter } from '../prices/bands.js';
import type { Market } from '../state/markets.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { assetText } from '../state/texts.js';
import { availableToGive, type Giver, lentAtoms } from './backing.js';
import { reservedAssetId } from './reserves.js';
import { type AgreedParty, agreedRefusal, givenBy, takerRefusal } from './spot-margin.js';
import type { Taker } from './taker.js';

/** More than anyone has: sums that pass 2^53 − 1 are as good as this. */
const BEYOND_ALL_FUNDS = MAX_SAFE as Atoms;

/** Notional of taking the order's size from the book as it stands, as far as the impact band lets. */
function bookCost(market: Market, taker: Taker): Atoms {
  const opposite = taker.side === SIDE.bid ? SIDE.ask : SIDE.bid;
  const edge = stricter(taker.side, impactEdgeTicks(market, taker.side), taker.toleranceTicks);
  let left = taker.sizeLots;
  let cost = 0;
  for (let ticks = market.book.bestTicks(opposite); left > 0 && reaches(taker.side, edge, ticks); ) {
    const lots = Math.min(left, market.book.levelLots(opposite, ticks));
    cost += lots * ticks * market.filters.atomsPerTickLot;
    if (cost > MAX_SAFE) return BEYOND_ALL_FUNDS;
    left -= lots;
    ticks = market.book.worseTicks(opposite, ticks);
  }
  return cost as Atoms;
}

/** Base that an ask by quote quantity may have to deliver for its proceeds. */
function bookBase(market: Market, taker: Taker): Atoms {
  const { atomsPerTickLot, baseAtomsPerLot } = market.filters;
  const edge = stricter(SIDE.ask, impactEdgeTicks(market, SIDE.ask), taker.toleranceTicks);
  let proceeds = taker.quoteSizeAtoms;
  let lots = 0;
  for (let ticks = market.book.bestTicks(SIDE.bid); proceeds > 0 && reaches(SIDE.ask, edge, ticks); ) {
    const wanted = Math.floor(proceeds / (ticks * atomsPerTickLot));
    const taken = Math.min(wanted, market.book.levelLots(SIDE.bid, ticks));
    if (taken === 0) break;
    lots += taken;
    proceeds -= notionalAtoms(ticks as Ticks, taken as Lots, atomsPerTickLot);
    ticks = market.book.worseTicks(SIDE.bid, ticks);
  }
  return fitsProduct(lots, baseAtomsPerLot) ? baseAtoms(lots as Lots, baseAtomsPerLot) : BEYOND_ALL_FUNDS;
}

/**
 * A limit bid: notional at its limit and the larger fee on it; one atom more when part may be charged as taker and part as
 * maker, because each of the two is rounded up.
 */
function limitBidCost(market: Market, taker: Taker): Atoms {
  const { atomsPerTickLot } = market.filters;
  const notional = notionalAtoms(taker.priceTicks as Ticks, taker.sizeLots as Lots, atomsPerTickLot);
  if (taker.postOnly) return (notional + feeCharged(notional, taker.makerFeePpm)) as Atoms;
  const rate = Math.max(taker.takerFeePpm, taker.makerFeePpm) as FeePpm;
  const both = taker.timeInForce === TIME_IN_FORCE.goodTillCancelled && taker.takerFeePpm > 0 && taker.makerFeePpm > 0;
  return (notional + feeCharged(notional, rate) + (both ? 1 : 0)) as Atoms;
}

/** Atoms of the reserved asset that the order may cost its owner. */
function worstCost(market: Market, taker: Taker): Atoms {
  if (taker.side === SIDE.ask) {
    return taker.byQuote ? bookBase(market, taker) : baseAtoms(taker.sizeLots as Lots, market.filters.baseAtomsPerLot);
  }
  if (taker.orderType === ORDER_TYPE.limit) return limitBidCost(market, taker);
  if (taker.byQuote) return taker.quoteSizeAtoms as Atoms;
  const cost = bookCost(market, taker);
  return (cost + feeCharged(cost, taker.takerFeePpm)) as Atoms;
}

/** Why the giver does not have so much, and cannot borrow what is missing. */
export function fundsRefusal(state: State, market: Market, giver: Giver, required: Atoms): Refusal | undefined {
  const available = availableToGive(state, market, giver);
  if (required <= available) return undefined;
  const { accountId, side, autoBorrow } = giver;
  const assetId = reservedAssetId(market, side);
  if (autoBorrow) {
    const redeem = lentAtoms(state, accountId, assetId);
    const own = availableAtoms(state, accountId, assetId) + redeem;
    const draw = { accountId, assetId, redeem, borrow: required - own };
    const refusal = required > own ? drawRefusal(state, draw) : undefined;
    if (refusal !== undefined) return refusal;
  }
  return {
    reason: 'insufficientFunds',
    details: {
      asset: symbolOf(state, assetId),
      required: assetText(state, assetId, required),
      available: assetText(state, assetId, available),
    },
  };
}

/** A limit order whose whole size filled at its limit, or came to rest with what it borrows. */
function worstRefusal(state: State, market: Market, taker: Taker, required: Atoms): Refusal | undefined {
  if (taker.orderType !== ORDER_TYPE.limit) return undefined;
  const quote = notionalAtoms(taker.priceTicks as Ticks, taker.sizeLots as Lots, market.filters.atomsPerTickLot);
  const filled = takerRefusal(state, market, taker, taker.sizeLots, quote);
  if (filled !== undefined || !taker.autoBorrow) return filled;
  const assetId = reservedAssetId(market, taker.side);
  const borrowed = required - spendableAtoms(state, taker.accountId, assetId);
  return borrowed > 0 ? borrowRefusal(state, taker.accountId, assetId, borrowed) : undefined;
}

/** What is missing altogether goes before what margin forbids, that before what cannot be borrowed. */
function foremost(short: Refusal | undefined, worst: () => Refusal | undefined): Refusal | undefined {
  return short?.reason === 'insufficientFunds' ? short : (worst() ?? short);
}

/** Why the party of a trade that is agreed, price and size, cannot settle it now. */
export function settlementRefusal(
  state: State,
  market: Market,
  party: AgreedParty,
  lots: number,
  quote: Atoms,
): Refusal | undefined {
  const short = fundsRefusal(state, market, party, givenBy(market, party, lots, quote));
  return foremost(short, () => agreedRefusal(state, market, party, lots, quote));
}

/** The asset that the order gives is there or can be borrowed, and the account bears the trade. */
export function enoughFunds(state: State, market: Market, taker: Taker): boolean {
  const required = worstCost(market, taker);
  const short = fundsRefusal(state, market, taker, required);
  const refusal = foremost(short, () => worstRefusal(state, market, taker, required));
  if (refusal === undefined) return true;
  reject(state, refusal.reason, refusal.details);
  return false;
}
