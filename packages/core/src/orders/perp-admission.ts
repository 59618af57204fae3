// May an order for a perpetual enter? Reduce-only, limits, and the margin of the account if all its orders filled.
import { ORDER_TYPE, SIDE } from '@glasshouse/protocol';
import { type Atoms, type FeePpm, feeCharged } from '@glasshouse/units';
import { assetUnits, initialMarginUsd } from '../margin/account.js';
import { worstLots } from '../margin/exposure.js';
import { stakeMarginUsd, standingOf } from '../margin/standing.js';
import { quoteAtomsPerLot } from '../margin/value.js';
import { reducibleLots } from '../perps/limits.js';
import { impactEdgeTicks, stricter } from '../prices/bands.js';
import { usdPriceOf } from '../prices/usd.js';
import { positionOf } from '../state/account-positions.js';
import type { Asset } from '../state/assets.js';
import type { Market } from '../state/markets.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { quantityText } from '../state/texts.js';
import type { Taker } from './taker.js';

/** What the account would have at stake in the market, before and with the order. */
type Stake = { readonly row: number; readonly size: number; readonly before: number; readonly after: number };

function stakeWith(state: State, market: Market, taker: Taker, lots: number): Stake {
  const { positions } = state;
  const row = positionOf(state, taker.accountId, market.marketId);
  const size = row === 0 ? 0 : positions.sizeLots(row);
  const bids = row === 0 ? 0 : positions.openBidLots(row);
  const asks = row === 0 ? 0 : positions.openAskLots(row);
  const bid = taker.side === SIDE.bid;
  return {
    row,
    size,
    before: worstLots(size, bids, asks),
    after: worstLots(size, bids + (bid ? lots : 0), asks + (bid ? 0 : lots)),
  };
}

/** Worst price at which the order may fill now; 0 when there is nothing that it could fill against. */
function worstTicks(market: Market, taker: Taker): number {
  if (taker.orderType === ORDER_TYPE.limit) return taker.priceTicks;
  const best = market.book.bestTicks(taker.side === SIDE.bid ? SIDE.ask : SIDE.bid);
  return best === 0 ? 0 : stricter(taker.side, impactEdgeTicks(market, taker.side), taker.toleranceTicks);
}

/** Lots of the order; of one by quote quantity, those that it stands for at the best price. */
function lotsOf(market: Market, taker: Taker): number {
  if (!taker.byQuote) return taker.sizeLots;
  const best = market.book.bestTicks(taker.side === SIDE.bid ? SIDE.ask : SIDE.bid);
  return best === 0 ? 0 : Math.floor(taker.quoteSizeAtoms / (best * market.filters.atomsPerTickLot));
}

/** USD that the account may lose at once: to the mark, and in fees. */
function costAtOnceUsd(state: State, market: Market, taker: Taker, lots: number): number {
  const quote = state.assets.list[market.quoteAssetId - 1] as Asset;
  const atMark = lots * quoteAtomsPerLot(state, market) * market.prices.markPrice;
  const ticks = worstTicks(market, taker);
  if (ticks === 0) return 0;
  const atWorst = Math.min(Number.MAX_SAFE_INTEGER, lots * ticks * market.filters.atomsPerTickLot);
  const loss = Math.max(0, taker.side === SIDE.bid ? atWorst - atMark : atMark - atWorst);
  const rate = taker.postOnly ? taker.makerFeePpm : (Math.max(taker.takerFeePpm, taker.makerFeePpm) as FeePpm);
  const fee = rate > 0 ? feeCharged(Math.floor(atMark) as Atoms, rate) : 0;
  return ((loss + fee) / assetUnits(quote)) * usdPriceOf(state, market.quoteAssetId);
}

function withinLimits(state: State, market: Market, taker: Taker, stake: Stake, lots: number): boolean {
  const { perp } = market;
  if (perp === undefined) return true;
  const { positionLimitLots, openInterestLimitLots } = perp;
  if (Math.abs(stake.after) > positionLimitLots) {
    reject(state, 'positionLimit', {
      position: quantityText(market, Math.abs(stake.after)),
      limit: quantityText(market, positionLimitLots),
    });
    return false;
  }
  const signed = taker.side === SIDE.bid ? lots : -lots;
  const growth = Math.abs(stake.size + signed) - Math.abs(stake.size);
  const openInterest = market.prices.openInterestLots;
  if (growth <= 0 || openInterest + growth <= openInterestLimitLots) return true;
  reject(state, 'openInterestLimit', {
    openInterest: quantityText(market, openInterest),
    quantity: quantityText(market, growth),
    limit: quantityText(market, openInterestLimitLots),
  });
  return false;
}

const CENTS = 100;
const dollars = (usd: number): number => Math.round(usd * CENTS) / CENTS;

function withinMargin(state: State, market: Market, taker: Taker, stake: Stake, lots: number): boolean {
  if (Math.abs(stake.after) <= Math.abs(stake.before)) return true;
  if (market.prices.markPrice === 0) {
    reject(state, 'priceUnknown', { symbol: market.symbol });
    return false;
  }
  const { accountId } = taker;
  const { lockedUsd, netEquityUsd } = standingOf(state, accountId);
  const beforeUsd = stake.row === 0 ? 0 : stakeMarginUsd(state, stake.row);
  const required = lockedUsd + (initialMarginUsd(state, accountId, market, stake.after) - beforeUsd);
  const equity = netEquityUsd - costAtOnceUsd(state, market, taker, lots);
  if (required < equity) return true;
  reject(state, 'insufficientMargin', { required: dollars(required), equity: dollars(equity) });
  return false;
}

function reduces(state: State, market: Market, taker: Taker): boolean {
  if (reducibleLots(state, taker.accountId, market, taker.side) > 0) return true;
  const row = positionOf(state, taker.accountId, market.marketId);
  const position = row === 0 ? 0 : state.positions.sizeLots(row);
  reject(state, 'reduceOnlyWouldIncrease', { position: quantityText(market, Math.abs(position)) });
  return false;
}

export function perpReduces(state: State, market: Market, taker: Taker): boolean {
  return !taker.reduceOnly || reduces(state, market, taker);
}

/** Limits first, then margin. A reduce-only order adds to nothing. */
export function perpAdmits(state: State, market: Market, taker: Taker): boolean {
  if (taker.reduceOnly) return true;
  const lots = lotsOf(market, taker);
  const stake = stakeWith(state, market, taker, lots);
  return withinLimits(state, market, taker, stake, lots) && withinMargin(state, market, taker, stake, lots);
}
