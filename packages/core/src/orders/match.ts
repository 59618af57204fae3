// Crossing an arriving order with the book: price, then time. Pays both sides fill by fill.
import { type FillView, ORDER_STATUS, SELF_TRADE_PREVENTION, SIDE } from '@glasshouse/protocol';
import { type Atoms, baseAtoms, type FeePpm, type Lots, notionalAtoms, type Ticks } from '@glasshouse/units';
import { type MatchVisitor, REMOVE, STOP } from '../book/index.js';
import { nextCharge, nextEarning, nextRebate, nextRebateSpent } from '../ledger/fees.js';
import { chargeFee, chargeFeeFromLocked, pay, payFromLocked, payRebate } from '../ledger/ledger.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { orderViewOf } from '../state/views.js';
import { availableToGive, budgetLots, lotsPaidBy } from './budget.js';
import { announceGone } from './events.js';
import { forgetOrder } from './removal.js';
import type { Taker } from './taker.js';

/** Lets the one taker meet the makers; `begin` before each match. */
export class Matcher implements MatchVisitor {
  #market: Market | undefined;
  #makerFeeAtoms = 0;

  constructor(
    private readonly state: State,
    private readonly taker: Taker,
  ) {}

  /** Matches the taker as far as its limit, its budget and its own orders let. */
  run(market: Market): void {
    this.#market = market;
    const { taker } = this;
    const wanted = taker.byQuote ? Number.MAX_SAFE_INTEGER : taker.sizeLots;
    market.book.match(taker.side, taker.matchTicks, wanted, this);
  }

  offer(maker: number, ticks: number, maxLots: number): number {
    const { taker, state } = this;
    if (taker.complete || taker.stopped !== undefined) return STOP;
    if (state.pool.accountId(maker) === taker.accountId) return this.#ownOrder();
    if (taker.priceTicks !== 0) return maxLots;
    return Math.min(maxLots, this.#affordableLots(ticks));
  }

  filled(maker: number, ticks: number, lots: number): void {
    const market = this.#market as Market;
    const { state, taker } = this;
    const quote = notionalAtoms(ticks as Ticks, lots as Lots, market.filters.atomsPerTickLot);
    const base = baseAtoms(lots as Lots, market.filters.baseAtomsPerLot);
    const takerFee =
      taker.side === SIDE.bid ? this.#takerBuys(maker, quote, base) : this.#takerSells(maker, quote, base);
    taker.filledLots += lots;
    taker.filledQuoteAtoms = (taker.filledQuoteAtoms + quote) as Atoms;
    taker.complete = taker.byQuote
      ? budgetLots(market, taker, taker.filledQuoteAtoms, ticks) === 0
      : taker.remainingLots === 0;
    this.#settleMaker(maker, quote);
    market.lastTradeId += 1;
    market.lastTradeTicks = ticks;
    state.scope.touchLevel(market.marketId, state.pool.side(maker), ticks);
    this.#announce(maker, ticks, lots, quote, takerFee);
    if (state.pool.remainingLots(maker) === 0) forgetOrder(state, market, maker);
  }

  removed(maker: number): void {
    const { state } = this;
    const market = this.#market as Market;
    state.scope.touchLevel(market.marketId, state.pool.side(maker), state.pool.priceTicks(maker));
    announceGone(state, maker, ORDER_STATUS.expired, 'SelfTradePrevention');
    forgetOrder(state, market, maker);
    if (this.taker.selfTradePrevention === SELF_TRADE_PREVENTION.rejectBoth) this.taker.stopped = 'SelfTradePrevention';
  }

  #ownOrder(): number {
    const { taker } = this;
    if (taker.selfTradePrevention !== SELF_TRADE_PREVENTION.rejectTaker) return REMOVE;
    taker.stopped = 'SelfTradePrevention';
    return STOP;
  }

