// What the core shows to those outside: every answer is a picture.
import type {
  AssetView,
  ExchangeSettings,
  FeeTier,
  KeyView,
  MarketView,
  ProposalView,
  RiskTerms,
  SecurityView,
  Side,
  WithdrawalView,
} from '@glasshouse/protocol';
import type { State } from './state.js';
import { keyViewOf, marketViewOf } from './views.js';

export { exitsOfOrder, type OrderExits } from './exit-views.js';
export {
  backstopView,
  backstopViews,
  liquidationView,
  liquidationViews,
  negativeBalanceViews,
} from './liquidation-views.js';
export { positionViewOf as positionView, positionViews } from './position-views.js';
export { openRfqViews, rfqViews } from './rfq-views.js';
export { strategyByClientId, strategyView, strategyViews } from './strategy-views.js';
export { triggerOrderByClientId, triggerOrderView, triggerOrderViews } from './trigger-views.js';
export {
  accountsOfCustomer,
  accountViewOf as accountView,
  balanceViews,
  depthView,
  keysOfAccount,
  keyViewOf as keyView,
  openOrderByClientId,
  openOrderView,
  openOrderViews,
} from './views.js';

export const venueName = (state: State): string => state.venue;
export const settingsView = (state: State): ExchangeSettings => state.settings;
export const riskView = (state: State): RiskTerms => state.risk;
export const feeTiersView = (state: State): readonly FeeTier[] => state.spotFeeTiers;

export const assetViews = (state: State): readonly AssetView[] => [...state.assets.list];
export const assetView = (state: State, assetId: number): AssetView | undefined => state.assets.get(assetId);
export const assetBySymbol = (state: State, symbol: string): AssetView | undefined => state.assets.bySymbol(symbol);

export const marketViews = (state: State): readonly MarketView[] => state.markets.list.map(marketViewOf);

export function marketView(state: State, marketId: number): MarketView | undefined {
  const market = state.markets.get(marketId);
  return market === undefined ? undefined : marketViewOf(market);
}

export function marketBySymbol(state: State, symbol: string): MarketView | undefined {
  const market = state.markets.bySymbol(symbol);
  return market === undefined ? undefined : marketViewOf(market);
}

/** Lots resting at one price; 0 when none. */
export function levelLots(state: State, marketId: number, side: Side, priceTicks: number): number {
  return state.markets.get(marketId)?.book.levelLots(side, priceTicks) ?? 0;
}

export function keyByPublicKey(state: State, publicKey: string): KeyView | undefined {
  return keyViewOf(state, state.keys.idOf(publicKey));
}

/** Withdrawals that the chain has not confirmed yet. */
export const withdrawalView = (state: State, withdrawalId: number): WithdrawalView | undefined =>
  state.pendingWithdrawals.get(withdrawalId);

/** Undefined when the customer has asked for no guard. */
export const securityView = (state: State, customerId: number): SecurityView | undefined =>
  state.securities.get(customerId)?.view();

export const openProposalViews = (state: State): readonly ProposalView[] => [...state.openProposals.values()];
