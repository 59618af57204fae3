// Pictures of state for those who only look. Every answer is a copy that later commands leave alone.
import type {
  AccountView,
  BalanceView,
  DepthView,
  KeyRole,
  KeyView,
  MarketView,
  OrderStatus,
  OrderView,
  Side,
} from '@glasshouse/protocol';
import { ORDER_STATUS, ORDER_TYPE, SIDE } from '@glasshouse/protocol';
import type { Atoms, FeePpm, Lots, Ticks, TimeUs } from '@glasshouse/units';
import { ACCOUNT_FLAG } from './accounts.js';
import type { Market } from './markets.js';
import { isPostOnly, isReduceOnly, isSlice, preventionOf, timeInForceOf } from './order-flags.js';
import type { State } from './state.js';

export function marketViewOf(market: Market): MarketView {
  const { marketId, symbol, kind, perp, rfq, baseAssetId, quoteAssetId, createdUs, effectiveState, filters } = market;
  return { marketId, symbol, kind, perp, rfq, baseAssetId, quoteAssetId, createdUs, state: effectiveState, ...filters };
}

/** An open order; `status` is for one that is about to leave. */
export function orderViewOf(state: State, handle: number, status?: OrderStatus): OrderView {
  const { pool } = state;
  const flags = pool.flags(handle);
  const sizeLots = pool.sizeLots(handle);
  const filledLots = (sizeLots - pool.remainingLots(handle)) as Lots;
  return {
    orderId: pool.orderId(handle),
    accountId: pool.accountId(handle),
    marketId: pool.marketId(handle),
    clientId: pool.clientId(handle),
    side: pool.side(handle),
    orderType: ORDER_TYPE.limit,
    timeInForce: timeInForceOf(flags),
    selfTradePrevention: preventionOf(flags),
    postOnly: isPostOnly(flags),
    reduceOnly: isReduceOnly(flags),
    priceTicks: pool.priceTicks(handle),
    sizeLots,
    quoteSizeAtoms: 0 as Atoms,
    filledLots,
    filledQuoteAtoms: pool.filledQuoteAtoms(handle),
    status: status ?? (filledLots === 0 ? ORDER_STATUS.new : ORDER_STATUS.partiallyFilled),
    createdUs: pool.createdUs(handle),
    strategyId: isSlice(flags) ? state.strategies.ofOrder(pool.orderId(handle))?.strategyId : undefined,
  };
}

export function accountViewOf(state: State, accountId: number): AccountView | undefined {
  const { accounts, customers } = state;
  if (!accounts.has(accountId)) return undefined;
  const customerId = accounts.customerId[accountId] as number;
  const flags = accounts.flags[accountId] as number;
  const feeTier = customers.feeTier[customerId] as number;
  const tier = state.spotFeeTiers[feeTier];
  return {
    accountId,
    customerId,
    mainAccountId: customers.mainAccountId[customerId] as number,
    name: accounts.names.get(accountId) ?? '',
    createdUs: accounts.createdUs[accountId] as TimeUs,
    autoBorrowSettlements: (flags & ACCOUNT_FLAG.autoBorrowSettlements) !== 0,
    autoLend: (flags & ACCOUNT_FLAG.autoLend) !== 0,
    autoRepayBorrows: (flags & ACCOUNT_FLAG.autoRepayBorrows) !== 0,
    autoRealizePnl: (flags & ACCOUNT_FLAG.autoRealizePnl) !== 0,
    leverageLimitCenti: accounts.leverageLimitCenti[accountId] as number,
    feeTier,
    makerFeePpm: (tier?.makerPpm ?? 0) as FeePpm,
    takerFeePpm: (tier?.takerPpm ?? 0) as FeePpm,
    perpMakerFeePpm: (tier?.perpMakerPpm ?? tier?.makerPpm ?? 0) as FeePpm,
    perpTakerFeePpm: (tier?.perpTakerPpm ?? tier?.takerPpm ?? 0) as FeePpm,
    openOrders: accounts.openOrders[accountId] as number,
    triggerOrders: state.triggers.ofAccount(accountId)?.orders.length ?? 0,
    liquidating: state.liquidations.has(accountId),
  };
}

