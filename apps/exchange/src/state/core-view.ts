// The exchange's state as the gateway may see it.
import {
  accountsOfCustomer,
  accountView,
  assetBySymbol,
  assetPriceViews,
  assetView,
  assetViews,
  backstopView,
  backstopViews,
  balanceViews,
  deleverageQueueView,
  depthView,
  exitsOfOrder,
  feeTiersView,
  keyByPublicKey,
  keysOfAccount,
  keyView,
  levelLots,
  liquidationIndexAfter,
  liquidationStatistics,
  liquidationViews,
  marginExplanation,
  marketBySymbol,
  marketView,
  marketViews,
  maxBorrowAtoms,
  maxOrderLots,
  maxWithdrawalAtoms,
  negativeBalanceViews,
  openOrderByClientId,
  openOrderView,
  openOrderViews,
  openProposalViews,
  openRfqViews,
  orderRefusal,
  pendingRedeemViews,
  perpPriceView,
  perpPriceViews,
  poolView,
  poolViews,
  positionViews,
  rfqViews,
  riskView,
  type State,
  securityView,
  settingsView,
  strategyByClientId,
  strategyView,
  strategyViews,
  triggerOrderByClientId,
  triggerOrderView,
  triggerOrderViews,
  vaultNavView,
  vaultViews,
  venueName,
  withdrawalView,
} from '@glasshouse/core';
import type { ExchangeView } from '@glasshouse/gateway';
import type { DepthView } from '@glasshouse/protocol';
import { assert } from '@glasshouse/units';

function depthOf(state: State, marketId: number, maxLevels: number): DepthView {
  const depth = depthView(state, marketId, maxLevels);
  assert(depth !== undefined, 'depth is asked of a listed market', { marketId });
  return depth;
}

/** Prices, positions, margin, lending, and how much more of them an account may take. */
function riskQueries(state: State) {
  return {
    strategies: (accountId, marketId) => strategyViews(state, accountId, marketId),
    strategy: (strategyId) => strategyView(state, strategyId),
    strategyByClientId: (accountId, clientStrategyId) => strategyByClientId(state, accountId, clientStrategyId),
    perpPrices: () => perpPriceViews(state),
    perpPrice: (marketId) => perpPriceView(state, marketId),
    assetPrices: () => assetPriceViews(state),
    pools: () => poolViews(state),
    pool: (assetId) => poolView(state, assetId),
    positions: (accountId) => positionViews(state, accountId),
    marginExplanation: (accountId) => marginExplanation(state, accountId),
    liquidationIndexAfter: (draw) => liquidationIndexAfter(state, draw),
    maxBorrowAtoms: (accountId, assetId) => maxBorrowAtoms(state, accountId, assetId),
    maxWithdrawalAtoms: (accountId, assetId, { autoLendRedeem }) =>
      maxWithdrawalAtoms(state, accountId, assetId, autoLendRedeem),
    maxOrderLots: (accountId, marketId, order) => maxOrderLots(state, accountId, marketId, order),
    orderRefusal: (accountId, order) => orderRefusal(state, accountId, order),
  } satisfies Partial<ExchangeView>;
}

/** Who is being liquidated, who would take over or give way, and what it has come to. */
function liquidationQueries(state: State) {
  return {
    liquidations: () => liquidationViews(state),
    liquidationStatistics: () => liquidationStatistics(state),
    deleverageQueue: (marketId) => deleverageQueueView(state, marketId),
    backstop: (accountId) => backstopView(state, accountId),
    backstops: () => backstopViews(state),
    negativeBalances: (accountId) => negativeBalanceViews(state, accountId),
  } satisfies Partial<ExchangeView>;
}

export function coreView(state: State): ExchangeView {
  return {
    get name() {
      return venueName(state);
    },
    get nextSeq() {
      return state.nextSeq;
    },
    get timeUs() {
      return state.timeUs;
    },
    get settings() {
      return settingsView(state);
    },
    get spotFeeTiers() {
      return feeTiersView(state);
    },
    get risk() {
      return riskView(state);
    },
    assets: () => assetViews(state),
    asset: (assetId) => assetView(state, assetId),
    assetBySymbol: (symbol) => assetBySymbol(state, symbol),
    markets: () => marketViews(state),
    market: (marketId) => marketView(state, marketId),
    marketBySymbol: (symbol) => marketBySymbol(state, symbol),
    depth: (marketId, maxLevels) => depthOf(state, marketId, maxLevels),
    levelLots: (marketId, side, priceTicks) => levelLots(state, marketId, side, priceTicks),
    account: (accountId) => accountView(state, accountId),
    accountsOfCustomer: (customerId) => accountsOfCustomer(state, customerId),
    balances: (accountId) => balanceViews(state, accountId),
    openOrders: (accountId, marketId) => openOrderViews(state, accountId, marketId),
    openOrder: (orderId) => openOrderView(state, orderId),
    openOrderByClientId: (accountId, clientId) => openOrderByClientId(state, accountId, clientId),
    exits: (orderId) => exitsOfOrder(state, orderId),
    triggerOrders: (accountId, marketId) => triggerOrderViews(state, accountId, marketId),
    triggerOrder: (orderId) => triggerOrderView(state, orderId),
    triggerOrderByClientId: (accountId, clientId) => triggerOrderByClientId(state, accountId, clientId),
    rfqs: (accountId, marketId) => rfqViews(state, accountId, marketId),
    openRfqs: () => openRfqViews(state),
    ...riskQueries(state),
    ...liquidationQueries(state),
    key: (keyId) => keyView(state, keyId),
    keyByPublicKey: (publicKey) => keyByPublicKey(state, publicKey),
    keysOfAccount: (accountId) => keysOfAccount(state, accountId),
    withdrawal: (withdrawalId) => withdrawalView(state, withdrawalId),
    openProposals: () => openProposalViews(state),
    security: (customerId) => securityView(state, customerId),
    vaults: () => vaultViews(state),
    vaultNav: (vaultId) => vaultNavView(state, vaultId),
    pendingRedeems: (vaultId) => pendingRedeemViews(state, vaultId),
  };
}
