// Crossing an arriving order with the book: price, then time. Pays both sides fill by fill.
import {
  type ExpiryReason,
  type FillView,
  MARKET_KIND,
  ORDER_STATUS,
  SELF_TRADE_PREVENTION,
} from '@glasshouse/protocol';
import { type Atoms, type Lots, notionalAtoms, type Ticks } from '@glasshouse/units';
import { type MatchVisitor, REMOVE, STOP } from '../book/index.js';
import { reducibleLots } from '../perps/limits.js';
import { closeIfEmpty, positionOf } from '../state/account-positions.js';
import type { Market } from '../state/markets.js';
import { NumberList } from '../state/number-list.js';
import { hasExits, isSlice } from '../state/order-flags.js';
import type { State } from '../state/state.js';
import { orderViewOf } from '../state/views.js';
import { availableToGive } from './backing.js';
import { budgetLots, lotsPaidBy } from './budget.js';
import { announceGone } from './events.js';
import { countOpenLots } from './open-lots.js';
import { makerLots, takerStop } from './perp-offer.js';
import { PerpSettlement } from './perp-settlement.js';
import { cutReduceOnly } from './reduce-only.js';
import { forgetOrder } from './removal.js';
import type { Fees, Settlement } from './settlement.js';
import { lotsWithinMargin, makerBears } from './spot-margin.js';
import { SpotSettlement } from './spot-settlement.js';
import type { Taker } from './taker.js';
import { countVolume } from './trade-record.js';

/** Lets the one taker meet the makers; `begin` before each match. */
export class Matcher implements MatchVisitor {
  #market: Market | undefined;
  #settlement: Settlement;
  readonly #spot: Settlement;
  readonly #perp: Settlement;
  readonly #fees: Fees = { takerAtoms: 0, makerAtoms: 0 };
  #removal: ExpiryReason = 'SelfTradePrevention';
  /** Makers whose positions the match has changed. */
  readonly #changed = new NumberList();

  constructor(
    private readonly state: State,
    private readonly taker: Taker,
  ) {
    this.#spot = new SpotSettlement(state, taker);
    this.#perp = new PerpSettlement(state, taker);
    this.#settlement = this.#spot;
  }

  /** Matches the taker as far as its limit, its budget and its own orders let. */
  run(market: Market): void {
    this.#market = market;
    this.#settlement = market.kind === MARKET_KIND.perp ? this.#perp : this.#spot;
    const { taker } = this;
    const wanted = taker.byQuote ? Number.MAX_SAFE_INTEGER : taker.sizeLots;
    market.book.match(taker.side, taker.matchTicks, wanted, this);
    const changed = this.#changed;
    if (changed.count === 0) return;
    changed.add(taker.accountId);
    for (let place = 0; place < changed.count; place += 1) this.#settleOrders(market, changed.at(place));
    changed.clear();
  }

  offer(maker: number, ticks: number, maxLots: number): number {
    const { taker, state } = this;
    if (taker.complete || taker.stopped !== undefined) return STOP;
    if (state.pool.accountId(maker) === taker.accountId) return this.#ownOrder();
    const lots = taker.priceTicks !== 0 ? maxLots : Math.min(maxLots, this.#affordableLots(ticks));
    if (lots === 0) return lots;
    if ((this.#market as Market).kind === MARKET_KIND.perp) return this.#futuresLots(maker, lots);
    return this.#spotLots(maker, ticks, lots);
  }

  filled(maker: number, ticks: number, lots: number): void {
    const market = this.#market as Market;
    const { state, taker } = this;
    const quote = notionalAtoms(ticks as Ticks, lots as Lots, market.filters.atomsPerTickLot);
    this.#settlement.settle(market, maker, ticks, lots, quote, this.#fees);
    this.#countFill(maker, lots, quote);
    taker.complete = taker.byQuote
      ? budgetLots(market, taker, taker.filledQuoteAtoms, ticks) === 0
      : taker.remainingLots === 0;
    market.lastTradeId += 1;
    market.lastTradeTicks = ticks;
    state.scope.touchLevel(market.marketId, state.pool.side(maker), ticks);
    if (market.kind === MARKET_KIND.perp) this.#changed.add(state.pool.accountId(maker));
    this.#announce(maker, ticks, lots, quote);
    if (state.pool.remainingLots(maker) === 0) forgetOrder(state, market, maker);
  }

  removed(maker: number): void {
    const { state } = this;
    const reason = this.#removal;
    this.#removal = 'SelfTradePrevention';
    const market = this.#market as Market;
    state.scope.touchLevel(market.marketId, state.pool.side(maker), state.pool.priceTicks(maker));
    announceGone(state, maker, ORDER_STATUS.expired, reason);
    forgetOrder(state, market, maker);
    if (reason === 'SelfTradePrevention' && this.taker.selfTradePrevention === SELF_TRADE_PREVENTION.rejectBoth)
      this.taker.stopped = 'SelfTradePrevention';
  }

  #ownOrder(): number {
    const { taker } = this;
    if (taker.selfTradePrevention !== SELF_TRADE_PREVENTION.rejectTaker) return REMOVE;
    taker.stopped = 'SelfTradePrevention';
    return STOP;
  }

  /** What is left of the offer once both accounts' limits have been looked at. */
  #futuresLots(maker: number, wanted: number): number {
    const { state, taker } = this;
    const market = this.#market as Market;
    const inThisMatch = this.#changed.has(state.pool.accountId(maker));
    const { lots, reason } = makerLots(state, taker, maker, wanted, inThisMatch);
    if (reason !== undefined) {
      this.#removal = reason;
      return REMOVE;
    }
    const mine = taker.reduceOnly ? Math.min(lots, reducibleLots(state, taker.accountId, market, taker.side)) : lots;
    if (mine === 0) taker.stopped = 'ReduceOnlyNotReduced';
    else taker.stopped = takerStop(state, market, taker, maker, mine);
    return taker.stopped === undefined ? mine : STOP;
  }

  /** Closes rows that have come to nothing and cuts reduce-only orders, now that the book stands still. */
  #settleOrders(market: Market, accountId: number): void {
    const { state } = this;
    if (market.kind !== MARKET_KIND.perp) return;
    cutReduceOnly(state, accountId, market);
    const row = positionOf(state, accountId, market.marketId);
    if (row !== 0) closeIfEmpty(state, row);
  }

