// The rules that hold between any two commands, each under its name. A broken one is our bug and stops the node.
import { SIDE, type Side } from '@glasshouse/protocol';
import { assert, MAX_SAFE } from '@glasshouse/units';
import { reservedAssetId, reserveOf } from '../orders/reserves.js';
import { type AssetBalances, HOUSE } from '../state/balances.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

/** Σ house + customers = 0 per asset, because the chain account is minus what came in. */
export function checkConservation(balances: AssetBalances, assetId: number): void {
  const { houseAtoms, customersAtoms } = balances;
  let sum = customersAtoms;
  for (const atoms of houseAtoms) sum += atoms;
  if (sum !== 0) assert(false, 'accounts + house = deposits − withdrawals', { assetId, customersAtoms, sum });
}

function checkAccountSums(state: State, balances: AssetBalances, assetId: number): void {
  let total = 0;
  for (let accountId = 1; accountId <= state.accounts.count; accountId += 1) {
    const available = balances.availableAtoms[accountId] as number;
    const locked = balances.lockedAtoms[accountId] as number;
    assert(available >= 0 && locked >= 0, 'no account below zero', { assetId, accountId, available, locked });
    total += available + locked;
  }
  assert(total <= MAX_SAFE, 'what is owed fits a safe integer', { assetId, total });
  assert(total === balances.customersAtoms, 'the kept total is the sum of accounts', { assetId, total });
}

export function checkNotCrossed({ book, symbol }: Market): void {
  const bid = book.bestTicks(SIDE.bid);
  const ask = book.bestTicks(SIDE.ask);
  if (bid !== 0 && ask !== 0 && bid >= ask) assert(false, 'the book is never crossed', { symbol, bid, ask });
}

/** Level size = Σ remaining, every order in its level, reserve = locked. Adds the reserves to `locked`. */
function checkLevel(state: State, market: Market, side: Side, ticks: number, locked: Map<number, number>): number {
  const { pool } = state;
  const { book, symbol } = market;
  let lots = 0;
  let orders = 0;
  for (let handle = book.head(side, ticks); handle !== 0; handle = pool.next[handle] as number) {
    const reserve = reserveOf(state, market, handle);
    const held = pool.lockedAtoms[handle] as number;
    assert(held === reserve, 'locked = what the open order needs', {
      symbol,
      orderId: pool.orderId[handle],
      held,
      reserve,
    });
    assert(state.orderIds.get(pool.orderId[handle] as number) === handle, 'orders are found by their id', { handle });
    const account = (pool.accountId[handle] as number) * 1000 + reservedAssetId(market, side);
    locked.set(account, (locked.get(account) ?? 0) + held);
    lots += pool.remainingLots[handle] as number;
    orders += 1;
  }
  assert(lots === book.levelLots(side, ticks), 'level size = Σ orders', { symbol, side, ticks, lots });
  assert(orders === book.levelOrders(side, ticks), 'level count = its orders', { symbol, side, ticks, orders });
  return orders;
}

function checkBook(state: State, market: Market, locked: Map<number, number>): number {
  let orders = 0;
  for (const side of [SIDE.bid, SIDE.ask]) {
    let ticks = market.book.bestTicks(side);
    while (ticks !== 0) {
      orders += checkLevel(state, market, side, ticks, locked);
      ticks = market.book.worseTicks(side, ticks);
    }
  }
  assert(orders === market.book.orderCount, 'the book counts its orders', { symbol: market.symbol, orders });
  checkNotCrossed(market);
  return orders;
}

function checkLocked(state: State, locked: ReadonlyMap<number, number>): void {
  for (const { assetId } of state.assets.list) {
    const { lockedAtoms } = state.balances.of(assetId);
    for (let accountId = 1; accountId <= state.accounts.count; accountId += 1) {
      const needed = locked.get(accountId * 1000 + assetId) ?? 0;
      const held = lockedAtoms[accountId] as number;
      assert(held === needed, 'locked = what open orders need', { accountId, assetId, held, needed });
    }
  }
}

function checkAccountLists(state: State, orders: number): void {
  const { accounts, pool } = state;
  let listed = 0;
  for (let accountId = 1; accountId <= accounts.count; accountId += 1) {
    let count = 0;
    let handle = accounts.firstOrder[accountId] as number;
    for (; handle !== 0; handle = pool.accountNext[handle] as number) {
      assert(pool.accountId[handle] === accountId, 'an account lists its own orders', { accountId, handle });
      count += 1;
    }
    assert(count === accounts.openOrders[accountId], 'an account counts its open orders', { accountId, count });
    listed += count;
  }
  assert(listed === orders && pool.size === orders, 'every open order is in one book and one list', { listed, orders });
}

function checkPendingWithdrawals(state: State): void {
  for (const { assetId } of state.assets.list) {
    let pending = 0;
    for (const withdrawal of state.pendingWithdrawals.values()) {
      if (withdrawal.assetId === assetId) pending += withdrawal.quantityAtoms;
    }
    const held = state.balances.of(assetId).houseAtoms[HOUSE.withdrawals];
    assert(held === pending, 'the withdrawals account = what is on its way', { assetId, held, pending });
  }
}

/** Every invariant over the whole state: for tests, simulation and audits. Throws InvariantViolation. */
export function checkInvariants(state: State): void {
  const locked = new Map<number, number>();
  let orders = 0;
  for (const market of state.markets.list) orders += checkBook(state, market, locked);
  checkAccountLists(state, orders);
  checkLocked(state, locked);
  checkPendingWithdrawals(state);
  state.balances.assets.forEach((balances, index) => {
    checkConservation(balances, index + 1);
    checkAccountSums(state, balances, index + 1);
  });
}
