// What a fill in a spot market moves: quote one way, base the other, fees off the quote.
import { SIDE } from '@glasshouse/protocol';
import { type Atoms, baseAtoms, type FeePpm, type Lots } from '@glasshouse/units';
import { nextCharge, nextEarning, nextRebate, nextRebateSpent } from '../ledger/fees.js';
import { chargeFee, chargeFeeFromLocked, pay, payFromLocked, payRebate } from '../ledger/ledger.js';
import { noteCredit } from '../lending/idle.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { raise } from './backing.js';
import type { Fees, Settlement } from './settlement.js';
import type { Taker } from './taker.js';
import { payReferrer } from './trade-record.js';

export class SpotSettlement implements Settlement {
  constructor(
    private readonly state: State,
    private readonly taker: Taker,
  ) {}

  settle(market: Market, maker: number, _ticks: number, lots: number, quote: Atoms, fees: Fees): void {
    const base = baseAtoms(lots as Lots, market.filters.baseAtomsPerLot);
    fees.takerAtoms =
      this.taker.side === SIDE.bid
        ? this.#takerBuys(market, maker, quote, base)
        : this.#takerSells(market, maker, quote, base);
    fees.makerAtoms = this.#settleMaker(market, maker, quote);
  }

  /** Quote to the maker, base to the taker, fee from the taker's quote. Returns the taker's fee. */
  #takerBuys(market: Market, maker: number, quote: Atoms, base: Atoms): Atoms {
    const { state, taker } = this;
    const makerId = state.pool.accountId(maker);
    raise(state, taker, market.quoteAssetId, quote);
    pay(state, taker.accountId, makerId, market.quoteAssetId, quote);
    payFromLocked(state, makerId, taker.accountId, market.baseAssetId, base);
    noteCredit(state, makerId, market.quoteAssetId, quote, state.pool.flags(maker));
    noteCredit(state, taker.accountId, market.baseAssetId, base, taker.lendingFlags);
    state.pool.setLockedAtoms(maker, state.pool.lockedAtoms(maker) - base);
    return this.#chargeTaker(market, quote);
  }

  /** Base to the maker, locked quote to the taker, fee from what the taker received. */
  #takerSells(market: Market, maker: number, quote: Atoms, base: Atoms): Atoms {
    const { state, taker } = this;
    const makerId = state.pool.accountId(maker);
    raise(state, taker, market.baseAssetId, base);
    pay(state, taker.accountId, makerId, market.baseAssetId, base);
    payFromLocked(state, makerId, taker.accountId, market.quoteAssetId, quote);
    noteCredit(state, makerId, market.baseAssetId, base, state.pool.flags(maker));
    noteCredit(state, taker.accountId, market.quoteAssetId, quote, taker.lendingFlags);
    state.pool.setLockedAtoms(maker, state.pool.lockedAtoms(maker) - quote);
    return this.#chargeTaker(market, quote);
  }

  #chargeTaker(market: Market, quote: Atoms): Atoms {
    const { state, taker } = this;
    const before = taker.filledQuoteAtoms;
    const after = (before + quote) as Atoms;
    const charged = nextCharge(before, after, taker.takerFeePpm);
    if (taker.takerFeePpm > 0) {
      raise(state, taker, market.quoteAssetId, charged);
      const earned = nextEarning(before, after, taker.takerFeePpm);
      chargeFee(state, taker.accountId, market.quoteAssetId, charged, earned);
      payReferrer(state, market, taker.accountId, earned);
    }
    return charged;
  }

  /** The maker's fee or rebate. What is left locked is the reserve of what still rests. */
  #settleMaker(market: Market, maker: number, quote: Atoms): number {
    const { pool } = this.state;
    const before = pool.makerQuoteAtoms(maker);
    const after = (before + quote) as Atoms;
    const rate = pool.makerFeePpm(maker);
    return rate > 0
      ? this.#chargeMaker(market, maker, before, after, rate)
      : this.#rebateMaker(market, maker, before, after, rate);
  }

  #chargeMaker(market: Market, maker: number, before: Atoms, after: Atoms, rate: FeePpm): number {
    const { state } = this;
    const { pool } = state;
    const accountId = pool.accountId(maker);
    const charged = nextCharge(before, after, rate);
    const earned = nextEarning(before, after, rate);
    if (pool.side(maker) === SIDE.bid) {
      chargeFeeFromLocked(state, accountId, market.quoteAssetId, charged, earned);
      pool.setLockedAtoms(maker, pool.lockedAtoms(maker) - charged);
    } else {
      chargeFee(state, accountId, market.quoteAssetId, charged, earned);
    }
    payReferrer(state, market, accountId, earned);
    return charged;
  }

  #rebateMaker(market: Market, maker: number, before: Atoms, after: Atoms, rate: FeePpm): number {
    if (rate === 0) return 0;
    const { state } = this;
    const received = nextRebate(before, after, rate);
    const spent = nextRebateSpent(before, after, rate);
    const accountId = state.pool.accountId(maker);
    payRebate(state, accountId, market.quoteAssetId, spent, received);
    noteCredit(state, accountId, market.quoteAssetId, received, state.pool.flags(maker));
    return 0 - received;
  }
}