export function balanceViewOf(state: State, accountId: number, assetId: number): BalanceView {
  const balances = state.balances.of(assetId);
  const loan = balances.loanAtoms[accountId] as number;
  return {
    accountId,
    assetId,
    availableAtoms: balances.availableAtoms[accountId] as Atoms,
    lockedAtoms: balances.lockedAtoms[accountId] as Atoms,
    lentAtoms: Math.max(0, loan) as Atoms,
    borrowedAtoms: Math.max(0, -loan) as Atoms,
  };
}

/** All assets in which the account holds something. */
export function balanceViews(state: State, accountId: number): BalanceView[] {
  if (!state.accounts.has(accountId)) return [];
  return state.assets.list
    .map((asset) => balanceViewOf(state, accountId, asset.assetId))
    .filter(
      ({ availableAtoms, lockedAtoms, lentAtoms, borrowedAtoms }) =>
        availableAtoms !== 0 || lockedAtoms !== 0 || lentAtoms !== 0 || borrowedAtoms !== 0,
    );
}

export function keyViewOf(state: State, keyId: number): KeyView | undefined {
  const { keys } = state;
  if (!keys.has(keyId)) return undefined;
  return {
    keyId,
    publicKey: keys.publicKey[keyId] as string,
    role: keys.role[keyId] as KeyRole,
    accountId: keys.accountId[keyId] as number,
    permissions: keys.permissions[keyId] as number,
    active: keys.active[keyId] === 1,
  };
}

export function keysOfAccount(state: State, accountId: number): KeyView[] {
  const views: KeyView[] = [];
  if (!state.accounts.has(accountId)) return views;
  let keyId = state.accounts.firstKey[accountId] as number;
  while (keyId !== 0) {
    views.push(keyViewOf(state, keyId) as KeyView);
    keyId = state.keys.nextOfAccount[keyId] as number;
  }
  return views;
}

export function accountsOfCustomer(state: State, customerId: number): AccountView[] {
  const views: AccountView[] = [];
  if (!state.customers.has(customerId)) return views;
  let accountId = state.customers.mainAccountId[customerId] as number;
  while (accountId !== 0) {
    views.push(accountViewOf(state, accountId) as AccountView);
    accountId = state.accounts.nextOfCustomer[accountId] as number;
  }
  return views;
}

/** The account's open orders, oldest first; of one market when given. */
export function openOrderViews(state: State, accountId: number, marketId?: number): OrderView[] {
  const views: OrderView[] = [];
  if (!state.accounts.has(accountId)) return views;
  let handle = state.accounts.firstOrder[accountId] as number;
  while (handle !== 0) {
    if (marketId === undefined || state.pool.marketId(handle) === marketId) views.push(orderViewOf(state, handle));
    handle = state.pool.accountNext(handle);
  }
  return views;
}

export function openOrderView(state: State, orderId: number): OrderView | undefined {
  const handle = state.orderIds.get(orderId);
  return handle === 0 ? undefined : orderViewOf(state, handle);
}

export function openOrderByClientId(state: State, accountId: number, clientId: number): OrderView | undefined {
  const handle = state.clientIds.get(accountId, clientId);
  return handle === 0 ? undefined : orderViewOf(state, handle);
}

function levelsOf(market: Market, side: Side, maxLevels: number): [Ticks, Lots][] {
  const levels: [Ticks, Lots][] = [];
  let ticks = market.book.bestTicks(side);
  while (ticks !== 0 && levels.length < maxLevels) {
    levels.push([ticks as Ticks, market.book.levelLots(side, ticks) as Lots]);
    ticks = market.book.worseTicks(side, ticks);
  }
  return levels;
}

export function depthView(state: State, marketId: number, maxLevels: number): DepthView | undefined {
  const market = state.markets.get(marketId);
  if (market === undefined) return undefined;
  return {
    marketId,
    lastUpdateId: market.lastUpdateId,
    timeUs: state.timeUs,
    bids: levelsOf(market, SIDE.bid, maxLevels),
    asks: levelsOf(market, SIDE.ask, maxLevels),
  };
}
