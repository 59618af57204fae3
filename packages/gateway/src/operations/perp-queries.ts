// What anyone may read of perpetuals: mark and index prices, open interest, past funding rates.
import type { AssetPriceView } from '@glasshouse/protocol';
import { fundingRateAnswer, markPriceAnswer, openInterestAnswer, spotMarkPriceAnswer } from '../answers/perp-answer.js';
import type { Catalogue } from '../exchange/catalogue.js';
import type { Listing } from '../exchange/listing.js';
import type { ExchangeView } from '../ports.js';
import { Paged, type PublicQueries } from './contract.js';
import { listingOf } from './listing-of.js';
import type { PublicQueryParts } from './query-parts.js';

const DEFAULT_RATES = 100;

/** The one that is asked for, or all of the venue. */
function asked(catalogue: Catalogue, symbol: string | undefined): readonly Listing[] {
  return symbol === undefined ? catalogue.listings() : [listingOf(catalogue, symbol)];
}

function spotMark({ base, quote }: Listing, prices: readonly AssetPriceView[]): number | undefined {
  const priceOf = (assetId: number) => prices.find((price) => price.assetId === assetId)?.indexPrice ?? 0;
  const [baseUsd, quoteUsd] = [priceOf(base.assetId), priceOf(quote.assetId)];
  return baseUsd === 0 || quoteUsd === 0 ? undefined : baseUsd / quoteUsd;
}

function spotMarks(view: ExchangeView, listings: readonly Listing[]) {
  const prices = view.assetPrices();
  return listings.flatMap((listing) => {
    const mark = spotMark(listing, prices);
    return mark === undefined ? [] : [spotMarkPriceAnswer(listing, mark)];
  });
}

function perpMarks(view: ExchangeView, listings: readonly Listing[]) {
  return listings.flatMap((listing) => {
    const price = view.perpPrice(listing.market.marketId);
    return price === undefined || price.markPrice === 0 ? [] : [markPriceAnswer(listing, price)];
  });
}

export function perpQueries({ port, history, catalogue }: PublicQueryParts) {
  return {
    markPrices: ({ symbol, marketType }) => {
      const listings = asked(catalogue, symbol);
      const wanted = marketType ?? (symbol === undefined ? 'PERP' : undefined);
      const spot = wanted === 'PERP' ? [] : listings.filter(({ perp }) => perp === undefined);
      const perps = wanted === 'SPOT' ? [] : listings.filter(({ perp }) => perp !== undefined);
      if (wanted !== undefined && wanted !== 'SPOT' && wanted !== 'PERP') return [];
      return port.read((view) => [...perpMarks(view, perps), ...spotMarks(view, spot)]);
    },
    openInterest: ({ symbol }) => {
      const listings = asked(catalogue, symbol);
      const nowUs = port.nowUs();
      return port.read((view) =>
        listings.flatMap((listing) => {
          const price = view.perpPrice(listing.market.marketId);
          return price === undefined ? [] : [openInterestAnswer(listing, price, nowUs)];
        }),
      );
    },
    fundingRates: async ({ symbol, limit, offset }) => {
      const listing = listingOf(catalogue, symbol);
      const paging = { limit: limit ?? DEFAULT_RATES, offset: offset ?? 0 };
      const { rows, total } = await history.fundingRates({ marketId: listing.market.marketId, ...paging });
      return new Paged(
        rows.map((row) => fundingRateAnswer(listing, row)),
        total,
        paging,
      );
    },
  } satisfies Partial<PublicQueries>;
}
