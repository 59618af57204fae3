// Offers to take over what is liquidated, and who would give way, as REST shows them.
import type { BackstopCapacity, BackstopOffer, DeleverageIndicator, DeleverageQueue } from '@glasshouse/api';
import type {
  BackstopMarketView,
  BackstopView,
  DeleverageQueueView,
  DeleverageView,
  PerpTerms,
} from '@glasshouse/protocol';
import type { Catalogue } from '../exchange/catalogue.js';
import type { Listing } from '../exchange/listing.js';
import { scoreText, usdText } from './real-number.js';
import { naiveDateTime } from './times.js';

const HOUR_US = 3_600_000_000;

type Lots = { readonly capacity: number; readonly hourly: number; readonly taken: number };

/** What was taken in an hour that is over counts no more. */
function lotsOf({ capacityLots, hourlyLots, takenLots, hourStartUs }: BackstopMarketView, nowUs: number): Lots {
  const taken = nowUs - hourStartUs < HOUR_US ? takenLots : 0;
  return { capacity: capacityLots, hourly: hourlyLots, taken };
}

function capacityFields(listing: Listing, { capacity, hourly, taken }: Lots) {
  return {
    capacity: listing.quantity(capacity),
    hourly: listing.quantity(hourly),
    symbol: listing.market.symbol,
    takenThisHour: listing.quantity(taken),
  };
}

type Terms = Pick<BackstopView, 'minimumEquityUsd' | 'markets'>;

function termsFields({ markets, minimumEquityUsd }: Terms, catalogue: Catalogue, nowUs: number) {
  const fields = markets.flatMap((market) => {
    const listing = catalogue.listing(market.marketId);
    return listing === undefined ? [] : [capacityFields(listing, lotsOf(market, nowUs))];
  });
  return { markets: fields, minimumEquity: usdText(minimumEquityUsd) };
}

export function backstopAnswer(backstop: BackstopView, catalogue: Catalogue, nowUs: number): BackstopOffer {
  const terms = termsFields(backstop, catalogue, nowUs);
  const { bound } = backstop;
  if (bound === undefined) return terms;
  return { ...terms, bound: { ...termsFields(bound, catalogue, nowUs), until: naiveDateTime(bound.untilUs) } };
}

/** The more of what it offers now and what it is still held to. */
function inForce({ markets, bound }: BackstopView, marketId: number): BackstopMarketView | undefined {
  const [now, before] = [markets, bound?.markets].map((offers) => offers?.find((one) => one.marketId === marketId));
  if (now === undefined || before === undefined) return now ?? before;
  const larger = (a: BackstopMarketView['capacityLots'], b: typeof a): typeof a => (a > b ? a : b);
  const capacityLots = larger(now.capacityLots, before.capacityLots);
  return { ...now, capacityLots, hourlyLots: larger(now.hourlyLots, before.hourlyLots) };
}

/** Undefined for a market that nobody offers to take over in. */
export function capacityAnswer(
  listing: Listing,
  backstops: readonly BackstopView[],
  nowUs: number,
): BackstopCapacity | undefined {
  const { marketId } = listing.market;
  const offers = backstops.map((backstop) => inForce(backstop, marketId)).filter((offer) => offer !== undefined);
  if (offers.length === 0) return undefined;
  const all = { capacity: 0, hourly: 0, taken: 0 };
  for (const offer of offers) {
    const { capacity, hourly, taken } = lotsOf(offer, nowUs);
    all.capacity += capacity;
    all.hourly += hourly;
    all.taken += taken;
  }
  return { ...capacityFields(listing, all), providers: offers.length };
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
