// Reads the prices that margins stand on into the vector from which radii are measured. A price that was unknown before, or terms
// that have changed, are no move that a radius could measure: whoever has a share in them is looked at anew.
import { indexPriceOf } from '../../margin/value.js';
import { usdPriceOf } from '../../prices/usd.js';
import { positionOf } from '../../state/account-positions.js';
import type { Asset } from '../../state/assets.js';
import type { Market } from '../../state/markets.js';
import type { State } from '../../state/state.js';
import type { KnownTerms } from '../../state/watch/known-prices.js';
import { noteStake } from '../../state/watch/note-change.js';

/** Ids of what has begun anew. */
type News = { readonly assets: number[]; readonly markets: number[] };

/** What has counted once is followed for ever: it may have stopped counting since. */
function isFollowed({ watch }: State, { assetId, collateral, lending }: Asset): boolean {
  return collateral !== undefined || lending !== undefined || watch.known.assetPlaces[assetId - 1] !== undefined;
}

function isNews({ watch }: State, place: number, terms: KnownTerms, price: number): boolean {
  if (!watch.known.learn(place, terms, price)) return false;
  watch.queue.restartPrice(place, price);
  return true;
}

function readAssets(state: State, news: News): void {
  const { known } = state.watch;
  for (const asset of state.assets.list) {
    if (!isFollowed(state, asset)) continue;
    const place = known.placeOf(known.assetPlaces, asset.assetId);
    if (isNews(state, place, asset, usdPriceOf(state, asset.assetId))) news.assets.push(asset.assetId);
  }
}

/** The price by which it is judged who is sheltered: the mark where nobody is, so that the index uses up no radius. */
const shelteringPrice = ({ risk }: State, market: Market): number =>
  risk.liquidation.trigger === 'mark' ? market.prices.markPrice : indexPriceOf(market);

function readMarkets(state: State, news: News): void {
  const { known } = state.watch;
  for (const market of state.markets.list) {
    const { marketId, perp, prices } = market;
    if (perp === undefined) continue;
    const byMark = isNews(state, known.placeOf(known.marketPlaces, marketId), perp, prices.markPrice);
    const place = known.placeOf(known.indexPlaces, marketId);
    if (isNews(state, place, perp, shelteringPrice(state, market)) || byMark) news.markets.push(marketId);
  }
}

function holds({ balances }: State, accountId: number, assetId: number): boolean {
  const { availableAtoms, lockedAtoms, loanAtoms } = balances.of(assetId);
  return availableAtoms[accountId] !== 0 || lockedAtoms[accountId] !== 0 || loanAtoms[accountId] !== 0;
}

/** All positions stand in the settlement asset too. */
function hasShare(state: State, accountId: number, { assets, markets }: News): boolean {
  return (
    assets.some((assetId) => assetId === state.settlementAssetId || holds(state, accountId, assetId)) ||
    markets.some((marketId) => positionOf(state, accountId, marketId) !== 0)
  );
}

export function readPrices(state: State): void {
  const { exposed } = state;
  const news: News = { assets: [], markets: [] };
  readAssets(state, news);
  readMarkets(state, news);
  if (news.assets.length === 0 && news.markets.length === 0) return;
  for (let id = exposed.firstFrom(1); id !== -1; id = exposed.firstFrom(id + 1)) {
    if (hasShare(state, id, news)) noteStake(state, id);
  }
}

/** All prices and terms are those of the last scan. */
export function isUpToDate(state: State): boolean {
  const { known } = state.watch;
  const isKnown = (asset: Asset): boolean =>
    known.isKnown(known.assetPlaces[asset.assetId - 1], asset, usdPriceOf(state, asset.assetId));
  const isKnownMarket = (market: Market): boolean => {
    const { marketId, perp, prices } = market;
    return (
      perp === undefined ||
      (known.isKnown(known.marketPlaces[marketId - 1], perp, prices.markPrice) &&
        known.isKnown(known.indexPlaces[marketId - 1], perp, shelteringPrice(state, market)))
    );
  };
  return (
    state.assets.list.every((asset) => !isFollowed(state, asset) || isKnown(asset)) &&
    state.markets.list.every(isKnownMarket)
  );
}