  /** Lots that a market order may still take at this price, by its owner's funds and its quote quantity. */
  #affordableLots(ticks: number): number {
    const { state, taker } = this;
    const market = this.#market as Market;
    const wanted = taker.byQuote ? budgetLots(market, taker, taker.filledQuoteAtoms, ticks) : taker.remainingLots;
    if (wanted === 0) taker.stopped = 'InvalidQuantity';
    const affordable = lotsPaidBy(market, taker, availableToGive(state, market, taker), ticks);
    if (affordable === 0) taker.stopped ??= 'InsufficientFunds';
    return Math.min(affordable, wanted);
  }

  /** Quote to the maker, base to the taker, fee from the taker's quote. Returns the taker's fee. */
  #takerBuys(maker: number, quote: Atoms, base: Atoms): Atoms {
    const { state, taker } = this;
    const market = this.#market as Market;
    const makerId = state.pool.accountId(maker);
    pay(state, taker.accountId, makerId, market.quoteAssetId, quote);
    payFromLocked(state, makerId, taker.accountId, market.baseAssetId, base);
    state.pool.setLockedAtoms(maker, state.pool.lockedAtoms(maker) - base);
    return this.#chargeTaker(market, quote);
  }

  /** Base to the maker, locked quote to the taker, fee from what the taker received. */
  #takerSells(maker: number, quote: Atoms, base: Atoms): Atoms {
    const { state, taker } = this;
    const market = this.#market as Market;
    const makerId = state.pool.accountId(maker);
    pay(state, taker.accountId, makerId, market.baseAssetId, base);
    payFromLocked(state, makerId, taker.accountId, market.quoteAssetId, quote);
    state.pool.setLockedAtoms(maker, state.pool.lockedAtoms(maker) - quote);
    return this.#chargeTaker(market, quote);
  }

  #chargeTaker(market: Market, quote: Atoms): Atoms {
    const { state, taker } = this;
    const before = taker.filledQuoteAtoms;
    const after = (before + quote) as Atoms;
    const charged = nextCharge(before, after, taker.takerFeePpm);
    if (taker.takerFeePpm > 0) {
      chargeFee(state, taker.accountId, market.quoteAssetId, charged, nextEarning(before, after, taker.takerFeePpm));
    }
    return charged;
  }

  /** The maker's running totals and its fee or rebate. What is left locked is the reserve of what still rests. */
  #settleMaker(maker: number, quote: Atoms): void {
    const { pool } = this.state;
    const before = pool.makerQuoteAtoms(maker);
    const after = (before + quote) as Atoms;
    pool.setMakerQuoteAtoms(maker, after);
    pool.setFilledQuoteAtoms(maker, pool.filledQuoteAtoms(maker) + quote);
    const rate = pool.makerFeePpm(maker);
    this.#makerFeeAtoms =
      rate > 0 ? this.#chargeMaker(maker, before, after, rate) : this.#rebateMaker(maker, before, after, rate);
  }

  #chargeMaker(maker: number, before: Atoms, after: Atoms, rate: FeePpm): number {
    const { state } = this;
    const { pool } = state;
    const market = this.#market as Market;
    const accountId = pool.accountId(maker);
    const charged = nextCharge(before, after, rate);
    const earned = nextEarning(before, after, rate);
    if (pool.side(maker) === SIDE.bid) {
      chargeFeeFromLocked(state, accountId, market.quoteAssetId, charged, earned);
      pool.setLockedAtoms(maker, pool.lockedAtoms(maker) - charged);
    } else {
      chargeFee(state, accountId, market.quoteAssetId, charged, earned);
    }
    return charged;
  }

  #rebateMaker(maker: number, before: Atoms, after: Atoms, rate: FeePpm): number {
    if (rate === 0) return 0;
    const { state } = this;
    const received = nextRebate(before, after, rate);
    const spent = nextRebateSpent(before, after, rate);
    const accountId = state.pool.accountId(maker);
    payRebate(state, accountId, (this.#market as Market).quoteAssetId, spent, received);
    return 0 - received;
  }

  #announce(maker: number, ticks: number, lots: number, quote: Atoms, takerFee: Atoms): void {
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
    const makerView = orderViewOf(state, maker);
    const order = pool.remainingLots(maker) === 0 ? { ...makerView, status: ORDER_STATUS.filled } : makerView;
    emit({ kind: 'traded', trade });
    emit({ kind: 'orderFilled', order, fill: fill(true, this.#makerFeeAtoms) });
    emit({ kind: 'orderFilled', order: taker.view(taker.statusAfterFill()), fill: fill(false, takerFee) });
  }
}
