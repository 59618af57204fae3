// Offers to take over what is liquidated, and who would give way, as REST shows them.
import type { BackstopCapacity, BackstopOffer, DeleverageIndicator, DeleverageQueue } from '@glasshouse/api';
import type {
  AssetView,
  BackstopAssetView,
  BackstopMarketView,
  BackstopView,
  DeleverageQueueView,
  DeleverageView,
  PerpTerms,
} from '@glasshouse/protocol';
import type { Catalogue } from '../exchange/catalogue.js';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import { scoreText, usdText } from './real-number.js';
import { naiveDateTime } from './times.js';

const HOUR_US = 3_600_000_000;

/** In lots of a market, or in atoms of an asset. */
type Offer = { readonly capacity: number; readonly hourly: number; readonly taken: number };

/** What was taken in an hour that is over counts no more. */
const takenNow = (taken: number, hourStartUs: number, nowUs: number): number =>
  nowUs - hourStartUs < HOUR_US ? taken : 0;

const lotsOf = ({ capacityLots, hourlyLots, takenLots, hourStartUs }: BackstopMarketView, nowUs: number): Offer => ({
  capacity: capacityLots,
  hourly: hourlyLots,
  taken: takenNow(takenLots, hourStartUs, nowUs),
});

const atomsOf = (offer: BackstopAssetView, nowUs: number): Offer => ({
  capacity: offer.capacityAtoms,
  hourly: offer.hourlyAtoms,
  taken: takenNow(offer.takenAtoms, offer.hourStartUs, nowUs),
});

function capacityFields(symbol: string, quantity: (units: number) => string, { capacity, hourly, taken }: Offer) {
  return { capacity: quantity(capacity), hourly: quantity(hourly), symbol, takenThisHour: quantity(taken) };
}

const marketFields = (listing: Listing, offer: Offer) =>
  capacityFields(listing.market.symbol, (lots) => listing.quantity(lots), offer);

const assetFields = (asset: AssetView, offer: Offer) =>
  capacityFields(asset.symbol, (atoms) => assetQuantity(asset, atoms), offer);

type Terms = Pick<BackstopView, 'minimumEquityUsd' | 'markets' | 'assets'>;

function termsFields({ markets, assets, minimumEquityUsd }: Terms, catalogue: Catalogue, nowUs: number) {
  const fields = markets.flatMap((market) => {
    const listing = catalogue.listing(market.marketId);
    return listing === undefined ? [] : [marketFields(listing, lotsOf(market, nowUs))];
  });
  const loans = assets.flatMap((offer) => {
    const asset = catalogue.asset(offer.assetId);
    return asset === undefined ? [] : [assetFields(asset, atomsOf(offer, nowUs))];
  });
  return { assets: loans, markets: fields, minimumEquity: usdText(minimumEquityUsd) };
}

export function backstopAnswer(backstop: BackstopView, catalogue: Catalogue, nowUs: number): BackstopOffer {
  const terms = termsFields(backstop, catalogue, nowUs);
  const { bound } = backstop;
  if (bound === undefined) return terms;
  return { ...terms, bound: { ...termsFields(bound, catalogue, nowUs), until: naiveDateTime(bound.untilUs) } };
}

/** The more of what it offers now and what it is still held to. */
function inForce<View>(now: View | undefined, before: View | undefined, offerOf: (view: View) => Offer) {
  const [one, other] = [now, before].map((view) => view && offerOf(view));
  if (one === undefined || other === undefined) return one ?? other;
  const [capacity, hourly] = [Math.max(one.capacity, other.capacity), Math.max(one.hourly, other.hourly)];
  return { capacity, hourly, taken: one.taken };
}

function together(offers: readonly (Offer | undefined)[]) {
  const told = offers.filter((offer) => offer !== undefined);
  const all = { capacity: 0, hourly: 0, taken: 0 };
  for (const { capacity, hourly, taken } of told) {
    all.capacity += capacity;
    all.hourly += hourly;
    all.taken += taken;
  }
  return { all, providers: told.length };
}

/** Undefined for a market that nobody offers to take over in. */
export function capacityAnswer(
  listing: Listing,
  backstops: readonly BackstopView[],
  nowUs: number,
): BackstopCapacity | undefined {
  const { marketId } = listing.market;
  const offerOf = (view: BackstopMarketView): Offer => lotsOf(view, nowUs);
  const its = (views: readonly BackstopMarketView[] | undefined) => views?.find((one) => one.marketId === marketId);
  const offers = backstops.map(({ markets, bound }) => inForce(its(markets), its(bound?.markets), offerOf));
  const { all, providers } = together(offers);
  return providers === 0 ? undefined : { ...marketFields(listing, all), providers };
}

/** Undefined for an asset of which nobody offers to take over loans. */
export function loanCapacityAnswer(
  asset: AssetView,
  backstops: readonly BackstopView[],
  nowUs: number,
): BackstopCapacity | undefined {
  const { assetId } = asset;
  const offerOf = (view: BackstopAssetView): Offer => atomsOf(view, nowUs);
  const its = (views: readonly BackstopAssetView[] | undefined) => views?.find((one) => one.assetId === assetId);
  const offers = backstops.map(({ assets, bound }) => inForce(its(assets), its(bound?.assets), offerOf));
  const { all, providers } = together(offers);
  return providers === 0 ? undefined : { ...assetFields(asset, all), providers };
}

const LIGHTS_ABOVE_ONE = [2, 3, 4, 5];

/** Score of the last position that has so many lights or more; empty for a side without positions. */
function queueSide(side: readonly DeleverageView[]): DeleverageQueue['long'] {
  const lightsFrom = LIGHTS_ABOVE_ONE.flatMap((lights) => {
    const last = side.findLast((one) => one.lights >= lights);
    return last === undefined ? [] : [scoreText(last.score)];
  });
  return { lightsFrom, positions: side.length };
}

export function queueAnswer(listing: Listing, perp: PerpTerms, queue: DeleverageQueueView): DeleverageQueue {
  return {
    long: queueSide(queue.long),
    policy: perp.deleveragePolicy,
    short: queueSide(queue.short),
    symbol: listing.market.symbol,
  };
}

export function indicatorAnswer(listing: Listing, perp: PerpTerms, own: DeleverageView): DeleverageIndicator {
  return {
    lights: own.lights,
    policy: perp.deleveragePolicy,
    score: scoreText(own.score),
    symbol: listing.market.symbol,
  };
}
