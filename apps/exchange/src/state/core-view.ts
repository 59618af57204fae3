// The exchange's state as the gateway may see it.
import {
  accountsOfCustomer,
  accountView,
  assetBySymbol,
  assetView,
  assetViews,
  balanceViews,
  depthView,
  feeTiersView,
  keyByPublicKey,
  keysOfAccount,
  keyView,
  levelLots,
  marketBySymbol,
  marketView,
  marketViews,
  openOrderByClientId,
  openOrderView,
  openOrderViews,
  openProposalViews,
  type State,
  settingsView,
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
    key: (keyId) => keyView(state, keyId),
    keyByPublicKey: (publicKey) => keyByPublicKey(state, publicKey),
    keysOfAccount: (accountId) => keysOfAccount(state, accountId),
    withdrawal: (withdrawalId) => withdrawalView(state, withdrawalId),
    openProposals: () => openProposalViews(state),
  };
}
