// Fill-or-kill: looks, without touching anything, whether the whole order would fill at once. It must foresee every reason for
// which matching stops.
import { MARKET_KIND, ORDER_TYPE, SELF_TRADE_PREVENTION, SIDE } from '@glasshouse/protocol';
import { type Atoms, feeCharged } from '@glasshouse/units';
import { hasExposure } from '../margin/account.js';
import { meetsInitialMargin } from '../margin/admission.js';
import { reducibleLots } from '../perps/limits.js';
import { reaches } from '../prices/bands.js';
import type { Market } from '../state/markets.js';
import { isReduceOnly } from '../state/order-flags.js';
import type { State } from '../state/state.js';
import { availableToGive } from './backing.js';
import { budgetLots, lotsPaidBy } from './budget.js';
import { makerBears, takerRefusal, watchesMargin } from './spot-margin.js';
import type { Taker } from './taker.js';

/** The taker as far as it would have come, and the makers' accounts with something at stake that it has met. */
type Prospect = { lots: number; quoteAtoms: Atoms; readonly staked: number[] };

function wantedLots(market: Market, taker: Taker, { lots, quoteAtoms }: Prospect, ticks: number): number {
  return taker.byQuote ? budgetLots(market, taker, quoteAtoms, ticks) : taker.sizeLots - lots;
}

/** What a market order can still pay for; the whole cost of a limit order was there at admission. */
function fundedLots(state: State, market: Market, taker: Taker, prospect: Prospect, ticks: number): number {
  if (taker.orderType === ORDER_TYPE.limit || market.kind === MARKET_KIND.perp) return Number.MAX_SAFE_INTEGER;
  const { lots, quoteAtoms } = prospect;
  const given =
    taker.side === SIDE.bid
      ? quoteAtoms + feeCharged(quoteAtoms, taker.takerFeePpm)
      : lots * market.filters.baseAtomsPerLot;
  return lotsPaidBy(market, taker, (availableToGive(state, market, taker) - given) as Atoms, ticks);
}

function withinMargin(state: State, market: Market, taker: Taker, { lots, quoteAtoms }: Prospect): boolean {
  if (!watchesMargin(state, market, taker)) return true;
  return takerRefusal(state, market, taker, lots, quoteAtoms) === undefined;
}

/** A reduce-only order fills no more than the position. */
function foreseesReduction(state: State, market: Market, taker: Taker): boolean {
  if (!taker.reduceOnly) return true;
  return !taker.byQuote && taker.sizeLots <= reducibleLots(state, taker.accountId, market, taker.side);
}

/** One order of an account with something at stake is looked at; what it changes for a second is not foreseen. */
function spotMayFail(state: State, market: Market, maker: number, lots: number, { staked }: Prospect): boolean {
  const accountId = state.pool.accountId(maker);
  if (!hasExposure(state, accountId)) return false;
  if (staked.includes(accountId) || !makerBears(state, market, maker, lots)) return true;
  staked.push(accountId);
  return false;
}

/** An order of which it is not sure that it gives all its lots when its turn comes: counted as nothing. */
function futuresMayFail(state: State, maker: number): boolean {
  const { pool } = state;
  return isReduceOnly(pool.flags(maker)) || !meetsInitialMargin(state, pool.accountId(maker));
}

/**
 * True when the makers within `taker.matchTicks` fill it. An own order on the way counts as it would be treated: skipped when
 * the prevention removes makers, the end when it removes the taker.
 */
export function wouldFill(state: State, market: Market, taker: Taker): boolean {
  const { pool } = state;
  if (!foreseesReduction(state, market, taker)) return false;
  const opposite = taker.side === SIDE.bid ? SIDE.ask : SIDE.bid;
  const skipsOwn = taker.selfTradePrevention === SELF_TRADE_PREVENTION.rejectMaker;
  const prospect: Prospect = { lots: 0, quoteAtoms: 0 as Atoms, staked: [] };
  let ticks = market.book.bestTicks(opposite);
  for (; reaches(taker.side, taker.matchTicks, ticks); ticks = market.book.worseTicks(opposite, ticks)) {
    for (let maker = market.book.head(opposite, ticks); maker !== 0; maker = pool.next(maker)) {
      if (pool.accountId(maker) === taker.accountId) {
        if (skipsOwn) continue;
        return false;
      }
      const lots = Math.min(wantedLots(market, taker, prospect, ticks), pool.remainingLots(maker));
      const futures = market.kind === MARKET_KIND.perp;
      if (futures ? futuresMayFail(state, maker) : spotMayFail(state, market, maker, lots, prospect)) continue;
      if (lots > fundedLots(state, market, taker, prospect, ticks)) return false;
      prospect.lots += lots;
      prospect.quoteAtoms = (prospect.quoteAtoms + lots * ticks * market.filters.atomsPerTickLot) as Atoms;
      if (wantedLots(market, taker, prospect, ticks) === 0) return withinMargin(state, market, taker, prospect);
    }
  }
  return false;
}
