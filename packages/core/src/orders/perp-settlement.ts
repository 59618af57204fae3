// What a fill in a perpetual moves: two positions, and fees off the claims of both. Cash moves at the next settlement.
import { SIDE, type Side } from '@glasshouse/protocol';
import type { Atoms, FeePpm } from '@glasshouse/units';
import { claimForHouse } from '../ledger/claims.js';
import { nextCharge, nextEarning, nextRebate, nextRebateSpent } from '../ledger/fees.js';
import { fillPosition } from '../perps/fill.js';
import { HOUSE } from '../state/balances.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import type { Fees, Settlement } from './settlement.js';
import type { Taker } from './taker.js';
import { payReferrer } from './trade-record.js';

const opposite = (side: Side): Side => (side === SIDE.bid ? SIDE.ask : SIDE.bid);

export class PerpSettlement implements Settlement {
  constructor(
    private readonly state: State,
    private readonly taker: Taker,
  ) {}

  settle(market: Market, maker: number, _ticks: number, lots: number, quote: Atoms, fees: Fees): void {
    const { state, taker } = this;
    const { pool } = state;
    const makerId = pool.accountId(maker);
    fees.takerAtoms = this.#fee(market, taker.accountId, taker.filledQuoteAtoms, quote, taker.takerFeePpm);
    fees.makerAtoms = this.#fee(market, makerId, pool.makerQuoteAtoms(maker), quote, pool.makerFeePpm(maker));
    fillPosition(state, market, makerId, opposite(taker.side), lots, quote, fees.makerAtoms);
    fillPosition(state, market, taker.accountId, taker.side, lots, quote, fees.takerAtoms);
  }

  /** What the payer is charged, or receives; what the house earns or spends becomes its claim, the fraction between rounding's. */
  #fee(market: Market, accountId: number, before: Atoms, quote: Atoms, rate: FeePpm): number {
    if (rate === 0) return 0;
    const after = (before + quote) as Atoms;
    const charged = rate > 0 ? nextCharge(before, after, rate) : -nextRebate(before, after, rate);
    const earned = rate > 0 ? nextEarning(before, after, rate) : -nextRebateSpent(before, after, rate);
    const { state } = this;
    claimForHouse(state, market.quoteAssetId, HOUSE.fees, earned);
    claimForHouse(state, market.quoteAssetId, HOUSE.rounding, charged - earned);
    payReferrer(state, market, accountId, earned);
    return charged;
  }
}