  /** What is left of the offer once the margin of both accounts has been looked at. */
  #spotLots(maker: number, ticks: number, wanted: number): number {
    const { state, taker } = this;
    const market = this.#market as Market;
    const lots = taker.priceTicks !== 0 ? wanted : lotsWithinMargin(state, market, taker, ticks, wanted);
    if (lots === 0) taker.stopped = 'InsufficientMargin';
    else if (!makerBears(state, market, maker, lots)) {
      this.#removal = 'InsufficientMargin';
      return REMOVE;
    }
    return lots;
  }

  /** Lots that a market order may still take at this price, by its owner's funds and its quote quantity. */
  #affordableLots(ticks: number): number {
    const { state, taker } = this;
    const market = this.#market as Market;
    const wanted = taker.byQuote ? budgetLots(market, taker, taker.filledQuoteAtoms, ticks) : taker.remainingLots;
    if (wanted === 0) taker.stopped = 'InvalidQuantity';
    if (market.kind === MARKET_KIND.perp) return wanted;
    const affordable = lotsPaidBy(market, taker, availableToGive(state, market, taker), ticks);
    if (affordable === 0) taker.stopped ??= taker.autoBorrow ? 'InsufficientBorrowableQuantity' : 'InsufficientFunds';
    return Math.min(affordable, wanted);
  }

  #countFill(maker: number, lots: number, quote: Atoms): void {
    const { pool } = this.state;
    const { taker } = this;
    taker.filledLots += lots;
    taker.filledQuoteAtoms = (taker.filledQuoteAtoms + quote) as Atoms;
    pool.setMakerQuoteAtoms(maker, pool.makerQuoteAtoms(maker) + quote);
    pool.setFilledQuoteAtoms(maker, pool.filledQuoteAtoms(maker) + quote);
    countOpenLots(this.state, maker, -lots);
    const flags = pool.flags(maker);
    if (hasExits(flags)) this.state.exits.fill(pool.orderId(maker), lots);
    if (isSlice(flags)) this.state.strategies.fill(pool.orderId(maker), lots, quote);
    const market = this.#market as Market;
    countVolume(this.state, market, taker.accountId, quote);
    countVolume(this.state, market, pool.accountId(maker), quote);
  }

  #announce(maker: number, ticks: number, lots: number, quote: Atoms): void {
    const { state, taker } = this;
    const { emit } = state.scope;
    if (emit === undefined) return;
    const market = this.#market as Market;
    const { pool } = state;
    const trade = {
      marketId: market.marketId,
      tradeId: market.lastTradeId,
      priceTicks: ticks as Ticks,
      sizeLots: lots as Lots,
      quoteAtoms: quote,
      takerSide: taker.side,
      makerOrderId: pool.orderId(maker),
      takerOrderId: taker.orderId,
      isLiquidation: taker.isLiquidation,
    };
    const fill = (isMaker: boolean, feeAtoms: number): FillView => ({
      tradeId: trade.tradeId,
      priceTicks: trade.priceTicks,
      sizeLots: trade.sizeLots,
      quoteAtoms: quote,
      isMaker,
      feeAssetId: market.quoteAssetId,
      feeAtoms: feeAtoms as Atoms,
    });
    const order = orderViewOf(state, maker, pool.remainingLots(maker) === 0 ? ORDER_STATUS.filled : undefined);
    emit({ kind: 'traded', trade });
    emit({ kind: 'orderFilled', order, fill: fill(true, this.#fees.makerAtoms) });
    emit({ kind: 'orderFilled', order: taker.view(taker.statusAfterFill()), fill: fill(false, this.#fees.takerAtoms) });
  }
}
