// The last way to cover a loss (mechanics §6): other collateral is sold for the settlement asset, that of the highest weight
// first and only as much as is needed, into the spot book within its bands.
import {
  MARKET_KIND,
  ORDER_TYPE,
  type OrderIntent,
  SELF_TRADE_PREVENTION,
  SIDE,
  TIME_IN_FORCE,
} from '@glasshouse/protocol';
import { spendableAtoms } from '../lending/available.js';
import type { Asset } from '../state/assets.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { placeOnBehalf } from './place.js';

/** Fees come off what a sale fetches: so much more is sold. */
const FEE_ROOM = 1.01;

const weightOf = ({ collateral }: Asset): number => collateral?.weight ?? 0;

/** Spot markets in which collateral can be sold for the settlement asset, that of the highest weight first. */
function salesOrder({ markets, assets, settlementAssetId }: State): Market[] {
  const assetOf = (market: Market) => assets.list[market.baseAssetId - 1] as Asset;
  return markets.list
    .filter(({ kind, quoteAssetId }) => kind === MARKET_KIND.spot && quoteAssetId === settlementAssetId)
    .filter((market) => weightOf(assetOf(market)) > 0)
    .sort((a, b) => weightOf(assetOf(b)) - weightOf(assetOf(a)) || a.marketId - b.marketId);
}

/** Lots that fetch `needAtoms` at the best bid, as far as the account has them; 0 when there is nothing to do here. */
function lotsToSell(state: State, market: Market, accountId: number, needAtoms: number): number {
  const { atomsPerTickLot, baseAtomsPerLot, minLots, maxLots } = market.filters;
  const bid = market.book.bestTicks(SIDE.bid);
  if (bid === 0) return 0;
  const wanted = Math.max(minLots, Math.ceil((needAtoms * FEE_ROOM) / (bid * atomsPerTickLot)));
  const held = Math.floor(spendableAtoms(state, accountId, market.baseAssetId) / baseAtomsPerLot);
  const lots = Math.min(wanted, held, maxLots);
  return lots < minLots ? 0 : lots;
}

function saleOf({ symbol, filters }: Market, lots: number): OrderIntent {
  return {
    symbol,
    side: SIDE.ask,
    orderType: ORDER_TYPE.market,
    timeInForce: TIME_IN_FORCE.immediateOrCancel,
    postOnly: false,
    reduceOnly: false,
    selfTradePrevention: SELF_TRADE_PREVENTION.rejectMaker,
    clientId: -1,
    priceDigits: -1,
    priceScale: 0,
    quantityDigits: lots * filters.stepDigits,
    quantityScale: filters.stepScale,
    quoteQuantityDigits: -1,
    quoteQuantityScale: 0,
    extras: undefined,
  };
}

/** Sells collateral until `needAtoms()` is nothing or nothing more can be sold. `collect` takes in what a sale has fetched. */
export function convertCollateral(state: State, accountId: number, needAtoms: () => number, collect: () => void): void {
  for (const market of salesOrder(state)) {
    if (needAtoms() <= 0) return;
    const lots = lotsToSell(state, market, accountId, needAtoms());
    if (lots === 0 || placeOnBehalf(state, accountId, saleOf(market, lots)) !== undefined) continue;
    const { marketId } = market;
    state.scope.emit?.({ kind: 'collateralConverted', accountId, marketId, orderId: state.lastOrderId });
    collect();
  }
}
