// What holds of positions: both sides of every trade are there, and open lots are those of the open orders.
import { MARKET_KIND, SIDE } from '@glasshouse/protocol';
import { assert } from '@glasshouse/units';
import type { Market } from '../state/markets.js';
import { isReduceOnly } from '../state/order-flags.js';
import type { State } from '../state/state.js';

/** Open lots of one account in one market, by side, reduce-only apart. */
class OpenLots {
  bids = 0;
  asks = 0;
  reduceBids = 0;
  reduceAsks = 0;

  add(state: State, handle: number): void {
    const { pool } = state;
    const lots = pool.remainingLots(handle);
    const bid = pool.side(handle) === SIDE.bid;
    if (isReduceOnly(pool.flags(handle))) {
      if (bid) this.reduceBids += lots;
      else this.reduceAsks += lots;
    } else if (bid) this.bids += lots;
    else this.asks += lots;
  }
}

function openLotsOf(state: State, accountId: number, marketId: number): OpenLots {
  const { pool, accounts } = state;
  const lots = new OpenLots();
  let handle = accounts.firstOrder[accountId] as number;
  for (; handle !== 0; handle = pool.accountNext(handle))
    if (pool.marketId(handle) === marketId) lots.add(state, handle);
  return lots;
}

function checkRow(state: State, accountId: number, row: number, before: number): void {
  const { positions } = state;
  const marketId = positions.marketId(row);
  const size = positions.sizeLots(row);
  const at = { accountId, marketId, size };
  assert(positions.accountId(row) === accountId, 'an account lists its own positions', at);
  assert(marketId > before, 'an account lists its positions by market', at);
  assert(!positions.isEmpty(row), 'an empty position is given back', at);
  assert(size !== 0 || positions.costAtoms(row) === 0, 'no position has no cost', at);
  const open = openLotsOf(state, accountId, marketId);
  assert(open.bids === positions.openBidLots(row), 'open bids = Σ orders', at);
  assert(open.asks === positions.openAskLots(row), 'open asks = Σ orders', at);
  assert(open.reduceBids === positions.reduceBidLots(row), 'reduce-only bids = Σ orders', at);
  assert(open.reduceAsks === positions.reduceAskLots(row), 'reduce-only asks = Σ orders', at);
  assert(open.reduceBids <= Math.max(0, -size), 'reduce-only bids never turn a position', at);
  assert(open.reduceAsks <= Math.max(0, size), 'reduce-only asks never turn a position', at);
}

function checkNumber(state: State, accountId: number, row: number, numbers: Set<number>): void {
  if (state.positions.sizeLots(row) === 0) return;
  const positionId = state.positions.positionId(row);
  const at = { accountId, positionId, last: state.lastPositionId };
  assert(positionId >= 1 && positionId <= state.lastPositionId, 'an open position has a number', at);
  assert(!numbers.has(positionId), 'no two open positions have the same number', at);
  numbers.add(positionId);
}

type Totals = { size: number; long: number; rows: number };

type Seen = { readonly totals: Map<number, Totals>; readonly numbers: Set<number> };

function checkAccount(state: State, accountId: number, { totals, numbers }: Seen): number {
  const { positions, accounts } = state;
  let before = 0;
  let count = 0;
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    checkRow(state, accountId, row, before);
    checkNumber(state, accountId, row, numbers);
    before = positions.marketId(row);
    const total = totals.get(before) ?? { size: 0, long: 0, rows: 0 };
    total.size += positions.sizeLots(row);
    total.long += Math.max(0, positions.sizeLots(row));
    total.rows += 1;
    assert(state.markets.get(before)?.holders.has(accountId) === true, 'a market knows who is in it', { accountId });
    totals.set(before, total);
    count += 1;
  }
  const exposed = count > 0 || (accounts.loanCount[accountId] as number) > 0 || state.unsettled.atoms[accountId] !== 0;
  assert(state.exposed.has(accountId) === exposed, 'every account with exposure is swept, and no other', { accountId });
  return count;
}

function checkMarket(market: Market, { size, long, rows }: Totals): void {
  const { symbol, prices, holders } = market;
  assert(holders.size === rows, 'a market knows nobody who is not in it', { symbol, rows, holders: holders.size });
  assert(size === 0, 'Σ size = 0', { symbol, size });
  assert(long === prices.openInterestLots, 'open interest = Σ long', { symbol, long });
}

export function checkPositions(state: State): void {
  const totals = new Map<number, Totals>();
  const numbers = new Set<number>();
  let rows = 0;
  for (let accountId = 1; accountId <= state.accounts.count; accountId += 1) {
    rows += checkAccount(state, accountId, { totals, numbers });
  }
  assert(rows === state.positions.size, 'every position is in one list', { rows });
  for (const market of state.markets.list) {
    if (market.kind === MARKET_KIND.perp)
      checkMarket(market, totals.get(market.marketId) ?? { size: 0, long: 0, rows: 0 });
  }
}
