// The largest order, loan and withdrawal that the exchange would take now: its own rules are asked, and nothing is changed.
import { MARKET_KIND, MARKET_STATE, ORDER_TYPE, SIDE, type Side } from '@glasshouse/protocol';
import type { Atoms, Lots } from '@glasshouse/units';
import { availableAtoms } from '../ledger/ledger.js';
import { spendableAtoms } from '../lending/available.js';
import { borrowableAtoms, drawRefusal, poolIfAny } from '../lending/limits.js';
import { borrowRefusal, lossRefusal } from '../lending/margin.js';
import { reducibleLots } from '../perps/limits.js';
import type { Market } from '../state/markets.js';
import { ORDER_FLAG } from '../state/order-flags.js';
import type { State } from '../state/state.js';
import { accountViewOf } from '../state/views.js';
import { lentAtoms } from './backing.js';
import { enoughFunds } from './funds.js';
import { perpAdmits } from './perp-admission.js';
import { Taker } from './taker.js';

/** The largest whole number up to `most` that fits, given that less fits where more does. */
function largest(most: number, fits: (amount: number) => boolean): number {
  if (most <= 0) return 0;
  if (fits(most)) return most;
  let good = 0;
  let bad = most;
  while (bad - good > 1) {
    const middle = good + Math.floor((bad - good) / 2);
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** As `Borrow` takes it: what is lent of the asset is redeemed first. */
export function maxBorrowAtoms(state: State, accountId: number, assetId: number): Atoms {
  if (!state.accounts.has(accountId) || poolIfAny(state, assetId) === undefined) return 0 as Atoms;
  const lent = lentAtoms(state, accountId, assetId);
  const fits = (atoms: number): boolean => {
    const redeem = Math.min(lent, atoms);
    const borrow = atoms - redeem;
    if (borrow > 0 && borrowRefusal(state, accountId, assetId, borrow) !== undefined) return false;
    return drawRefusal(state, { accountId, assetId, redeem, borrow }) === undefined;
  };
  const behind = borrowableAtoms(state, { accountId, assetId, redeem: 0, borrow: 0 });
  return largest(lent + behind, fits) as Atoms;
}

export function maxWithdrawalAtoms(state: State, accountId: number, assetId: number, redeemsLent: boolean): Atoms {
  if (!state.accounts.has(accountId) || state.assets.get(assetId) === undefined) return 0 as Atoms;
  if (state.vaults.ofAccount(accountId) !== undefined) return 0 as Atoms;
  const have = redeemsLent ? spendableAtoms(state, accountId, assetId) : availableAtoms(state, accountId, assetId);
  return largest(have, (atoms) => lossRefusal(state, accountId, assetId, atoms) === undefined) as Atoms;
}

/** An order whose size is asked for; `priceTicks` 0 is at the market. */
export type OrderAsked = {
  readonly side: Side;
  readonly priceTicks: number;
  readonly reduceOnly: boolean;
  readonly autoBorrow: boolean;
};

function takerFor(state: State, accountId: number, market: Market, asked: OrderAsked): Taker {
  const taker = new Taker();
  const account = accountViewOf(state, accountId);
  const perp = market.kind === MARKET_KIND.perp;
  taker.accountId = accountId;
  taker.marketId = market.marketId;
  taker.side = asked.side;
  taker.orderType = asked.priceTicks === 0 ? ORDER_TYPE.market : ORDER_TYPE.limit;
  taker.priceTicks = asked.priceTicks;
  taker.lendingFlags = asked.autoBorrow ? ORDER_FLAG.autoBorrow : 0;
  if (account === undefined) return taker;
  taker.makerFeePpm = perp ? account.perpMakerFeePpm : account.makerFeePpm;
  taker.takerFeePpm = perp ? account.perpTakerFeePpm : account.takerFeePpm;
  return taker;
}

/** Rejects are for whoever sends an order: here they only say no. */
function quietly(state: State, ask: () => boolean): boolean {
  const { scope } = state;
  const { onBehalf, refusal } = scope;
  scope.onBehalf = true;
  const answer = ask();
  scope.onBehalf = onBehalf;
  scope.refusal = refusal;
  return answer;
}

function takesOrders(market: Market, { side, priceTicks }: OrderAsked): boolean {
  if (market.kind === MARKET_KIND.rfq) return false;
  const { effectiveState: now } = market;
  if (now === MARKET_STATE.closed || now === MARKET_STATE.cancelOnly) return false;
  return priceTicks !== 0 || market.book.bestTicks(side === SIDE.bid ? SIDE.ask : SIDE.bid) !== 0;
}

export function maxOrderLots(state: State, accountId: number, marketId: number, asked: OrderAsked): Lots {
  const market = state.markets.get(marketId);
  if (market === undefined || !state.accounts.has(accountId) || !takesOrders(market, asked)) return 0 as Lots;
  const { minLots, maxLots } = market.filters;
  const perp = market.kind === MARKET_KIND.perp;
  if (asked.reduceOnly) {
    return (perp ? Math.min(maxLots, reducibleLots(state, accountId, market, asked.side)) : 0) as Lots;
  }
  const taker = takerFor(state, accountId, market, asked);
  const fits = (lots: number): boolean => {
    taker.sizeLots = lots;
    if (!perp) return enoughFunds(state, market, taker);
    return perpAdmits(state, market, taker);
  };
  const most = largest(maxLots, (lots) => quietly(state, () => fits(lots)));
  return (most < minLots ? 0 : most) as Lots;
}
